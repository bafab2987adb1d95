"""What was taken back is listed, erased when its days are over, for good, and nothing that may stay goes with it."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotAllowed
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import AdjustmentCategory, Audience, Note, NoteKind
from rapportdesk.model.practice import PracticeSettings
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.staff import Role
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Permission, TopicPermission
from tests.desk.conftest import MORNING, SECRET, Practice, add_nia

DAY = 86_400.0
GRACE = 30
NEVER_AGAIN = "Sings alto in the choir"
LEGAL = "Face her, left side"
BOUNDARY = "Don't ask after Huw; he died in May"
SEALED = "Dreads needles since the fall"
SEALED_LEGAL = "Needs the hoist"


def fill(practice: Practice) -> PatientId:
    """Keep Nia with everything that rests on consent and everything that does not, and have her take it back."""
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, NEVER_AGAIN, kind=NoteKind.HOBBY)
    desk.notes.write(nia, LEGAL, kind=NoteKind.ADJUSTMENT, adjustment=AdjustmentCategory.COMMUNICATION_SUPPORT)
    desk.notes.write(nia, BOUNDARY, kind=NoteKind.PLEASE_DONT, topic_code="bereavement")
    desk.tasks.add(nia, "send the large print letter")
    desk.topics.set(nia, "money", Permission.WELCOME)
    desk.topics.set(nia, "MH", Permission.CLINICIAN_ONLY)
    desk.notes.write(nia, SEALED, kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    desk.drafts.keep(nia, "Ana's unfinished line")
    desk = practice.sign_in("Dr Osei")
    desk.notes.write(nia, SEALED_LEGAL, kind=NoteKind.ADJUSTMENT, audience=Audience.CLINICIANS)
    desk = practice.sign_in("Ana Ruiz")
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    return nia


def texts(desk: Desk, nia: PatientId) -> set[str]:
    """Return the text of every note, promise and topic that the signed-in person's keys open, whatever the rule."""
    known = desk.session().known(nia)
    notes, tasks = ({note.text for note in known.notes}, {task.text for task in known.tasks})
    return notes | tasks | {topic.code for topic in known.topics}


def past_the_grace(practice: Practice) -> Desk:
    """Come in as the manager on the first day on which it may be erased."""
    practice.clock.move_on((GRACE + 1) * DAY)
    return practice.sign_in("Ben Morgan")


def test_a_manager_sees_what_is_hidden_since_when_and_until_when_it_can_be_taken_back(practice: Practice) -> None:
    nia = fill(practice)
    desk = practice.sign_in("Ben Morgan")
    (listed,) = desk.erasures.listed()
    assert (listed.patient.id, listed.hidden_since, listed.due) == (nia, MORNING.date(), False)
    assert listed.until == MORNING.date() + dt.timedelta(days=GRACE)
    practice.clock.move_on(GRACE * DAY)
    assert not desk.erasures.listed()[0].due
    practice.clock.move_on(DAY)
    assert desk.erasures.listed()[0].due


def test_a_clock_that_once_stood_years_ahead_shortens_nobodys_days(practice: Practice) -> None:
    nia = fill(practice)
    desk = practice.sign_in("Ben Morgan")
    practice.clock.move_on(3_650 * DAY)
    assert desk.erasures.listed()[0].due
    practice.clock.moment = MORNING + dt.timedelta(days=1)  # the record keeps the time at which it was looked at
    assert not desk.erasures.listed()[0].due
    with pytest.raises(BadInput):
        desk.erasures.erase(nia)


def test_the_list_follows_the_days_the_practice_settled(practice: Practice) -> None:
    fill(practice)
    desk = practice.sign_in("Ben Morgan")
    desk.practice.change(PracticeSettings(grace_days=3))
    assert desk.erasures.listed()[0].until == MORNING.date() + dt.timedelta(days=3)


def test_before_its_day_nothing_is_erased_and_reception_erases_nothing_ever(practice: Practice) -> None:
    nia = fill(practice)
    desk = practice.sign_in("Ben Morgan")
    with pytest.raises(BadInput):
        desk.erasures.erase(nia)
    practice.clock.move_on((GRACE + 1) * DAY)
    desk = practice.sign_in("Ana Ruiz")
    with pytest.raises(NotAllowed):
        desk.erasures.erase(nia)
    with pytest.raises(NotAllowed):
        desk.erasures.listed()
    assert NEVER_AGAIN in texts(desk, nia)


def test_what_rests_on_consent_goes_and_what_protects_or_is_a_duty_stays(practice: Practice) -> None:
    nia = fill(practice)
    desk = past_the_grace(practice)
    desk.erasures.erase(nia)
    assert texts(desk, nia) == {LEGAL, BOUNDARY, "bereavement"}
    assert BOUNDARY in str(desk.people.card(nia).blocks)
    assert desk.session().store.others_drafts(nia) == ()
    assert desk.consents.keep(nia) is KeepConsent.WITHDRAWN
    assert desk.erasures.listed() == ()
    assert practice.sign_in("Ana Ruiz").drafts.of(nia) is None


def test_what_is_sealed_to_clinicians_goes_when_the_next_clinician_comes_and_their_duties_stay(
    practice: Practice,
) -> None:
    nia = fill(practice)
    past_the_grace(practice).erasures.erase(nia)
    desk = practice.sign_in("Dr Osei")
    assert texts(desk, nia) == {LEGAL, BOUNDARY, "bereavement", SEALED_LEGAL}


def test_a_manager_who_holds_the_clinicians_keys_erases_all_of_it_at_once(practice: Practice) -> None:
    cai = practice.desk.staff.add("Cai", frozenset({Role.MANAGER, Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Osei").staff.admit(cai.id)
    nia = fill(practice)
    practice.clock.move_on((GRACE + 1) * DAY)
    desk = practice.sign_in("Cai")
    assert SEALED in texts(desk, nia)
    desk.erasures.erase(nia)
    assert texts(desk, nia) == {LEGAL, BOUNDARY, "bereavement", SEALED_LEGAL}


def test_what_was_said_after_a_new_yes_is_not_erased_with_the_old(practice: Practice) -> None:
    nia = fill(practice)
    past_the_grace(practice).erasures.erase(nia)
    desk = practice.sign_in("Ana Ruiz")
    desk.consents.agree(nia)
    desk.notes.write(nia, "Sealed anew", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    desk = practice.sign_in("Dr Osei")
    assert "Sealed anew" in texts(desk, nia)
    assert SEALED not in texts(desk, nia)


def test_a_manager_learns_nothing_of_whether_something_was_sealed_to_clinicians(practice: Practice) -> None:
    """The list, the erasing and the record of it are the same for somebody with and without sealed notes."""
    ana = practice.sign_in("Ana Ruiz")
    with_sealed, without = add_nia(ana), add_nia(ana)
    ana.notes.write(with_sealed, SEALED, kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    for patient in (with_sealed, without):
        ana.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    desk = past_the_grace(practice)
    listed = {each.patient.id: (each.hidden_since, each.until, each.due) for each in desk.erasures.listed()}
    assert listed[with_sealed] == listed[without]
    for patient in (with_sealed, without):
        desk.erasures.erase(patient)
    erased = [(event.action, event.why) for event in desk.audit.since() if event.action is AuditAction.ERASED]
    assert erased == [(AuditAction.ERASED, "consent withdrawn")] * 2
    practice.sign_in("Dr Osei")
    ana = practice.sign_in("Ana Ruiz")
    assert [
        event for event in ana.audit.of(with_sealed) if event.action is AuditAction.ERASED and event.clinicians_only
    ] == []


def test_tombstones_stay_so_that_no_backup_brings_it_back(practice: Practice) -> None:
    nia = fill(practice)
    desk = past_the_grace(practice)
    gone = [note.id for note in desk.session().known(nia).notes if note.text == NEVER_AGAIN]
    desk.erasures.erase(nia)
    with pytest.raises(ValueError, match="does not come back"):
        desk.session().store.put(_note_again(desk, nia, gone[0]))
    assert desk.verify().clean


def test_nothing_of_it_is_left_in_the_bytes_a_key_could_open(practice: Practice) -> None:
    """The patient's key stays: what is read is every record and revision that it opens."""
    nia = fill(practice)
    desk = practice.sign_in("Ana Ruiz")
    desk.consents.agree(nia)
    note = next(note for note in desk.session().known(nia).notes if note.text == NEVER_AGAIN)
    desk.notes.edit(note.id, text="Sings tenor")
    desk.notes.edit(note.id, text=BOUNDARY, kind=NoteKind.PLEASE_DONT)
    assert [each.text for each in desk.notes.history(note.id)] == [NEVER_AGAIN, "Sings tenor"]
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    desk = past_the_grace(practice)
    desk.erasures.erase(nia)
    store = desk.session().store
    past = [each for thing in store.things(nia) if isinstance(thing, Note) for each in store.history(thing.id)]
    assert past == []
    kept = [thing.text for thing in store.things(nia) if isinstance(thing, Note | Task)]
    assert sorted(kept) == sorted([LEGAL, BOUNDARY, BOUNDARY])


def test_erased_it_cannot_be_taken_back_by_any_undo(practice: Practice) -> None:
    nia = fill(practice)
    desk = past_the_grace(practice)
    desk.erasures.erase(nia)
    with pytest.raises(BadInput):
        desk.consents.take_back(nia, desk.consents.of(nia)[-1].id)
    assert desk.session().undoable == []
    assert [event.erased for event in desk.consents.of(nia)][-1]


def test_given_again_in_time_it_is_off_the_list_and_back_on_the_card(practice: Practice) -> None:
    nia = fill(practice)
    desk = practice.sign_in("Ana Ruiz")
    desk.consents.agree(nia)
    assert NEVER_AGAIN in str(desk.people.card(nia).blocks)
    desk = past_the_grace(practice)
    assert desk.erasures.listed() == ()
    with pytest.raises(BadInput):
        desk.erasures.erase(nia)


def test_a_no_to_being_asked_again_is_listed_and_a_first_no_is_not(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    asked_again, first = add_nia(ana), add_nia(ana, agreed=False)
    for patient in (asked_again, first):
        ana.consents.refuse(patient)
    assert [each.patient.id for each in practice.sign_in("Ben Morgan").erasures.listed()] == [asked_again]


def test_a_second_no_does_not_begin_the_days_anew(practice: Practice) -> None:
    nia = fill(practice)
    practice.clock.move_on(20 * DAY)
    practice.sign_in("Ana Ruiz").consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.REJECTED)
    (listed,) = practice.sign_in("Ben Morgan").erasures.listed()
    assert listed.hidden_since == MORNING.date()


def test_topics_that_nothing_left_speaks_about_go_whatever_was_logged_with_them(practice: Practice) -> None:
    nia = fill(practice)
    desk = past_the_grace(practice)
    desk.erasures.erase(nia)
    topics = [thing for thing in desk.session().store.things(nia) if isinstance(thing, TopicPermission)]
    assert [topic.code for topic in topics] == ["bereavement"]


def _note_again(desk: Desk, nia: PatientId, note_id: RecordId) -> Note:
    viewer = desk.viewer
    return Note(
        id=note_id, patient=nia, kind=NoteKind.HOBBY, text="again", noted_at=MORNING, noted_by=viewer.staff,
        noted_by_name=viewer.name,
    )  # fmt: skip


def test_what_waits_for_a_clinician_goes_on_waiting_while_a_law_holds_it(practice: Practice) -> None:
    nia = fill(practice)
    desk = past_the_grace(practice)
    desk.erasures.erase(nia)
    hold = desk.rights.hold(nia, "a court has asked for it since")
    desk = practice.sign_in("Dr Osei")
    assert SEALED in texts(desk, nia)
    practice.sign_in("Ben Morgan").rights.end(hold.id)
    assert SEALED not in texts(practice.sign_in("Dr Osei"), nia)
