"""What the methods around a patient's own rights leave in the audit."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from rapportdesk.desk.rights.access_requests import OPEN
from rapportdesk.desk.sheets.sheets import SheetCode
from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.retention import RetentionDue, RetentionRules
from rapportdesk.model.rights import IdentityCheck, RightsEvent
from rapportdesk.steps import in_one_go
from tests.desk.audited import BEN, OSEI, Case, World, leaves, nothing
from tests.desk.audited_desk_cases import run


def written(world: World) -> Path:
    """A file of somebody who was erased here since, under another id: as from another practice."""
    content = world.desk.patient_files.export(person := world.person(), "json", whole=True)
    made = world.folder / f"{new_id()}.json"
    made.write_bytes(content.replace(person.encode(), new_id().encode()).replace(b'"consents": [', b'"nobody": ['))
    return made


def certified(world: World, person: PatientId) -> None:
    """Erase somebody with keys and codes; the practice goes on with the new sheet."""
    _made, _pages, code = world.desk.person_erasure.erase_certified(person, "asked")
    world.practice.codes = replace(world.practice.codes, desk=code)


def with_a_new_sheet(world: World) -> tuple[PatientId, SheetCode]:
    """Somebody to erase, and a sheet that opens the desk from then on."""
    return world.person(), world.desk.sheets.new_desk_sheet()


def certified_in_steps(world: World, given: tuple[PatientId, SheetCode]) -> None:
    """As `certified`, step by step."""
    person, code = given
    run(world.desk.person_erasure.erase_certified_in_steps(person, "asked", code.number))
    world.practice.codes = replace(world.practice.codes, desk=code)


KNOWN = (IdentityCheck.BIRTH_DATE, IdentityCheck.PHOTO)


def asked(world: World) -> RightsEvent:
    """A request that waits for a clinician, who is the next to be there; others' are out of the way."""
    event = world.desk.access_requests.ask(world.person(), KNOWN, alone=True)
    world.desk.session().store.put_setting(OPEN, json.dumps([event.id]))
    return event


def objected(world: World) -> RightsEvent:
    """An objection to a note, which a manager decides."""
    note = world.note()
    return world.desk.rights.object_to(note.patient, "why", note_id=note.id)


def past_its_time(world: World) -> tuple[RetentionDue, ...]:
    """A note of long ago on somebody new, as it stands on the list."""
    note = world.note()
    world.desk.session().store.put(replace(note, noted_at=note.noted_at - dt.timedelta(days=9 * 366)))
    return tuple(each for each in world.desk.retention.due().due if each.id == note.id)


RIGHTS_CASES: dict[str, Case] = {
    "people.identity_history": leaves(
        lambda w, p: w.desk.people.identity_history(p), Did.HISTORY_VIEWED, given=lambda w: w.person()
    ),
    "retention.rules": nothing("the practice's own settings", lambda w, _n: w.desk.retention.rules(), who=BEN),
    "retention.change": leaves(
        lambda w, _n: w.desk.retention.change(RetentionRules(feedback=4)), Did.PRACTICE_CHANGED, who=BEN
    ),
    "retention.erase": leaves(
        lambda w, due: w.desk.retention.erase(due), Did.ERASED, given=past_its_time, who=BEN
    ),
    "retention.keep": leaves(
        lambda w, due: w.desk.retention.keep(due, "why"), Did.RIGHTS_RECORDED, given=past_its_time, who=BEN
    ),
    "retention.due": leaves(
        lambda w, _due: w.desk.retention.due(), Did.PREVIEWED, given=past_its_time, who=BEN
    ),
    "retention.is_to_look": nothing("whether it was looked for today", lambda w, _n: w.desk.retention.is_to_look()),
    "retention.waits": nothing("yes or no, naming nobody", lambda w, _n: w.desk.retention.waits(), who=BEN),
    "retention.look_in_steps": nothing(
        "whether anything is past its time, naming nobody", lambda w, _n: run(w.desk.retention.look_in_steps()),
        who=BEN,
    ),
    "retention.due_in_steps": nothing(
        "as `due`, once the last step is taken", lambda w, _n: next(w.desk.retention.due_in_steps()), who=BEN
    ),
    "patient_files.export": leaves(
        lambda w, p: w.desk.patient_files.export(p, "json"), Did.EXPORTED, given=lambda w: w.person()
    ),
    "patient_files.pages": leaves(
        lambda w, p: w.desk.patient_files.pages(p), Did.EXPORTED, given=lambda w: w.person()
    ),
    "patient_files.holds_one": nothing("the first bytes of a file", lambda w, f: w.desk.patient_files.holds_one(f),
                                       given=lambda w: w.file()),
    "patient_files.look_into": nothing("a file that nobody has brought in yet",
                                       lambda w, f: w.desk.patient_files.look_into(f), given=written, who=BEN),
    "patient_files.bring_back": leaves(
        lambda w, f: w.desk.patient_files.bring_back(f), Did.IMPORTED, given=written, who=BEN
    ),
    "person_erasure.refusal": nothing(
        "whether a law forbids it, for a manager", lambda w, p: w.desk.person_erasure.refusal(p),
        given=lambda w: w.person(), who=BEN,
    ),
    "person_erasure.erase": leaves(
        lambda w, p: w.desk.person_erasure.erase(p, "asked"), Did.ERASED, given=lambda w: w.person(), who=BEN
    ),
    "accountability.safeguards": leaves(
        lambda w, _n: w.desk.accountability.safeguards(), Did.VERIFIED, who=BEN
    ),
    "accountability.processing_record": nothing(
        "how the practice is set up, naming nobody", lambda w, _n: w.desk.accountability.processing_record(), who=BEN
    ),
    "accountability.look_in_steps": leaves(
        lambda w, _n: run(w.desk.accountability.look_in_steps()), Did.VERIFIED, who=BEN
    ),
    "accountability.typeset": nothing(
        "what was looked at already, naming nobody", lambda w, s: w.desk.accountability.typeset(s),
        given=lambda w: in_one_go(w.practice.sign_in(BEN).accountability.look_in_steps()), who=BEN,
    ),
    "accountability.page": leaves(lambda w, _n: w.desk.accountability.page(), Did.VERIFIED, who=BEN),
    "person_erasure.done": nothing("names nobody", lambda w, _n: w.desk.person_erasure.done(), who=BEN),
    "person_erasure.erase_certified": leaves(
        certified, Did.KEY_OPERATION, Did.ERASED, Did.KEY_OPERATION, given=lambda w: w.person(), who=BEN
    ),
    "person_erasure.require": nothing(
        "whether it could be done, for a manager", lambda w, p: w.desk.person_erasure.require(p, "asked"),
        given=lambda w: w.person(), who=BEN,
    ),
    "person_erasure.erase_certified_in_steps": leaves(
        certified_in_steps, Did.ERASED, Did.KEY_OPERATION,
        given=with_a_new_sheet, who=BEN,
    ),
    "access_requests.who_may_ask": nothing(
        "who decides for them, as on the card", lambda w, p: w.desk.access_requests.who_may_ask(p),
        given=lambda w: w.person(),
    ),
    "access_requests.ask": leaves(
        lambda w, p: w.desk.access_requests.ask(p, KNOWN, alone=True), Did.RIGHTS_RECORDED,
        given=lambda w: w.person(),
    ),
    "access_requests.to_review": leaves(
        lambda w, _e: w.desk.access_requests.to_review(), Did.PREVIEWED, given=asked, who=OSEI
    ),
    "access_requests.waiting": nothing(
        "a number of requests, for a clinician", lambda w, _n: w.desk.access_requests.waiting()
    ),
    "access_requests.reviewed": leaves(
        lambda w, e: w.desk.access_requests.reviewed(e.id, ()), Did.RIGHTS_RECORDED, given=asked, who=OSEI
    ),
    "rights.of": nothing("said on the card that is open", lambda w, p: w.desk.rights.of(p), given=lambda w: w.person()),
    "rights.listed_notes": nothing(
        "what stands on the card that is open", lambda w, n: w.desk.rights.listed_notes(n.patient),
        given=lambda w: w.note(),
    ),
    "rights.standing": nothing(
        "said on the card that is open", lambda w, p: w.desk.rights.standing(p), given=lambda w: w.person()
    ),
    "rights.restrict": leaves(
        lambda w, p: w.desk.rights.restrict(p, "why"), Did.RIGHTS_RECORDED, given=lambda w: w.person()
    ),
    "rights.object_to": leaves(
        lambda w, p: w.desk.rights.object_to(p, "why"), Did.RIGHTS_RECORDED, given=lambda w: w.person()
    ),
    "rights.dispute": leaves(
        lambda w, n: w.desk.rights.dispute(n.id, "why"), Did.RIGHTS_RECORDED, given=lambda w: w.note()
    ),
    "rights.correct": leaves(
        lambda w, n: w.desk.rights.correct(n.id, "Sings bass"), Did.NOTE_CHANGED, Did.RIGHTS_RECORDED,
        given=lambda w: w.note(),
    ),
    "rights.end": leaves(
        lambda w, e: w.desk.rights.end(e.id), Did.RIGHTS_RECORDED,
        given=lambda w: w.desk.rights.restrict(w.person(), "why"),
    ),
    "rights.decide": leaves(
        lambda w, e: w.desk.rights.decide(e.id, upheld=True), Did.RIGHTS_RECORDED, given=objected, who=BEN
    ),
    "rights.hold": leaves(
        lambda w, p: w.desk.rights.hold(p, "a court"), Did.RIGHTS_RECORDED, given=lambda w: w.person(), who=BEN
    ),
}  # fmt: skip
