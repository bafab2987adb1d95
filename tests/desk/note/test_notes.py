"""Notes are kept with consent, edited with history, moved without a trace, and taken back on request."""

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind, PreferenceArea
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission
from tests.desk.conftest import MORNING, Practice, add_nia


def texts(desk: Desk, patient: PatientId) -> set[str]:
    """The text of every note that stands on the card."""
    lines = [line for block in desk.people.card_unrecorded(patient).blocks for line in block.lines]
    return {line.note.text for line in lines if line.note}


def notes_of(desk: Desk, patient: PatientId) -> set[str]:
    """Every note that this person's keys open, shown or not."""
    return {thing.text for thing in desk.session().store.things(patient) if isinstance(thing, Note)}


@pytest.mark.parametrize("kind", [NoteKind.HOBBY, NoteKind.PREFERENCE, NoteKind.IMPORTANT_TO_ME])
def test_without_consent_a_note_is_refused_and_nothing_is_kept(ana: Desk, kind: NoteKind) -> None:
    nia = add_nia(ana, agreed=False)
    with pytest.raises(ConsentNeeded):
        ana.notes.write(nia, "Allotment: leeks", kind=kind)
    assert notes_of(ana, nia) == set()
    ana.consents.agree(nia)
    ana.notes.write(nia, "Allotment: leeks", kind=kind)
    assert notes_of(ana, nia) == {"Allotment: leeks"}


@pytest.mark.parametrize("kind", [NoteKind.ADJUSTMENT, NoteKind.PLEASE_DONT])
def test_an_adjustment_and_a_boundary_need_no_consent(ana: Desk, kind: NoteKind) -> None:
    nia = add_nia(ana, agreed=False)
    ana.notes.write(nia, "Face her, left side", kind=kind)
    assert "Face her, left side" in texts(ana, nia)


def test_a_topic_made_without_consent_leaves_nothing_behind(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    with pytest.raises(ConsentNeeded):
        ana.notes.write(nia, "Rent is late", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="money")
    assert ana.topics.find(nia, "money") is None


def test_a_note_on_a_topic_named_to_clinicians_only_is_sealed_by_itself(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    note = desk.notes.write(nia, "Waits for a result", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="HIV")
    assert note.audience is Audience.CLINICIANS
    assert notes_of(desk, nia) == set()
    with pytest.raises(NotFound):
        desk.notes.get(note.id)
    desk = practice.sign_in("Dr Osei")
    assert notes_of(desk, nia) == {"Waits for a result"}


def test_naming_a_topic_to_clinicians_only_takes_its_notes_out_of_receptions_keys(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "Rent is late", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="money")
    assert notes_of(desk, nia) == {"Rent is late"}
    desk.topics.set(nia, "money", Permission.ASK_FIRST, name_for=Audience.CLINICIANS)
    assert notes_of(desk, nia) == set()
    assert desk.topics.of(nia) == ()
    desk = practice.sign_in("Dr Osei")
    assert notes_of(desk, nia) == {"Rent is late"}


def test_an_edited_note_keeps_its_history(ana: Desk) -> None:
    nia = add_nia(ana)
    note = ana.notes.write(nia, "Grows leaks", kind=NoteKind.HOBBY)
    ana.notes.edit(note.id, text="Grows leeks")
    assert texts(ana, nia) == {"Grows leeks"}
    assert [each.text for each in ana.notes.history(note.id)] == ["Grows leaks"]


def test_what_a_preference_is_about_is_said_afterwards_and_stays_until_it_is_said_anew(ana: Desk) -> None:
    note = ana.notes.write(add_nia(ana), "Likes a joke", kind=NoteKind.PREFERENCE)
    assert ana.notes.edit(note.id, about=PreferenceArea.HUMOUR).preference_area is PreferenceArea.HUMOUR
    assert ana.notes.edit(note.id, text="Likes a dry joke").preference_area is PreferenceArea.HUMOUR
    assert ana.notes.edit(note.id, about="").preference_area is None


def test_everything_done_to_notes_can_be_taken_back_in_turn(ana: Desk) -> None:
    nia = add_nia(ana)
    note = ana.notes.write(nia, "Grows leaks", kind=NoteKind.HOBBY)
    ana.notes.edit(note.id, text="Grows leeks")
    ana.notes.retire(note.id)
    assert texts(ana, nia) == set()
    ana.notes.undo()
    assert texts(ana, nia) == {"Grows leeks"}
    ana.notes.undo()
    assert texts(ana, nia) == {"Grows leaks"}
    ana.notes.undo()
    assert notes_of(ana, nia) == set()


def test_a_note_on_the_wrong_person_moves_and_leaves_nothing(ana: Desk) -> None:
    nia = add_nia(ana)
    other = ana.people.add(Patient(id=PatientId(""), name="Nia Pritchard"))
    note = ana.notes.write(nia, "Pub quiz on Tuesdays", kind=NoteKind.HOBBY)
    with pytest.raises(ConsentNeeded):
        ana.notes.move(note.id, other.id)
    assert texts(ana, nia) == {"Pub quiz on Tuesdays"}
    ana.consents.agree(other.id)
    ana.notes.move(note.id, other.id)
    assert texts(ana, nia) == set()
    assert notes_of(ana, nia) == set()
    assert texts(ana, other.id) == {"Pub quiz on Tuesdays"}
    ana.notes.undo()
    assert texts(ana, nia) == {"Pub quiz on Tuesdays"}


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 20_001, "half a \ud800 character"])
def test_what_cannot_be_kept_is_refused_with_a_sentence(ana: Desk, text: str) -> None:
    nia = add_nia(ana)
    with pytest.raises(BadInput):
        ana.notes.write(nia, text, kind=NoteKind.HOBBY)
    assert notes_of(ana, nia) == set()


@pytest.mark.parametrize("text", ["<b>#\x07\x00</b>", "עברית עם English", "👩‍👩‍👧 family", "x" * 20_000, "a\u202eb"])
def test_odd_text_is_kept_faithfully(ana: Desk, text: str) -> None:
    nia = add_nia(ana)
    note = ana.notes.write(nia, text, kind=NoteKind.HOBBY)
    assert ana.notes.get(note.id).text == text


def test_withdrawing_hides_at_once_and_giving_again_brings_back(ana: Desk) -> None:
    from rapportdesk.model.consent import ConsentStatus, Covers

    nia = add_nia(ana)
    ana.notes.write(nia, "Sings alto in the choir", kind=NoteKind.HOBBY)
    assert [hit.id for hit in ana.search("alto").hits] == [nia]
    ana.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert texts(ana, nia) == set()
    assert ana.search("alto").hits == ()
    ana.consents.agree(nia)
    assert texts(ana, nia) == {"Sings alto in the choir"}


def test_a_life_event_is_told_on_its_day_when_they_come(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.today.add_appointment(nia, MORNING, practitioner="Dr Osei")
    words = MORNING.strftime("%d %B").lstrip("0")
    note = desk.notes.write(nia, f"Wedding, {words} 1980", kind=NoteKind.LIFE_EVENT)
    assert (note.occurs_on, note.recurs_yearly) == (MORNING.date().replace(year=1980), True)
    assert "Wedding" in desk.today.day().rows[0].detail
    edited = desk.notes.edit(note.id, text="Wedding long ago")
    assert (edited.occurs_on, edited.recurs_yearly) == (None, False)
    assert "Wedding" not in desk.today.day().rows[0].detail
    desk.notes.undo()
    assert "Wedding" in desk.today.day().rows[0].detail
