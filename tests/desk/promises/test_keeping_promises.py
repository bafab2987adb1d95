"""A promise is taken over, handed on, put off, kept or not, with its reason; all of it can be taken back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import PromiseRow
from rapportdesk.model.task import Task, TaskReason, TaskStatus
from rapportdesk.model.topic import Permission
from tests.desk.conftest import MORNING, Practice, add_nia, looks

TODAY = MORNING.date()
DAY = dt.timedelta(days=1)


def rows(desk: Desk, **wanted: object) -> list[PromiseRow]:
    return list(desk.tasks.ledger(**wanted).rows)  # type: ignore[arg-type]  # owner, text, ended


def texts(desk: Desk, **wanted: object) -> list[str]:
    return [row.task.text for row in rows(desk, **wanted)]


def add_huw(desk: Desk) -> PatientId:
    huw = desk.people.add(Patient(id=PatientId(""), name="Huw Eynon")).id
    desk.consents.agree(huw)
    return huw


Change = Callable[[Desk, Task], Task]
CHANGES: dict[str, tuple[Change, TaskStatus]] = {
    "taken over": (lambda desk, task: desk.tasks.take_over(task.id), TaskStatus.ACCEPTED),
    "handed on": (lambda desk, task: desk.tasks.hand_on(task.id, "Ben Morgan"), TaskStatus.REQUESTED),
    "begun": (lambda desk, task: desk.tasks.begin(task.id), TaskStatus.IN_PROGRESS),
    "waiting": (lambda desk, task: desk.tasks.hold(task.id), TaskStatus.ON_HOLD),
    "put off": (lambda desk, task: desk.tasks.put_off(task.id, TODAY + 3 * DAY), TaskStatus.REQUESTED),
    "kept": (lambda desk, task: desk.tasks.done(task.id, outcome="posted"), TaskStatus.COMPLETED),
    "not kept": (lambda desk, task: desk.tasks.not_kept(task.id, TaskReason.NO_TIME), TaskStatus.FAILED),
    "called off": (lambda desk, task: desk.tasks.not_kept(task.id, TaskReason.NOT_WANTED), TaskStatus.CANCELLED),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("recurs", [False, True])
def test_every_change_is_taken_back_whole(ana: Desk, name: str, recurs: bool) -> None:
    change, status = CHANGES[name]
    nia = add_nia(ana)
    line = ana.notes.read_line(nia, f"promise: send the letter by Friday {'every Friday' if recurs else ''}")
    before = ana.notes.write_line(nia, line).task
    assert before is not None
    assert change(ana, before).status is status
    assert rows(ana) != [] or name in {"kept", "not kept", "called off"}
    ana.notes.undo()
    (row,) = rows(ana)
    assert (row.task.id, row.task.status, row.task.due, row.task.owner_name, row.task.recurs) == (
        before.id, before.status, before.due, before.owner_name, before.recurs,
    )  # fmt: skip
    assert rows(ana, ended=True) == []


def test_a_promise_that_recurs_is_due_again_when_it_was_kept_or_not(ana: Desk) -> None:
    nia = add_nia(ana)
    for text in ("water the plant every Friday", "ring the school every Friday", "post the menu every Friday"):
        ana.notes.write_line(nia, ana.notes.read_line(nia, f"promise: {text}"))
    made = {row.task.text: row.task for row in rows(ana)}
    plant, school, menu = made["water the plant"], made["ring the school"], made["post the menu"]
    assert plant.due == TODAY + 7 * DAY
    ana.tasks.done(plant.id)
    ana.tasks.not_kept(school.id, TaskReason.NO_TIME)
    ana.tasks.not_kept(menu.id, TaskReason.NOT_WANTED)
    assert {(row.task.text, row.task.due, row.detail) for row in rows(ana)} == {
        ("water the plant", TODAY + 14 * DAY, "every Friday"), ("ring the school", TODAY + 14 * DAY, "every Friday"),
    }  # fmt: skip
    assert ana.tasks.reopen(plant.id).recurs == ""  # the next one is there already
    assert len(rows(ana)) == 3


def test_the_ledger_lists_what_is_late_first_and_finds_by_owner_and_words(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    nia, huw = add_nia(desk), add_huw(desk)
    desk.tasks.add(nia, "Some time")
    desk.tasks.add(nia, "Tomorrow", due=TODAY + DAY, owner="Ana Ruiz")
    desk.tasks.add(huw, "Late", due=TODAY - DAY)
    assert texts(desk) == ["Late", "Tomorrow", "Some time"]
    assert [row.overdue for row in rows(desk)] == [True, False, False]
    assert texts(desk, owner="Ana Ruiz") == ["Tomorrow"]
    assert texts(desk, text="EYN late") == ["Late"]
    assert texts(desk, text="nothing") == []
    ledger = desk.tasks.ledger(owner="Ana Ruiz")
    assert (ledger.owners, ledger.owner) == (("Ana Ruiz", "Ben Morgan"), "Ana Ruiz")
    assert ledger.colleagues == ("Ana Ruiz", "Ben Morgan", "Dr Osei")
    assert [row.mine for row in rows(desk)] == [True, False, True]


def test_what_came_of_a_promise_is_listed_for_a_quarter_of_a_year(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    kept, failed, wanted = (desk.tasks.add(nia, text) for text in ("Post it", "Ring Gwen", "A chair"))
    desk.tasks.done(kept.id, outcome="posted on Friday")
    practice.clock.move_on(60)
    desk.tasks.not_kept(failed.id, TaskReason.NOT_REACHED, "twice")
    practice.clock.move_on(60)
    desk.tasks.not_kept(wanted.id, TaskReason.NOT_WANTED)
    assert [(row.task.text, row.detail) for row in rows(desk, ended=True)] == [
        ("A chair", "called off today by Ana Ruiz: they no longer want it"),
        ("Ring Gwen", "not kept today by Ana Ruiz: not reached, twice"),
        ("Post it", "kept today by Ana Ruiz: posted on Friday"),
    ]
    assert rows(desk) == []
    practice.clock.move_on(93 * 86_400)
    practice.sign_in("Ana Ruiz")
    assert rows(desk, ended=True) == []


def test_only_what_can_be_is_done(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    task = desk.tasks.add(nia, "Ring")
    with pytest.raises(BadInput, match="gone by"):
        desk.tasks.put_off(task.id, TODAY - DAY)
    with pytest.raises(BadInput, match="works here"):
        desk.tasks.hand_on(task.id, "Nobody")
    with pytest.raises(BadInput, match="why"):
        desk.tasks.not_kept(task.id, TaskReason.OTHER)
    assert desk.tasks.put_off(task.id, TODAY).put_off == 1
    assert rows(desk)[0].detail == "put off once"
    desk.tasks.hold(task.id, TaskReason.NEEDS_OTHERS, "the lab")
    assert rows(desk)[0].detail == "waiting for the lab · put off once"


def test_nothing_is_promised_to_somebody_who_has_died_and_it_comes_back_if_that_was_wrong(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.tasks.add(nia, "Ring")
    patient = ana.people.get(nia)
    ana.people.update(replace(patient, deceased=True))
    assert rows(ana) == []
    with pytest.raises(BadInput, match="died"):
        ana.tasks.add(nia, "Ring again")
    ana.people.update(replace(ana.people.get(nia), deceased=False))
    assert texts(ana) == ["Ring"]


def test_a_promise_on_the_wrong_person_moves_and_comes_back(ana: Desk) -> None:
    nia, huw = add_nia(ana), add_huw(ana)
    ana.topics.set(nia, "money", Permission.ASK_FIRST)
    line = ana.notes.read_line(nia, "promise: ring about #money")
    task = ana.notes.write_line(nia, line).task
    assert task is not None
    assert task.topic
    moved = ana.tasks.move(task.id, huw)
    assert (moved.patient, rows(ana)[0].patient_name) == (huw, "Huw Eynon")
    assert [topic.code for topic in ana.topics.of(huw)] == ["money"]
    assert [event.action for event in looks(ana, huw)][-1] is AuditAction.TASK_CHANGED
    ana.notes.undo()
    assert [(row.task.patient, row.task.topic) for row in rows(ana)] == [(nia, task.topic)]
    assert ana.topics.of(huw) == ()
    with pytest.raises(NotFound):
        ana.tasks.move(task.id, PatientId("0" * 32))


def test_a_promise_is_sealed_when_its_topic_becomes_the_clinicians_or_it_moves_to_one_that_is(
    practice: Practice,
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, huw = add_nia(desk), add_huw(desk)
    for person in (nia, huw):
        desk.topics.set(person, "money", Permission.ASK_FIRST)
    made = [desk.notes.write_line(p, desk.notes.read_line(p, "promise: ring about #money")).task for p in (nia, huw)]
    assert all(task is not None for task in made)
    desk = practice.sign_in("Dr Osei")
    desk.topics.set(huw, "money", Permission.WELCOME, name_for=Audience.CLINICIANS)
    known = desk.session().known(huw).tasks
    assert [task.audience for task in known] == [Audience.CLINICIANS]
    assert made[0] is not None
    desk.tasks.move(made[0].id, huw)
    assert {task.audience for task in desk.session().known(huw).tasks} == {Audience.CLINICIANS}
    assert len(desk.session().known(huw).tasks) == 2
    desk = practice.sign_in("Ana Ruiz")
    assert rows(desk) == []
    assert desk.session().known(huw).tasks == ()  # not among reception's keys at all


def test_a_note_taken_back_leaves_the_topic_that_a_promise_is_about(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.notes.write(nia, "Saves for a kayak", kind=NoteKind.HOBBY, topic_code="kayaks")
    task = ana.notes.write_line(nia, ana.notes.read_line(nia, "promise: leaflet on #kayaks")).task
    assert task is not None
    note = ana.session().known(nia).notes[0]
    assert ana.topics.made_with(note) is None  # else undoing the note would hide the promise


def test_withdrawing_hides_promises_and_what_came_of_them(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.tasks.add(nia, "Ring")
    ana.tasks.done(ana.tasks.add(nia, "Post").id)
    ana.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert rows(ana) == rows(ana, ended=True) == []
    ana.consents.agree(nia)
    assert (texts(ana), texts(ana, ended=True)) == (["Ring"], ["Post"])
