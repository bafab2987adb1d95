"""Consent at the counter by keyboard: nothing is kept before an answer, and only a pressed letter answers."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from tests.ui.counter import Counter, hold
from tests.ui.keys import CTRL, SHIFT, Key, focused, press, type_in


@pytest.fixture
def asked(counter: Counter) -> tuple[Counter, PatientId]:
    """The first note of somebody who has not been asked, waiting for the answer."""
    patient = counter.add()
    type_in("Likes cricket")
    press(Key.Key_Return)
    counter.settle()
    return counter, patient


def test_saving_the_first_note_shows_the_sentence_to_say_and_takes_the_keys(asked: tuple[Counter, PatientId]) -> None:
    counter, patient = asked

    assert focused() is counter.card.consent.panel
    assert "may we write down" in counter.card.consent.panel.accessibleName()
    assert counter.texts(patient) == []
    assert counter.card.quick.field.text == "Likes cricket"


def test_y_keeps_the_note_and_records_both_answers(asked: tuple[Counter, PatientId]) -> None:
    counter, patient = asked
    press(Key.Key_Y)
    counter.settle()

    assert counter.texts(patient) == ["Likes cricket"]
    events = counter.desk.consents.of(patient)
    assert {event.covers for event in events} == {Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS}
    assert all(event.status is ConsentStatus.ACTIVE and event.words for event in events)
    assert focused() is counter.card.quick.field
    assert counter.card.quick.field.text == ""


def test_n_discards_the_text_and_is_not_asked_again_for_twelve_months(asked: tuple[Counter, PatientId]) -> None:
    counter, patient = asked
    press(Key.Key_N)
    counter.settle()

    assert counter.texts(patient) == []
    assert counter.draft(patient) == ""
    assert counter.card.quick.field.text == ""
    assert counter.desk.consents.keep(patient) is KeepConsent.REFUSED
    (event,) = counter.desk.consents.of(patient)
    assert event.ask_again_on == dt.date(2027, 11, 20)

    type_in("Likes cricket")
    press(Key.Key_Return)
    counter.settle()
    assert counter.card.consent.panel.isHidden()
    assert "said no to notes" in counter.said
    assert counter.card.quick.field.text == "Likes cricket"


def test_l_keeps_a_draft_that_only_its_author_sees(asked: tuple[Counter, PatientId]) -> None:
    counter, patient = asked
    press(Key.Key_L)
    counter.settle()

    assert counter.texts(patient) == []
    assert counter.card.quick.field.text == ""
    draft = counter.desk.drafts.of(patient)
    assert draft is not None
    assert (draft.text, draft.later) == ("Likes cricket", True)
    assert counter.desk.consents.of(patient) == ()
    counter.open("Nia Prydderch")
    counter.shell.open_person(patient, "card")
    counter.settle()
    assert counter.card.quick.field.text == "Likes cricket"


def test_g_records_who_decides_and_when_to_look_again(counter: Counter) -> None:
    patient = counter.add("Young Rhodri")
    mother = RelatedPerson(id="", name="Mair", relation="mother", authority=Authority.PARENTAL)
    counter.desk.people.update(replace(counter.desk.people.get(patient), people=(mother,)))
    counter.card.refresh()
    counter.settle()
    type_in("Likes cricket")
    press(Key.Key_Return)
    counter.settle()
    press(Key.Key_G)
    press(Key.Key_Tab)
    type_in("birth certificate")
    press(Key.Key_Tab)
    press(Key.Key_A, CTRL)
    type_in("1 March 2027")
    press(Key.Key_Tab)
    press(Key.Key_Space)
    counter.settle()

    events = counter.desk.consents.of(patient)
    mair = counter.desk.people.get(patient).people[0].id
    assert {event.given_by for event in events} == {mair}
    assert {event.ask_again_on for event in events} == {dt.date(2027, 3, 1)}
    assert {event.authority_proof for event in events} == {"birth certificate"}
    assert counter.card.quick.field.text == "Likes cricket", "saving it is the next step"


def test_g_without_anybody_on_the_card_says_so(asked: tuple[Counter, PatientId]) -> None:
    counter, patient = asked
    press(Key.Key_G)

    assert focused().accessibleName() == "Add the person"
    assert counter.desk.consents.of(patient) == ()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_enter_and_space_never_agree(asked: tuple[Counter, PatientId], key: Qt.Key) -> None:
    counter, patient = asked
    press(key)
    counter.settle()
    press(Key.Key_Tab)
    assert focused().accessibleName() == "Agreed"
    press(Key.Key_Return)
    counter.settle()

    assert counter.desk.consents.of(patient) == ()
    assert counter.texts(patient) == []
    assert not counter.card.consent.panel.isHidden()


@pytest.mark.parametrize(
    ("key", "letter"), [(Key.Key_Y, "y"), (Key.Key_N, "n"), (Key.Key_L, "l"), (Key.Key_Return, "\r")]
)
def test_a_held_key_records_nothing(asked: tuple[Counter, PatientId], key: Qt.Key, letter: str) -> None:
    counter, patient = asked
    hold(key, letter)
    counter.settle()

    assert counter.desk.consents.of(patient) == ()
    assert not counter.card.consent.panel.isHidden()
    press(Key.Key_Y)
    counter.settle()
    assert counter.desk.consents.of(patient) != (), "the control: a pressed key records"


def test_esc_goes_back_to_what_was_typed(asked: tuple[Counter, PatientId]) -> None:
    counter, patient = asked
    press(Key.Key_Escape)

    assert focused() is counter.card.quick.field
    assert counter.card.quick.field.text == "Likes cricket"
    assert counter.desk.consents.of(patient) == ()
    type_in(" a lot")
    assert counter.card.quick.field.text == "Likes cricket a lot"


def test_tab_stays_inside_until_there_is_an_answer(asked: tuple[Counter, PatientId]) -> None:
    counter, _patient = asked
    seen = set()
    for _step in range(9):
        press(Key.Key_Tab)
        seen.add(focused().accessibleName())
        assert counter.card.consent.panel.isAncestorOf(focused())
    for _step in range(9):
        press(Key.Key_Tab, SHIFT)
        assert counter.card.consent.panel.isAncestorOf(focused())

    assert seen == {"Agreed", "No", "Someone else decides", "Later"}


def test_a_please_dont_needs_no_question(counter: Counter) -> None:
    patient = counter.add()
    type_in("! Don't call him Dave")
    press(Key.Key_Return)
    counter.settle()

    assert counter.card.consent.panel.isHidden()
    assert counter.texts(patient) == ["Don't call him Dave"]


def test_another_persons_card_closes_the_question_and_keeps_the_text(asked: tuple[Counter, PatientId]) -> None:
    counter, patient = asked
    counter.open("Nia Prydderch")

    assert counter.card.consent.panel.isHidden()
    assert counter.card.quick.field.text == ""
    assert counter.draft(patient) == "Likes cricket"
    assert counter.desk.consents.of(patient) == ()
