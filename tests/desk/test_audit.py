"""Who looked is answered in order, without content, and reception's own answer tells nothing reception may not know."""

import datetime as dt
from collections.abc import Callable

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotAllowed, WrongSecret
from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission
from tests.desk.conftest import MORNING, Practice, add_nia, looks


def answer(practice: Practice, name: str, patient: PatientId) -> tuple[AuditEvent, ...]:
    """What somebody is told of who looked."""
    return looks(practice.sign_in(name), patient)


HIDDEN: dict[str, Callable[[Desk, PatientId], object]] = {
    "a note for clinicians": lambda desk, nia: desk.notes.write(
        nia, "x", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS
    ),
    "a note on a sealed topic": lambda desk, nia: desk.notes.write(
        nia, "x", kind=NoteKind.HOBBY, topic_code="HIV"
    ),
    "a topic named to clinicians": lambda desk, nia: desk.topics.set(nia, "MH", Permission.ASK_FIRST),
    "an asking about it": lambda desk, nia: (
        desk.topics.set(nia, "MH", Permission.ASK_FIRST), desk.topics.log_asking(nia, "MH", "no")
    ),
    "an opened veil": lambda desk, nia: (
        desk.notes.write(nia, "x", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS), desk.briefs.open_veiled(nia)
    ),
    "a note on a topic that is not for the desk": lambda desk, nia: (
        desk.topics.set(nia, "HIV", Permission.PRIVATE_ROOM, name_for=Audience.CLINICIANS),
        desk.notes.write(nia, "x", kind=NoteKind.HOBBY, topic_code="HIV"),
    ),
    "a topic not in front of somebody, and a note": lambda desk, nia: (
        desk.topics.set(nia, "weight", Permission.NOT_IN_FRONT_OF, person="Gwen"),
        desk.notes.write(nia, "x", kind=NoteKind.HOBBY, topic_code="weight"),
    ),
    "its taking back": lambda desk, nia: (
        desk.notes.write(nia, "x", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS), desk.notes.undo()
    ),
}  # fmt: skip


@pytest.mark.parametrize("do", HIDDEN.values(), ids=HIDDEN)
def test_what_a_clinician_did_with_what_is_theirs_leaves_receptions_answer_as_it_was(
    practice: Practice, do: Callable[[Desk, PatientId], object]
) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    before = {name: answer(practice, name, nia) for name in ("Ana Ruiz", "Ben Morgan", "Dr Osei")}
    do(practice.sign_in("Dr Osei"), nia)
    assert answer(practice, "Ana Ruiz", nia) == before["Ana Ruiz"]
    for name in ("Ben Morgan", "Dr Osei"):  # the control
        assert len(answer(practice, name, nia)) > len(before[name])


def test_everything_that_was_done_is_there_in_order_and_says_nothing_of_what(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    note = desk.notes.write(nia, "Sings alto", kind=NoteKind.HOBBY)
    practice.clock.move_on(60)
    desk.notes.edit(note.id, text="Sings bass")
    desk.topics.set(nia, "money", Permission.WELCOME)
    desk.people.card(nia)
    practice.sign_in("Dr Osei").briefs.of(nia)
    events = answer(practice, "Ben Morgan", nia)
    assert [(event.who_name, event.action) for event in events] == [
        ("Ana Ruiz", AuditAction.PERSON_CHANGED),
        ("Ana Ruiz", AuditAction.CONSENT_RECORDED),
        ("Ana Ruiz", AuditAction.CONSENT_RECORDED),
        ("Ana Ruiz", AuditAction.NOTE_WRITTEN),
        ("Ana Ruiz", AuditAction.NOTE_CHANGED),
        ("Ana Ruiz", AuditAction.TOPIC_SET),
        ("Ana Ruiz", AuditAction.CARD_VIEWED),
        ("Dr Osei", AuditAction.BRIEF_READ),
    ]
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert {event.at for event in events} == {MORNING, MORNING + dt.timedelta(minutes=1)}
    assert not any(words in str(events) for words in ("alto", "bass", "money", "Prydderch"))


def test_an_answer_is_about_one_patient(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, ali = add_nia(desk), desk.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id
    assert {event.patient for event in desk.audit.of(ali)} == {ali}
    assert {event.patient for event in desk.audit.of(nia)} == {nia}
    assert desk.audit.of(PatientId("0" * 32)) == ()


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei"])
def test_the_whole_record_is_the_managers(practice: Practice, name: str) -> None:
    with pytest.raises(NotAllowed):
        practice.sign_in(name).audit.since()


def test_the_record_can_be_read_from_a_local_day_on(practice: Practice) -> None:
    practice.sign_in("Ben Morgan")
    practice.clock.move_on(86_400)
    desk = practice.sign_in("Ben Morgan")
    everything, today = desk.audit.since(), desk.audit.since(MORNING.date() + dt.timedelta(days=1))
    assert everything[0].action is AuditAction.VAULT_CREATED
    assert 0 < len(today) < len(everything)
    assert everything[-len(today) + 1 :] == today[:-1]  # the later question lists the earlier one
    assert desk.audit.since(MORNING.date() + dt.timedelta(days=2)) == ()


def test_wrong_secrets_are_told_at_the_next_sign_in_of_anybody(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    ana = desk.viewer.staff
    for _try in range(2):
        with pytest.raises(WrongSecret):
            desk.sign_in(ana, "not it, not at all")
    events = practice.sign_in("Ben Morgan").audit.since()
    failed = [event for event in events if event.action is AuditAction.SIGN_IN_FAILED]
    assert [(event.outcome, event.about, event.about_name, event.count) for event in failed] == [
        (Outcome.FAILURE, ana, "Ana Ruiz", 2)
    ]
    assert failed[0].happened_at == MORNING
    again = practice.sign_in("Ben Morgan").audit.since()
    assert len([event for event in again if event.action is AuditAction.SIGN_IN_FAILED]) == 1
