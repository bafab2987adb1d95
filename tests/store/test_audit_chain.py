"""What `verify` notices of the audit when an outsider edits the file, and what somebody who holds the vault key can do.

Everybody who signs in holds the vault key, through the program. The chain and the manifest are made with it, so whoever
takes it out of the program and rewrites everything that hangs together is not noticed; less than everything is.
"""

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Callable

import pytest

from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import StaffId
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.records.payload import decode, encode
from rapportdesk.vault.chain import START, audit_key, link
from rapportdesk.vault.sealing import Place, seal, unseal
from tests.store.clinic import MORNING, Clinic
from tests.store.outsider import outside

EDITS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "deleted": lambda file: file.execute("DELETE FROM audit_entry WHERE sequence = 3"),
    "deleted and the rest counted anew": lambda file: (
        file.execute("DELETE FROM audit_entry WHERE sequence = 3"),
        file.execute("UPDATE audit_entry SET sequence = -(sequence - 1) WHERE sequence > 3"),
        file.execute("UPDATE audit_entry SET sequence = -sequence WHERE sequence < 0"),
    ),
    "the first deleted": lambda file: file.execute("DELETE FROM audit_entry WHERE sequence = 1"),
    "the last deleted": lambda file: file.execute("DELETE FROM audit_entry WHERE sequence = 5"),
    "edited": lambda file: file.execute(
        "UPDATE audit_entry SET sealed = substr(sealed, 1, 30) || x'00' || substr(sealed, 32) WHERE sequence = 3"
    ),
    "its link edited": lambda file: file.execute("UPDATE audit_entry SET link = zeroblob(32) WHERE sequence = 3"),
    "duplicated at the end": lambda file: file.execute(
        "INSERT INTO audit_entry SELECT 6, sealed, link FROM audit_entry WHERE sequence = 3"
    ),
    "duplicated over its neighbour": lambda file: file.execute(
        "UPDATE audit_entry SET (sealed, link) = (SELECT sealed, link FROM audit_entry WHERE sequence = 3)"
        " WHERE sequence = 4"
    ),
    "reordered with their links": lambda file: (
        file.execute("UPDATE audit_entry SET sequence = sequence - 5 WHERE sequence IN (2, 3)"),
        file.execute("UPDATE audit_entry SET sequence = -sequence WHERE sequence < 0"),
    ),
    "reordered without": lambda file: file.execute(
        "UPDATE audit_entry SET sealed = (SELECT other.sealed FROM audit_entry AS other"
        " WHERE other.sequence = 5 - audit_entry.sequence) WHERE sequence IN (2, 3)"
    ),
}  # fmt: skip


def _fill(clinic: Clinic) -> None:
    with clinic.open() as store:
        for number in range(5):
            at = MORNING + dt.timedelta(minutes=number)
            store.audit(
                AuditEvent(at=at, action=AuditAction.SIGN_IN, who=StaffId("1"), who_name="Ana", why=f"{number}")
            )


@pytest.mark.parametrize("name", EDITS)
def test_a_line_is_noticed_that_was(clinic: Clinic, name: str) -> None:
    _fill(clinic)
    with clinic.open() as store:
        assert store.verify().clean  # the control
    with outside(clinic) as connection:
        EDITS[name](connection)
    for person in (clinic.manager, clinic.receptionist):
        with clinic.open(person) as store:
            report = store.verify()
        assert not report.clean
        assert all(fault.where == "manifest" or fault.where.startswith("audit_entry") for fault in report.faults)


def _forge(clinic: Clinic, *, relink: bool, recount: bool) -> None:
    """Rewrite what line 3 says, as somebody does who holds the vault key."""
    key = clinic.manager.keys.vault_key
    with outside(clinic) as file:
        rows = file.execute("SELECT sequence, sealed, link FROM audit_entry ORDER BY sequence").fetchall()
        previous = START
        for sequence, sealed, linked in rows:
            if sequence == 3:
                place = Place(table="audit_entry", record_id="3", patient_id="", revision=0)
                event = dataclasses.replace(decode(unseal(key, sealed, place)), who_name="Somebody else")
                sealed = seal(key, encode(event), place)
            previous = link(audit_key(key), previous, sequence, sealed) if relink else linked
            file.execute("UPDATE audit_entry SET sealed = ?, link = ? WHERE sequence = ?", (sealed, previous, sequence))
    if recount:
        with VaultFile.open(clinic.path) as vault, vault.transaction() as writing:
            ManifestKeeper(key, clinic.vault_id).accept(writing.connection)


@pytest.mark.parametrize(
    ("relink", "recount", "noticed"),
    [(False, False, True), (True, False, True), (False, True, True), (True, True, False)],
)
def test_whoever_holds_the_vault_key_has_to_rewrite_everything_that_hangs_on_a_line(
    clinic: Clinic, *, relink: bool, recount: bool, noticed: bool
) -> None:
    """Said so that nobody relies on the chain against a colleague who takes the key out of the program."""
    _fill(clinic)
    _forge(clinic, relink=relink, recount=recount)
    with clinic.open() as store:
        assert "Somebody else" in [event.who_name for event in store.audit_events()]
        assert store.verify().clean is not noticed
