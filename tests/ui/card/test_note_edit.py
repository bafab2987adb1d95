"""Changing a note at the foot of the card, by keyboard."""

import pytest

from rapportdesk.model.note import NoteKind, PreferenceArea
from tests.ui.counter import Counter, hold
from tests.ui.keys import Key, focused, press, type_in

SUNG = "Sings alto in Côr y Cwm"


@pytest.fixture
def editing(counter: Counter) -> Counter:
    """Nia's choir is being changed."""
    counter.open("Nia Prydderch")
    counter.stand_on(SUNG)
    press(Key.Key_F2)
    return counter


def test_f2_puts_the_note_into_a_field(editing: Counter) -> None:
    assert focused() is editing.card.edit.field
    assert editing.card.edit.field.text == SUNG
    assert editing.card.quick.isHidden()


def test_enter_keeps_the_change_and_undo_takes_it_back(editing: Counter) -> None:
    nia = editing.find("Nia Prydderch")
    type_in(" on Mondays")
    press(Key.Key_Return)
    assert f"{SUNG} on Mondays" in editing.texts(nia)
    assert SUNG not in editing.texts(nia)
    assert focused() is editing.card.quick.field

    editing.shell.run("undo")

    assert SUNG in editing.texts(nia)


def test_a_held_enter_keeps_nothing(editing: Counter) -> None:
    nia = editing.find("Nia Prydderch")
    type_in(" on Mondays")
    hold(Key.Key_Return)

    assert SUNG in editing.texts(nia)


def test_esc_leaves_the_note_as_it_was_and_what_was_typed_can_be_had_back(editing: Counter) -> None:
    nia = editing.find("Nia Prydderch")
    type_in(" on Mondays")
    press(Key.Key_Escape)
    assert SUNG in editing.texts(nia)
    assert focused() is editing.card.quick.field

    editing.shell.tools.messages._undo_button.click()  # the button is the bar's own

    assert editing.card.edit.field.text == f"{SUNG} on Mondays"


def test_what_is_typed_here_is_sealed_with_the_draft(editing: Counter) -> None:
    nia = editing.find("Nia Prydderch")
    type_in(" on Mondays")
    editing.shell.hand_in()

    assert editing.draft(nia) == f"{SUNG} on Mondays"


def test_an_empty_note_is_refused_and_stays_open(editing: Counter) -> None:
    nia = editing.find("Nia Prydderch")
    editing.card.edit.field.replace("")
    press(Key.Key_Return)
    editing.settle()

    assert SUNG in editing.texts(nia)
    assert not editing.card.edit.isHidden()
    assert "empty" in editing.said


def test_what_a_preference_is_about_is_chosen_beside_its_kind_and_of_no_other(editing: Counter) -> None:
    nia, edit = editing.find("Nia Prydderch"), editing.card.edit
    assert edit.about.isHidden()
    edit._kind.setCurrentIndex(edit._kind.findData(NoteKind.PREFERENCE))
    assert not edit.about.isHidden()
    edit.about.setCurrentIndex(edit.about.findData(PreferenceArea.GREETING))
    edit.save()
    editing.settle()
    notes = editing.shell.tools.desk.session().known(nia).notes
    assert next(each for each in notes if each.text == SUNG).preference_area is PreferenceArea.GREETING
