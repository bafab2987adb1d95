"""Who comes when, and what is still open."""

import datetime as dt
import threading
from dataclasses import replace

import pytest

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId, StaffId, new_id
from rapportdesk.model.task import Task, TaskCode, TaskStatus
from rapportdesk.readmodel import MemoryIndex, listed
from rapportdesk.readmodel.payload import task_from
from tests.readmodel.people import person

NINE = dt.datetime(2025, 3, 14, 9, 0, tzinfo=dt.UTC)
PATIENT = PatientId(new_id())


def appointment(start: dt.datetime, patient: PatientId = PATIENT) -> Appointment:
    return Appointment(id=RecordId(new_id()), patient=patient, start=start)


def task(due: dt.date | None, due_time: dt.time | None = None, status: TaskStatus = TaskStatus.REQUESTED) -> Task:
    return Task(
        id=RecordId(new_id()),
        patient=PATIENT,
        text="send the leaflet",
        status=status,
        due=due,
        due_time=due_time,
        recorded_at=NINE,
        recorded_by=StaffId(new_id()),
        recorded_by_name="Ana",
    )


def test_appointments_are_listed_by_when_they_begin_whatever_their_offset() -> None:
    index = MemoryIndex()
    late = appointment(NINE + dt.timedelta(hours=1))
    early = appointment(NINE.astimezone(dt.timezone(dt.timedelta(hours=2, minutes=15))))
    end = appointment(NINE + dt.timedelta(hours=2))
    for each in (end, late, early):
        index.put_appointment(each)
    assert index.appointments_between(NINE, NINE + dt.timedelta(hours=2)) == (early, late)


def test_a_moved_appointment_is_listed_once() -> None:
    index = MemoryIndex()
    before = appointment(NINE)
    after = Appointment(id=before.id, patient=PATIENT, start=NINE + dt.timedelta(days=1))
    index.put_appointment(before)
    index.put_appointment(after)
    assert index.appointments_between(NINE, NINE + dt.timedelta(hours=1)) == ()
    assert index.appointments_between(NINE, NINE + dt.timedelta(days=2)) == (after,)
    index.remove_appointment(after.id)
    index.remove_appointment(after.id)
    assert index.appointments_between(NINE, NINE + dt.timedelta(days=2)) == ()


def test_open_tasks_are_listed_by_when_they_are_due() -> None:
    index = MemoryIndex()
    day = NINE.date()
    some_day, end_of_day, noon, earlier = (
        task(None),
        task(day),
        task(day, dt.time(12)),
        task(day - dt.timedelta(days=3), status=TaskStatus.ON_HOLD),
    )
    for each in (some_day, end_of_day, noon, earlier, task(day, status=TaskStatus.COMPLETED)):
        index.put_task(each)
    assert index.open_tasks() == (earlier, noon, end_of_day, some_day)
    index.remove_task(noon.id)
    assert index.open_tasks() == (earlier, end_of_day, some_day)


def test_open_tasks_of_one_kind_are_listed_without_the_others_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    index, read = MemoryIndex(), list[bytes]()
    told = replace(task(None), code=TaskCode.TELL)
    for each in (
        task(None),
        told,
        task(NINE.date()),
        replace(told, id=RecordId(new_id()), status=TaskStatus.COMPLETED),
    ):
        index.put_task(each)
    assert len(index.open_tasks()) == 3

    def noted(payload: bytes) -> Task:
        read.append(payload)
        return task_from(payload)

    monkeypatch.setattr(listed, "task_from", noted)
    assert index.open_tasks(code=TaskCode.TELL) == (told,)
    assert index.open_tasks(NINE.date(), undated=True, code=TaskCode.TELL) == (told,)
    assert len(read) == 2
    assert len(index.open_tasks()) == 3
    assert len(read) == 5


def test_a_task_that_ends_is_no_longer_listed() -> None:
    index = MemoryIndex()
    before = task(NINE.date())
    index.put_task(before)
    assert index.open_tasks() == (before,)
    index.put_task(
        Task(
            id=before.id,
            patient=PATIENT,
            text=before.text,
            status=TaskStatus.CANCELLED,
            recorded_at=NINE,
            recorded_by=before.recorded_by,
            recorded_by_name="Ana",
        )
    )
    assert index.open_tasks() == ()


def test_a_removed_patients_appointments_and_tasks_go_too() -> None:
    index = MemoryIndex()
    kept = appointment(NINE, PatientId(new_id()))
    index.put_appointment(appointment(NINE))
    index.put_appointment(kept)
    index.put_task(task(None))
    index.remove_patient(PATIENT)
    assert index.appointments_between(NINE, NINE + dt.timedelta(hours=1)) == (kept,)
    assert index.open_tasks() == ()


def test_several_threads_may_write_and_search_at_once() -> None:
    index = MemoryIndex()
    faults: list[BaseException] = []

    def write(letter: str) -> None:
        try:
            for number in range(40):
                index.put_patient(person(f"Ann {letter}{number:02}"))
                index.find_people("ann", recent=())
        except BaseException as fault:  # noqa: BLE001 - carried to the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "BCDE"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(index.find_people("ann", limit=200).hits) == 160


def test_a_write_that_fails_leaves_the_index_as_it_was() -> None:
    index = MemoryIndex()
    kept = person("Nia Prydderch", number="1")
    index.put_patient(kept)
    broken = person("Mair Prydderch")
    object.__setattr__(broken, "id", kept.id)
    object.__setattr__(broken, "contact_points", (None,))
    try:
        index.put_patient(broken)
    except AttributeError:
        assert [hit.name for hit in index.find_people("prydderch").hits] == ["Nia Prydderch"]
    else:
        raise AssertionError("the control: such a patient cannot be put")


def test_who_has_died_is_known_until_that_is_taken_back_or_they_are_gone() -> None:
    index = MemoryIndex()
    nia, huw = person("Nia Prydderch"), replace(person("Huw Prydderch"), deceased=True)
    for each in (nia, huw):
        index.put_patient(each)
    assert index.deceased() == {huw.id}
    index.put_patient(replace(huw, deceased=False))
    assert index.deceased() == frozenset()
    index.put_patient(huw)
    index.remove_patient(huw.id)
    assert index.deceased() == frozenset()
