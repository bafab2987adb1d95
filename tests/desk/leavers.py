"""What a leaver held, and what of the file opens for it: for the tests of leaving."""

from collections.abc import Generator
from dataclasses import dataclass

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import Tampered
from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.steps import in_one_go
from rapportdesk.store.audit.audit_log import line_place
from rapportdesk.store.checking.findings import VerifyReport
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.records.records import IDENTITY, RECORD, REVISION, place
from rapportdesk.store.tables import AuditRow, PatientRow, RecordRow, RevisionRow
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.sealing import unseal
from tests.desk.conftest import Practice, add_nia


def id_of(desk: Desk, name: str) -> StaffId:
    """The id of somebody who works here."""
    return next(each.id for each in desk.door() if each.name == name)


def remove(practice: Practice, name: str) -> Desk:
    """Let the manager take somebody's access away."""
    desk = practice.sign_in("Ben Morgan")
    desk.staff.remove(id_of(desk, name), losing_what_is_for_clinicians=True)
    return desk


@dataclass(frozen=True)
class Captured:
    """Everything somebody held: their session's keys, and every patient's key that these unwrapped."""

    keys: SessionKeys
    patients: dict[str, bytes]

    @classmethod
    def of(cls, desk: Desk) -> "Captured":
        keys = desk.session().store.keys
        unwrapping = PatientKeys(keys.vault_key, keys.vault_key_epoch)
        return cls(keys, {row["id"]: unwrapping.unwrap(row) for row in desk._file.all_rows(PatientRow)})

    def opened(self, file: VaultFile) -> set[str]:
        """Every row that any of these keys opens, tried one and all, in the row's own place."""
        unwrapping, rows_of_patients = PatientKeys(self.keys.vault_key), file.all_rows(PatientRow)
        symmetric = {self.keys.vault_key, self.keys.device_key, self.keys.private_key, *self.patients.values()}
        symmetric |= {unwrapping.unwrap(row) for row in rows_of_patients if _unwraps(unwrapping, row)}
        rows = [
            *((f"{IDENTITY} {row['id']}", row["sealed"], place(IDENTITY, row["id"], row["id"], row["revision"]))
              for row in file.all_rows(PatientRow)),
            *((f"{RECORD} {row['id']} {row['revision']}", row["sealed"],
               place(RECORD, row["id"], row["patient_id"], row["revision"])) for row in file.all_rows(RecordRow)),
            *((f"{REVISION} {row['record_id']} {row['revision']}", row["sealed"],
               place(REVISION, row["record_id"], row["patient_id"], row["revision"]))
              for row in file.all_rows(RevisionRow)),
            *((f"audit {row['sequence']}", row["sealed"], line_place(row["sequence"]))
              for row in file.all_rows(AuditRow)),
        ]  # fmt: skip
        return {name for name, sealed, where in rows if any(_opens(key, sealed, where) for key in symmetric)}

    def unwrapped(self, file: VaultFile) -> set[str]:
        """Every patient whose wrapped key the captured vault key still unwraps."""
        unwrapping = PatientKeys(self.keys.vault_key)
        return {row["id"] for row in file.all_rows(PatientRow) if _unwraps(unwrapping, row)}


def _opens(key: bytes, sealed: bytes, where: object) -> bool:
    try:
        unseal(key, sealed, where)  # type: ignore[arg-type]  # a Place, whichever table's
    except Tampered:
        return False
    return True


def _unwraps(keys: PatientKeys, row: dict[str, object]) -> bool:
    try:
        keys.unwrap(row)
    except Tampered:
        return False
    return True


def write_everywhere(desk: Desk, people: list[PatientId]) -> set[str]:
    """Write a note about everybody, and a new patient; returns the names of the rows that were written."""
    before = {(row["id"], row["revision"]) for row in desk._file.all_rows(RecordRow)}
    for patient_id in people:
        desk.notes.write(patient_id, "written after", kind=NoteKind.HOBBY)
        desk.notes.write(patient_id, "for the doctor, after", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    add_nia(desk)
    return {
        f"{RECORD} {row['id']} {row['revision']}"
        for row in desk._file.all_rows(RecordRow)
        if (row["id"], row["revision"]) not in before
    }


def finish(steps: Generator[tuple[int, int], None, VerifyReport]) -> VerifyReport:
    """Take every step that is left; returns what was found."""
    return in_one_go(steps)


def held_envelope(desk: Desk, row: dict[str, object]) -> bytes:
    """What lies inside a row's outer seal."""
    held = desk.session().store._held()
    with desk._file.reading() as reading:
        return held.records.open_row(reading, row).envelope
