"""What the Desk's own methods leave in the audit: opening, signing in, checking, locking."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.identity import new_id
from tests.desk.audited import ANA, BEN, OSEI, Case, World, leaves, nothing

OWN_WORDS = "one's own unfinished words, sealed for oneself alone"
DOOR = "names on the door"
RULE = "says what the program knows, of no patient"


def began(world: World) -> None:
    """Look at the first line."""
    first = next(world.desk.session().store.audit_events())
    assert (first.action, first.who_name) == (Did.VAULT_CREATED, BEN)


def nothing_waits(world: World) -> None:
    """Let a clinician's sign-in do what waited for one, such as the rest of an erasure."""
    world.practice.sign_in(OSEI)
    world.practice.sign_in(ANA)


def run(steps: Generator[Any, None, Any]) -> None:
    """Go through all steps."""
    for _step in steps:
        pass


DESK_CASES: dict[str, Case] = {
    "desk.check_in_steps": nothing(
        "it follows every sign-in; what it finds leaves VERIFIED, in test_audit_kept.py",
        lambda w, _n: run(w.desk.check_in_steps()),
    ),
    "desk.door": nothing("names on the door", lambda w, _n: w.desk.door()),
    "desk.must_change_secret": nothing(RULE, lambda w, _n: w.desk.must_change_secret),
    "desk.lock": leaves(lambda w, _n: w.desk.lock(), Did.LOCK),
    "desk.close": leaves(lambda w, _n: w.practice.reopen(), Did.LOCK),
    "desk.refill_index": nothing("reads for oneself what search may find", lambda w, _n: w.desk.refill_index()),
    "desk.tell_index_in_steps": nothing(
        "reads for oneself what search may find", lambda w, _n: run(w.desk.tell_index_in_steps())
    ),
    "desk.replace_patient_keys": nothing(
        "finishes what a removal began, which is recorded", lambda w, _n: w.desk.replace_patient_keys(), who=BEN
    ),
    "desk.replace_device_key": leaves(
        lambda w, _n: w.desk.replace_device_key(w.practice.custody), Did.KEY_OPERATION, Did.LOCK, who=BEN
    ),
    "backups.choose_folder": leaves(
        lambda w, _n: w.desk.backups.choose_folder(w.practice.path.parent), Did.PRACTICE_CHANGED, who=BEN
    ),
    "backups.is_due": nothing(RULE, lambda w, _n: w.desk.backups.is_due()),
    "backups.status": nothing(RULE, lambda w, _n: w.desk.backups.status()),
    "backups.prove_in_steps": leaves(
        lambda w, b: run(w.desk.backups.prove_in_steps(Path(b.path), w.practice.codes.desk.code)), Did.VERIFIED,
        given=lambda w: w.desk.backups.make(w.practice.path.with_name(new_id())),
    ),
    "backups.last": nothing("when the last one was made, and where", lambda w, _n: w.desk.backups.last()),
    "backups.make": leaves(lambda w, _n: w.desk.backups.make(w.practice.path.with_name(new_id())), Did.BACKED_UP),
    "backups.make_in_steps": leaves(
        lambda w, _n: run(w.desk.backups.make_in_steps(w.practice.path.with_name(new_id()))), Did.BACKED_UP
    ),
    "desk.replace_vault_key": leaves(lambda w, _n: w.desk.replace_vault_key(), Did.KEY_OPERATION, who=BEN),
    "desk.session": nothing("what the nouns work with", lambda w, _n: w.desk.session()),
    "desk.sign_in": leaves(lambda w, _n: w.practice.sign_in(OSEI), Did.LOCK, Did.SIGN_IN, given=nothing_waits),
    "desk.verify": leaves(lambda w, _n: w.desk.verify(), Did.VERIFIED),
    "desk.viewer": nothing("one's own name", lambda w, _n: w.desk.viewer),
    "desk.is_signed_in": nothing("yes or no", lambda w, _n: w.desk.is_signed_in),
    "desk.kept": nothing(OWN_WORDS, lambda w, _n: w.desk.kept()),
    "desk.clinic_name": nothing(RULE, lambda w, _n: w.desk.clinic_name),
    "desk.wait_before": nothing("a number", lambda w, _n: w.desk.wait_before(w.desk.door()[0].id)),
    "desk.create": nothing("VAULT_CREATED is the first line of every record", lambda w, _n: began(w)),
    "desk.open": nothing("nobody is signed in yet", lambda w, _n: w.practice.desk),
}  # fmt: skip
