"""What an outsider does to rows is noticed by `verify`, each thing by itself; the untouched copy is clean."""

# ruff: noqa: S608  # table names are this file's own
import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Audience
from tests.store.clinic import MORNING, Clinic, a_consent, a_note, a_patient, a_task, a_topic
from tests.store.outsider import outside

Edit = Callable[[sqlite3.Connection], object]


def _fill(clinic: Clinic) -> None:
    """Two patients with two of everything, some history, an audit of three lines, one tombstone, one setting."""
    with clinic.open() as store:
        for name in ("Nia Prydderch", "Nia Pryderch"):
            patient = store.put_patient(a_patient(name))
            note = store.put(a_note(patient))
            note = store.put(replace(note, text="second"))
            store.put(replace(note, text="third"))
            store.put(a_note(patient, "for clinicians", Audience.CLINICIANS))
            store.put(a_task(patient))
            store.put(a_topic(patient))
            store.put(a_consent(patient))
        gone = store.put(a_note(patient))
        store.delete(gone.id)
        store.put_setting("clinic-name", "Castle Street")
        for _ in range(3):
            store.audit(AuditEvent(at=MORNING, action=AuditAction.LOCK, who=None, who_name=""))


def _swap(table: str, column: str, where: str = "1") -> Edit:
    """Exchange one column between the two first rows that fit."""

    def edit(connection: sqlite3.Connection) -> None:
        key = {"audit_entry": "sequence", "staff_slot": "staff_id", "key_grant": "grant_id"}.get(table, "id")
        (a, first), (b, second) = connection.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {where} ORDER BY {key} LIMIT 2"
        ).fetchall()
        connection.executemany(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [(second, a), (first, b)])

    return edit


def _same_patient() -> str:
    return "patient_id = (SELECT min(patient_id) FROM record)"


def _double(table: str) -> Edit:
    """Copy a record under a new id."""
    return lambda connection: connection.execute(
        f"INSERT INTO {table} SELECT '{'f' * 32}', patient_id, revision, sealed FROM {table} LIMIT 1"
    )


def _run(statement: str) -> Edit:
    return lambda connection: connection.execute(statement)


def _move(connection: sqlite3.Connection) -> None:
    a, b = (row[0] for row in connection.execute("SELECT id FROM patient ORDER BY id"))
    moved = "UPDATE record SET patient_id = ? WHERE id = (SELECT min(id) FROM record WHERE patient_id = ?)"
    connection.execute(moved, (b, a))


EDITS: dict[str, Edit] = {
    "a record moved to the other patient": _move,
    "two records of one patient swapped": _swap("record", "sealed", _same_patient()),
    "records of two patients swapped": _swap(
        "record", "sealed", "id IN (SELECT min(id) FROM record WHERE revision = 1 GROUP BY patient_id)"
    ),
    "a record put where its earlier revision was": _run(
        "UPDATE record SET sealed = (SELECT r.sealed FROM record_revision r WHERE r.record_id = record.id LIMIT 1)"
        " WHERE id IN (SELECT record_id FROM record_revision)"
    ),
    "a record back at its earlier revision": _run(
        "UPDATE record SET revision = revision - 1, sealed = (SELECT r.sealed FROM record_revision r"
        " WHERE r.record_id = record.id AND r.revision = record.revision - 1)"
        " WHERE id IN (SELECT record_id FROM record_revision)"
    ),
    "a record doubled": _double("record"),
    "a record deleted": _run("DELETE FROM record WHERE id = (SELECT min(id) FROM record)"),
    "a record with all its history deleted": _run(
        "DELETE FROM record WHERE id = (SELECT min(record_id) FROM record_revision)"
    ),
    "an earlier revision deleted": _run("DELETE FROM record_revision WHERE revision = 1"),
    "a revision renumbered": _run("UPDATE record SET revision = revision + 1"),
    "one bit of a record flipped": _run(
        "UPDATE record SET sealed = substr(sealed, 1, 20) || x'00' || substr(sealed, 22)"
        " WHERE id = (SELECT min(id) FROM record)"
    ),
    "a record emptied": _run("UPDATE record SET sealed = x'' WHERE id = (SELECT min(id) FROM record)"),
    "a record of another type": _run("UPDATE record SET sealed = 'text' WHERE id = (SELECT min(id) FROM record)"),
    "a revision of another type": _run("UPDATE record SET revision = 'x' WHERE id = (SELECT min(id) FROM record)"),
    "two patients' identities swapped": _swap("patient", "sealed"),
    "two patients' keys swapped": _swap("patient", "wrapped_key"),
    "a patient deleted and the records left": _run("DELETE FROM patient WHERE id = (SELECT min(id) FROM patient)"),
    "a patient deleted with everything": lambda connection: [
        connection.execute(f"DELETE FROM {table} WHERE {column} = (SELECT min(id) FROM patient)")
        for table, column in (("record_revision", "patient_id"), ("record", "patient_id"), ("patient", "id"))
    ],
    "a setting given to a patient": _run(
        "UPDATE record SET patient_id = (SELECT min(id) FROM patient) WHERE patient_id IS NULL"
    ),
    "a record taken for nobody's": _run("UPDATE record SET patient_id = NULL WHERE patient_id IS NOT NULL"),
    "two audit lines swapped": _swap("audit_entry", "sealed"),
    "an audit line in the middle deleted": _run("DELETE FROM audit_entry WHERE sequence = 2"),
    "the last audit line deleted": _run("DELETE FROM audit_entry WHERE sequence = 3"),
    "the whole audit deleted": _run("DELETE FROM audit_entry"),
    "an audit line doubled": _run("INSERT INTO audit_entry SELECT 4, sealed, link FROM audit_entry WHERE sequence = 3"),
    "a tombstone deleted": _run("DELETE FROM tombstone"),
    "a tombstone forged": _run("INSERT INTO tombstone SELECT (SELECT min(id) FROM record), mac FROM tombstone LIMIT 1"),
    "a slot deleted": _run("DELETE FROM staff_slot WHERE staff_id = (SELECT min(staff_id) FROM staff_slot)"),
    "two people's public keys swapped": _swap("staff_slot", "public_key"),
    "a grant deleted": _run("DELETE FROM key_grant WHERE grant_id = (SELECT min(grant_id) FROM key_grant)"),
    "two grants' boxes swapped": _swap("key_grant", "sealed"),
    "a sheet deleted": _run("DELETE FROM recovery_sheet"),
    "the clinicians' key deleted": _run("DELETE FROM clinicians_key"),
    "the clinicians' key replaced": _run("UPDATE clinicians_key SET x25519 = zeroblob(32)"),
    "the manifest's epoch changed": _run("UPDATE manifest SET epoch = epoch + 1"),
    "the manifest deleted": _run("DELETE FROM manifest"),
    "another key's name in the header": _run("UPDATE header SET device_key_id = 'key-2'"),
    "a trigger planted": _run("CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM tombstone; END"),
    "a view planted": _run("CREATE VIEW v AS SELECT * FROM record"),
}


def test_an_unedited_copy_verifies_clean(clinic: Clinic) -> None:
    _fill(clinic)
    with outside(clinic) as connection:
        connection.execute("VACUUM")  # opened, rewritten, and nothing changed
    with clinic.open() as store:
        assert store.verify().faults == ()
    with clinic.open(clinic.receptionist) as store:
        assert store.verify().faults == ()


@pytest.mark.parametrize("name", EDITS)
def test_an_outsiders_edit_is_noticed(clinic: Clinic, name: str) -> None:
    _fill(clinic)
    with outside(clinic) as connection:
        before = connection.total_changes
        EDITS[name](connection)
        assert connection.total_changes > before or "planted" in name
    for person in (clinic.clinician, clinic.receptionist):
        with clinic.open(person) as store:
            report = store.verify()
        assert not report.clean
        said = " ".join(f"{fault.where} {fault.what}" for fault in report.faults)
        assert not any(word in said for word in ("Prydderch", "Sings", "second", "third", "Castle"))


def test_a_row_put_back_from_an_older_copy_is_noticed_though_it_opens(clinic: Clinic) -> None:
    _fill(clinic)
    older = clinic.path.read_bytes()
    with clinic.open() as store:
        note = next(thing for thing in store.all_things() if type(thing).__name__ == "Task")
        store.delete(note.id)
    with outside(clinic) as connection:
        copy = clinic.path.with_name("older")
        copy.write_bytes(older)
        connection.execute("ATTACH ? AS older", (str(copy),))
        connection.execute("INSERT INTO record SELECT * FROM older.record WHERE id = ?", (note.id,))
    with clinic.open() as store:
        assert store.thing(RecordId(note.id)) == note
        assert {fault.where for fault in store.verify().faults} == {f"tombstone {note.id}", "manifest"}


def test_reading_one_edited_thing_raises(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient, other = store.put_patient(a_patient()), store.put_patient(a_patient("Huw"))
        note, untouched = store.put(a_note(patient)), store.put(a_note(other))
    with outside(clinic) as connection:
        connection.execute("UPDATE record SET revision = 9 WHERE id = ?", (note.id,))
    with clinic.open() as store:
        for read in (
            lambda: store.thing(note.id),
            lambda: store.things(patient.id),
            lambda: list(store.all_things()),
            lambda: store.put(note),
        ):
            with pytest.raises(Tampered):
                read()
        assert store.thing(untouched.id) == untouched
        assert [fault.where for fault in store.verify().faults] == [f"record {note.id}", "manifest"]


def test_writing_over_or_deleting_an_edited_row_hides_nothing(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
        note = store.put(a_note(patient))
    with outside(clinic) as connection:
        connection.execute("UPDATE record SET revision = 9 WHERE id = ?", (note.id,))
    with clinic.open() as store:
        store.delete(note.id)
        assert [fault.where for fault in store.verify().faults] == ["manifest"]
        store.accept_as_it_is()
        assert store.verify().clean
        assert store.things(patient.id) == ()


def test_with_the_manifest_gone_nothing_is_written_until_somebody_decides(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
    with outside(clinic) as connection:
        connection.execute("DELETE FROM manifest")
    with clinic.open() as store:
        with pytest.raises(Tampered):
            store.put(a_note(patient))
        assert store.patient(patient.id) == patient
        store.accept_as_it_is()
        note = store.put(a_note(patient))
        assert store.things(patient.id) == (note,)
        assert store.verify().clean
