"""The check goes to the end in small steps, tells how far it is, and lets others write in between."""

import random
from collections.abc import Callable, Generator
from dataclasses import replace

import pytest

from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Audience, Note
from rapportdesk.steps import in_one_go
from rapportdesk.store.checking.findings import VerifyReport
from rapportdesk.store.sealed_store import SealedStore
from tests.store.clinic import MORNING, Clinic, a_note, a_patient
from tests.store.outsider import outside


def _fill(clinic: Clinic) -> list[Note]:
    with clinic.open() as store, store.transaction():
        patients = [store.put_patient(a_patient(f"P{number}")) for number in range(250)]
        return [store.put(a_note(patient, "x", audience)) for patient in patients for audience in Audience]


def _finish(
    steps: Generator[tuple[int, int], None, VerifyReport], between: Callable[[], None] = lambda: None
) -> VerifyReport:
    return in_one_go(steps, lambda _step: between())


def test_it_tells_how_far_it_is_and_what_it_looked_at(clinic: Clinic) -> None:
    notes = _fill(clinic)
    told: list[tuple[int, int]] = []
    with clinic.open() as store:
        store.audit(AuditEvent(at=MORNING, action=AuditAction.LOCK, who=None, who_name=""))
        report = store.verify(lambda seen, total: told.append((seen, total)))
    assert (report.records, report.patients, report.audit_lines) == (len(notes), 250, 1)
    assert report.clean
    assert [seen for seen, _total in told] == sorted(seen for seen, _total in told)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert len(told) > 5


def test_others_may_write_between_two_steps(clinic: Clinic) -> None:
    chance = random.Random(4)  # noqa: S311  # which rows, not which keys
    notes = {note.id: note for note in _fill(clinic)}
    with clinic.open() as store:
        steps = store.verify_in_steps()
        for _ in range(8):
            next(steps)
            _write_a_little(store, notes, chance)
        assert _finish(steps, lambda: _write_a_little(store, notes, chance)).faults == ()
        assert store.verify().faults == ()
        assert {thing.id: thing for thing in store.all_things()} == notes


def _write_a_little(store: SealedStore, notes: dict[RecordId, Note], chance: random.Random) -> None:
    for note in chance.sample(list(notes.values()), 12):
        notes[note.id] = store.put(replace(note, text="edited meanwhile"))
    gone, moved = chance.sample(list(notes.values()), 2)
    store.delete(gone.id)
    del notes[gone.id]
    notes[moved.id] = store.put(replace(moved, text="again"))
    patient = store.put_patient(a_patient("new"))
    added = store.put(a_note(patient))
    notes[added.id] = added
    store.put_setting("name", f"{chance.random()}")
    store.audit(AuditEvent(at=MORNING, action=AuditAction.LOCK, who=None, who_name=""))

    def half_done() -> None:
        with store.transaction():
            store.put(a_note(patient))
            raise ZeroDivisionError

    def part_undone() -> None:
        with store.transaction():
            with pytest.raises(ZeroDivisionError):
                half_done()
            again = store.put(a_note(patient))
            notes[again.id] = again

    with pytest.raises(ZeroDivisionError):
        half_done()
    part_undone()


def test_what_others_write_in_between_hides_nothing(clinic: Clinic) -> None:
    notes = {note.id: note for note in _fill(clinic)}
    with outside(clinic) as connection:
        connection.execute("DELETE FROM record WHERE id = (SELECT max(id) FROM record)")
    del notes[max(notes)]
    with clinic.open() as store:
        steps = store.verify_in_steps()
        next(steps)
        _write_a_little(store, dict(notes), random.Random(5))  # noqa: S311
        assert [fault.where for fault in _finish(steps).faults] == ["manifest"]


def test_a_check_that_is_given_up_leaves_nothing_behind(clinic: Clinic) -> None:
    with clinic.open() as store:
        steps = store.verify_in_steps()
        next(steps)
        steps.close()
        patient = store.put_patient(a_patient())
        store.put(a_note(patient))
        assert store.verify().clean


def test_a_file_that_lost_a_part_of_its_last_page_is_told_though_the_part_held_nothing(clinic: Clinic) -> None:
    with outside(clinic) as file:
        file.execute("CREATE TABLE gone AS SELECT zeroblob(100000) AS room")
        file.commit()
        file.execute("DROP TABLE gone")
    whole = clinic.path.read_bytes()
    clinic.path.write_bytes(whole[:-1])
    with clinic.open() as store:
        assert store.verify().faults[0].where == "file"
    clinic.path.write_bytes(whole)
    with clinic.open() as store:
        assert store.verify().clean
