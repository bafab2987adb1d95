"""What is past its time waits for a manager's tick; erased, it is nowhere; kept, it is off the list for a while."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.rights.retention import WHY
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.communication import Communication, Direction
from rapportdesk.model.feedback import Answers, FeedbackGiven
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.retention import RetentionDue, RetentionKind, RetentionRules
from rapportdesk.model.rights import Right, RightsEvent
from rapportdesk.model.topic import Permission
from rapportdesk.steps import in_one_go
from rapportdesk.store.tables import RecordRow, table_of
from tests.desk.conftest import MORNING, Practice, add_nia, looks

LONG_AGO = dt.datetime(2015, 3, 3, 9, tzinfo=dt.UTC)
OLD, SECRET_OLD = "Quavers in the choir", "Zephyrine worries at night"


def old_note(desk: Desk, patient: PatientId, text: str = OLD) -> Note:
    """A note as it would be after eleven years; its history is from then too."""
    note = desk.notes.write(patient, "was once else", kind=NoteKind.HOBBY)
    return desk.session().store.put(replace(note, text=text, noted_at=LONG_AGO))


def old_call(desk: Desk, patient: PatientId) -> Communication:
    viewer = desk.viewer
    return desk.session().store.put(
        Communication(
            id=RecordId(new_id()), patient=patient, direction=Direction.INCOMING, recorded_at=LONG_AGO,
            recorded_by=viewer.staff, recorded_by_name=viewer.name,
        )
    )  # fmt: skip


def ids(due: tuple[RetentionDue, ...]) -> set[RecordId]:
    return {each.id for each in due}


def test_the_list_says_whose_what_and_since_when_and_leaves_out_what_is_not_over(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    note, call = old_note(ana, nia), old_call(ana, nia)
    ana.notes.write(nia, "New and kept", kind=NoteKind.HOBBY)
    listed = practice.sign_in("Ben Morgan").retention.due()
    assert not listed.more
    assert [(each.id, each.name, each.kind, each.since, each.text) for each in listed.due] == [
        (each, "Nia Prydderch", kind, LONG_AGO.date(), text)
        for each, kind, text in ((call.id, RetentionKind.CONTACT, ""), (note.id, RetentionKind.NOTE, OLD))
    ]


def test_a_clock_that_once_stood_years_ahead_makes_nothing_old(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    new = ana.notes.write(nia, "New and kept", kind=NoteKind.HOBBY)
    desk = practice.sign_in("Ben Morgan")
    practice.clock.moment = MORNING + dt.timedelta(days=7_300)
    ahead = desk.retention.due().due
    assert new.id in ids(ahead)  # what the clock says is believed while it says so; nothing goes without a tick
    practice.clock.moment = MORNING + dt.timedelta(days=1)
    assert desk.retention.due().due == ()
    with pytest.raises(BadInput):
        desk.retention.erase(ahead)


def test_only_what_was_ticked_goes_with_its_history_and_what_was_said_of_it(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    goes, stays = old_note(ana, nia), old_note(ana, nia, "Ticked by nobody")
    said = ana.rights.dispute(goes.id, "Not quavers, crotchets")
    ben = practice.sign_in("Ben Morgan")
    assert ben.search("quavers").hits
    ticked = [each for each in ben.retention.due().due if each.id == goes.id]
    assert ben.retention.erase(ticked) == 1
    store = ben.session().store
    for gone in (goes.id, said.id):
        with pytest.raises(NotFound):
            store.thing(gone)
        assert store.history(gone) == ()
    assert store.thing(stays.id)
    assert not ben.search("quavers").hits
    assert ben.session().undoable == []
    with pytest.raises(ValueError, match="does not come back"):
        store.put(replace(goes, text="again"))
    assert [event.why for event in looks(ben, nia) if event.action is AuditAction.ERASED] == [WHY]
    assert ben.verify().clean


def test_erasing_leaves_none_of_its_words_in_any_file_of_the_vault(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    note = old_note(ana, nia)
    sealed = [bytes(row) for row in _rows(practice, note.id)]
    assert sealed
    assert any(each in _bytes(practice) for each in sealed)  # the control: before, the row's bytes are there
    ben = practice.sign_in("Ben Morgan")
    ben.retention.erase(ben.retention.due().due)
    found = _bytes(practice)
    assert not any(each in found for each in sealed)
    assert _rows(practice, note.id) == []


def _rows(practice: Practice, record_id: RecordId) -> list[bytes]:
    table = table_of(RecordRow)
    with practice.desk._file.reading() as reading:
        return [bytes(row["sealed"]) for row in reading.rows(select(table.c.sealed).where(table.c.id == record_id))]


def _bytes(practice: Practice) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(practice.path.parent.rglob("*")) if each.is_file())


def test_nothing_goes_under_a_hold_or_while_it_rests_though_it_was_ticked_before(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    note, other = old_note(ana, nia), old_note(ana, nia, "Beside it")
    ben = practice.sign_in("Ben Morgan")
    ticked = ben.retention.due().due
    assert ids(ticked) == {note.id, other.id}
    stops: tuple[Callable[[], RightsEvent], ...] = (
        lambda: ben.rights.hold(nia, "a court"),
        lambda: ben.rights.restrict(nia, "until it is put right"),
        lambda: ben.rights.restrict(nia, "this one", note_id=note.id),
    )
    for stop in stops:
        event = stop()
        assert note.id not in ids(ben.retention.due().due)
        with pytest.raises(BadInput, match="has changed"):
            ben.retention.erase(ticked)
        with pytest.raises(BadInput, match="has changed"):
            ben.retention.keep(ticked, "why not")
        ben.rights.end(event.id)
        assert {each.text for each in ben.session().known(nia).notes} == {OLD, "Beside it"}
    assert ben.retention.erase(ticked) == 2


def test_nothing_goes_without_a_tick_nor_before_its_time(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    note = ana.notes.write(nia, OLD, kind=NoteKind.HOBBY)
    ben = practice.sign_in("Ben Morgan")
    made_up = RetentionDue(id=note.id, patient=nia, kind=RetentionKind.NOTE, since=LONG_AGO.date())
    for ticked in ((), (made_up,)):
        with pytest.raises(BadInput):
            ben.retention.erase(ticked)
    practice.clock.move_on(dt.timedelta(days=365 * 9).total_seconds())
    for name in ("Ana Ruiz", "Dr Osei", "Ben Morgan"):
        assert practice.sign_in(name).session().store.thing(note.id)
    assert ids(practice.desk.retention.due().due) == {note.id}
    assert practice.desk.session().store.thing(note.id)


def test_kept_for_longer_it_is_off_the_list_until_that_is_over_and_the_patient_may_know_why(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    note = old_note(ana, nia)
    ben = practice.sign_in("Ben Morgan")
    ben.retention.change(RetentionRules(notes=1))
    due = ben.retention.due().due
    with pytest.raises(BadInput):
        ben.retention.keep(due, " ")
    assert ben.retention.keep(due, "she sings here still") == 1
    assert ben.retention.due().due == ()
    (event,) = [each for each in ben.rights.of(nia) if each.right is Right.RETENTION]
    assert (event.about, event.reason) == (note.id, "she sings here still")
    assert event.until == dt.date(MORNING.year + 1, MORNING.month, MORNING.day)
    assert b"she sings here still" in ben.patient_files.export(nia, "json")
    practice.clock.move_on(dt.timedelta(days=366).total_seconds())
    assert ids(practice.sign_in("Ben Morgan").retention.due().due) >= {note.id}


def test_it_is_a_managers_alone_and_years_are_numbers_that_can_be(practice: Practice) -> None:
    rules: tuple[str, ...] = ("rules", "change")
    for name, refused in (("Ana Ruiz", (*rules, "due", "erase", "keep", "look_in_steps")), ("Dr Osei", rules)):
        desk = practice.sign_in(name)
        tries: dict[str, Callable[[], object]] = {
            "due": desk.retention.due, "rules": desk.retention.rules,
            "change": partial(desk.retention.change, RetentionRules()), "erase": partial(desk.retention.erase, ()),
            "keep": partial(desk.retention.keep, (), "why"),
            "look_in_steps": lambda: in_one_go(practice.desk.retention.look_in_steps()),
        }  # fmt: skip
        for each in refused:
            with pytest.raises(NotAllowed):
                tries[each]()
    ben = practice.sign_in("Ben Morgan")
    for bad in (-1, 101):
        with pytest.raises(BadInput):
            ben.retention.change(RetentionRules(promises=bad))
    changed = RetentionRules(notes=0, note_kinds=((NoteKind.HOBBY, 2),))
    assert ben.retention.change(changed) == changed
    practice.reopen()
    assert practice.sign_in("Ben Morgan").retention.rules() == changed


def test_a_manager_reads_no_text_that_the_rule_hides_and_lists_nothing_sealed_to_clinicians(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    sealed = ana.notes.write(nia, SECRET_OLD, kind=NoteKind.FEELING_NAMED, audience=Audience.CLINICIANS)
    gwen = ana.people.get(nia).people[0].id
    topic = ana.topics.set(nia, "money", Permission.NOT_IN_FRONT_OF, person=gwen)
    hidden = ana.notes.write(nia, SECRET_OLD, kind=NoteKind.ALSO_WORTH_KNOWING, topic=topic.handle)
    practice.clock.move_on(dt.timedelta(days=365 * 9).total_seconds())
    ben = practice.sign_in("Ben Morgan")
    (line,) = ben.retention.due().due
    assert (line.id, line.text) == (hidden.id, "")
    assert sealed.id not in ids((line,))
    practice.sign_in("Ben Morgan").retention.erase((line,))
    ana = practice.sign_in("Ana Ruiz")
    assert AuditAction.ERASED not in {event.action for event in looks(ana, nia)}


def test_a_clinician_s_restriction_of_what_reception_may_not_see_now_keeps_it_from_the_manager_too(
    practice: Practice,
) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    gwen = ana.people.get(nia).people[0].id
    topic = ana.topics.set(nia, "money", Permission.NOT_IN_FRONT_OF, person=gwen)
    hidden = ana.notes.write(nia, SECRET_OLD, kind=NoteKind.ALSO_WORTH_KNOWING, topic=topic.handle)
    osei = practice.sign_in("Dr Osei")
    osei.briefs.open_veiled(nia)
    event = osei.rights.restrict(nia, "not right", note_id=hidden.id)
    ana = practice.sign_in("Ana Ruiz")
    assert ana.rights.of(nia) == ()
    assert AuditAction.RIGHTS_RECORDED not in {each.action for each in looks(ana, nia)}
    practice.clock.move_on(dt.timedelta(days=365 * 9).total_seconds())
    ben = practice.sign_in("Ben Morgan")
    assert ben.retention.due().due == ()
    osei = practice.sign_in("Dr Osei")
    osei.people.set_company(nia, frozenset())
    osei.rights.end(event.id)
    assert AuditAction.RIGHTS_RECORDED not in {each.action for each in looks(practice.sign_in("Ana Ruiz"), nia)}
    assert ids(practice.sign_in("Ben Morgan").retention.due().due) == {hidden.id}


def test_feedback_without_a_name_goes_by_the_month_or_stays_for_longer(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    ana.feedback.give(FeedbackGiven(answers=Answers(), why="Kind people"))
    practice.clock.move_on(dt.timedelta(days=365 * 4).total_seconds())
    ben = practice.sign_in("Ben Morgan")
    (line,) = ben.retention.due().due
    assert (line.patient, line.kind, line.since) == (None, RetentionKind.FEEDBACK, dt.date(2026, 11, 1))
    ben.retention.keep((line,), "for the report")
    assert ben.retention.due().due == ()
    practice.clock.move_on(dt.timedelta(days=365 * 4).total_seconds())
    ben = practice.sign_in("Ben Morgan")
    ben.retention.erase(ben.retention.due().due)
    assert "Kind people" not in str(ben.session().store.settings())
    assert not ben.feedback.shown().trend


def test_a_long_list_comes_in_parts_and_other_calls_go_in_between(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapportdesk.desk.rights.retention.MOST", 3)
    ana = practice.sign_in("Ana Ruiz")
    people = [add_nia(ana) for _each in range(3)]
    for each in people:
        old_note(ana, each)
        old_call(ana, each)
    ben = practice.sign_in("Ben Morgan")
    steps = ben.retention.due_in_steps()
    next(steps)
    ben.people.card(people[0])
    first = ben.retention.due()
    assert (len(first.due), first.more) == (3, True)
    ben.retention.erase(first.due)
    rest = ben.retention.due()
    assert (len(rest.due), rest.more) == (3, False)
    assert not ids(first.due) & ids(rest.due)
