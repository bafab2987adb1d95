"""The card by keyboard: its lines, what can be done with them, and never another person's answer."""

import dataclasses
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget

from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import Block, BlockKey
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, SHIFT, Key, focused, press, type_in
from tests.ui.people import line
from ui.card.card_view import SHOWN_LINES
from ui.card.history import HistoryDialog
from ui.card.move import MoveDialog
from ui.widgets.controls import Button, Label
from ui.widgets.line_button import LineButton
from ui.widgets.running import Running


def read_out(widget: QWidget) -> str:
    return " | ".join(label.accessibleName() for label in widget.findChildren(Running))


def test_whose_card_it_is_stands_first(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    said = read_out(counter.card.header)

    assert "Nia" in said
    assert "say NEE-ah PRUTH-erkh" in said.replace("\u00a0", " ")
    assert "14 March 1958" in said.replace("\u00a0", " ")
    assert "✓ agreed to notes" in said.replace("\u00a0", " ")
    assert "no voicemail" in said.replace("\u00a0", " ")


def test_a_near_namesake_is_warned_of_with_the_birth_date_and_the_way_there(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    assert "Nia Pritchard" in read_out(counter.card.namesakes)
    assert "14 March 1985" in read_out(counter.card.namesakes)

    there = counter.card.namesakes.findChild(Button)
    assert there is not None
    there.click()
    counter.settle()

    assert counter.card.patient_id == counter.find("Nia Pritchard")


def test_somebody_without_a_namesake_has_no_strip(counter: Counter) -> None:
    counter.open("Li Wei")

    assert counter.card.namesakes.isHidden()


def test_whoever_is_coming_comes_though_everything_is_asked_again_meanwhile(counter: Counter) -> None:
    nia, wei = counter.open("Nia Prydderch"), counter.find("Li Wei")
    work, gate = counter.shell.tools.work, Event()
    work.submit(work, gate.wait)
    counter.shell.open_person(wei, "card")
    counter.shell.refresh()  # something was brought in, or kept, just now
    assert counter.card.patient_id == nia, "the control: nobody else has come yet"
    gate.set()
    counter.settle()
    assert counter.card.patient_id == counter.shell.person == wei


def test_arrows_go_from_the_quick_line_through_the_lines(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    press(Key.Key_Up)
    last = focused()
    press(Key.Key_Up)
    before = focused()
    press(Key.Key_Down)

    assert last is counter.card.blocks.lines[-1]
    assert before is counter.card.blocks.lines[-2]
    assert focused() is last


def test_standing_on_a_line_says_who_said_it(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    counter.stand_on("Sings alto")

    assert not counter.card.bar.isHidden()
    labels = [label.accessibleName() for label in counter.card.bar.findChildren(QWidget)]
    assert any("Ben Morgan" in words and "noted by staff" in words for words in labels)
    counter.card.quick.field.setFocus()
    assert counter.card.bar.isHidden()


def test_three_lines_a_block_and_then_how_many_more(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    lines = tuple(line(f"Hobby number {at}", NoteKind.HOBBY) for at in range(SHOWN_LINES + 4))
    card = counter.card.card
    assert card is not None
    block = Block(key=BlockKey.HOBBIES, label="Hobbies", lines=lines)
    counter.card.blocks.show_card(dataclasses.replace(card, blocks=(block,)), anew=True)
    assert [button.line.text for button in counter.card.blocks.lines] == [each.text for each in lines[:SHOWN_LINES]]

    more = next(button for button in counter.card.blocks.findChildren(Button) if button.text() == "4 more")
    more.click()

    assert [button.line.text for button in counter.card.blocks.lines] == [each.text for each in lines]
    assert focused() is counter.card.blocks.lines[SHOWN_LINES]


def test_an_empty_card_has_no_boxes_and_one_sentence(counter: Counter) -> None:
    counter.add()

    assert counter.card.blocks.isHidden()
    assert counter.card.blocks.lines == ()
    assert not counter.card.to_ask.isHidden()


def test_still_true_is_remembered_and_undone(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    counter.stand_on("Sheepdog")
    press(Key.Key_K, CTRL | SHIFT)
    counter.settle()
    note = next(each for each in counter.notes(nia) if "Sheepdog" in each.text)
    assert note.last_confirmed_on is not None

    counter.shell.run("undo")

    note = next(each for each in counter.notes(nia) if "Sheepdog" in each.text)
    assert note.last_confirmed_on is None


def test_put_away_leaves_the_card_and_comes_back_by_undo(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    counter.stand_on("Sings alto")
    press(Key.Key_R, CTRL | SHIFT)
    counter.settle()
    assert "Sings alto in Côr y Cwm" not in counter.texts(nia)

    counter.shell.run("undo")

    assert "Sings alto in Côr y Cwm" in counter.texts(nia)


def test_a_line_stood_on_is_stood_on_again_after_a_refresh(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    counter.stand_on("Sings alto")
    counter.card.refresh()
    counter.settle()

    now = focused()
    assert isinstance(now, LineButton)
    assert "Sings alto" in now.line.text


def test_a_promise_on_the_card_can_be_ticked(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    counter.stand_on("results letter")
    press(Key.Key_D, CTRL | SHIFT)

    assert not [each for each in counter.lines(nia) if each.task is not None]


def test_without_a_line_the_verbs_say_what_to_do(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    press(Key.Key_R, CTRL | SHIFT)

    assert "Choose a line" in counter.said


def test_the_wrong_persons_note_is_moved_and_leaves_nothing_behind(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    tomasz = counter.find("Tomasz Wójcik")
    counter.stand_on("Sings alto")
    press(Key.Key_W, CTRL | SHIFT)
    dialog = counter.shell.window().findChild(MoveDialog)
    assert dialog is not None
    type_in("wojcik", on=dialog.field)
    counter.settle()
    press(Key.Key_Return, on=dialog.field)
    counter.settle()
    assert "Sings alto in Côr y Cwm" in counter.texts(nia), "nothing moves before it is confirmed"
    dialog.confirm()
    counter.settle()

    assert "Sings alto in Côr y Cwm" in counter.texts(tomasz)
    assert "Sings alto in Côr y Cwm" not in counter.texts(nia)
    assert "Tomasz Wójcik" in counter.said


def test_a_near_namesake_is_not_chosen_for_a_move_by_enter(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    counter.stand_on("Sings alto")
    press(Key.Key_W, CTRL | SHIFT)
    dialog = counter.shell.window().findChild(MoveDialog)
    assert dialog is not None
    type_in("nia pritchard", on=dialog.field)
    counter.settle()
    press(Key.Key_Return, on=dialog.field)
    dialog.confirm()
    counter.settle()

    assert "Sings alto in Côr y Cwm" in counter.texts(nia)


def test_history_shows_every_version(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    note = next(each for each in counter.notes(nia) if "Sings alto" in each.text)
    counter.desk.notes.edit(note.id, text="Sings alto, and now also tenor")
    counter.card.refresh()
    counter.settle()
    counter.stand_on("tenor")
    press(Key.Key_H, CTRL)
    counter.settle()

    dialog = counter.shell.window().findChild(HistoryDialog)
    assert dialog is not None
    said = [label.accessibleName() for label in dialog.findChildren(QWidget)]
    assert "Sings alto, and now also tenor" in said
    assert "Sings alto in Côr y Cwm" in said
    dialog.reject()


def test_an_answer_for_somebody_else_is_dropped(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    card = counter.shown(nia)
    tomasz = counter.open("Tomasz Wójcik")

    counter.card.show_refreshed(card)

    assert counter.card.patient_id == tomasz
    assert "Tomasz" in read_out(counter.card.header)


@pytest.mark.parametrize(("narrow", "columns"), [(True, 1), (False, 2)])
def test_the_same_lines_stand_in_one_column_or_two(counter: Counter, narrow: bool, columns: int) -> None:
    counter.open("Nia Prydderch")
    before = [button.line for button in counter.card.blocks.lines]
    counter.card.set_narrow(narrow)
    counter.settle()

    assert [button.line for button in counter.card.blocks.lines] == before
    lefts = {button.mapTo(counter.card, button.rect().topLeft()).x() for button in counter.card.blocks.lines}
    assert len(lefts) == columns


def test_of_somebody_who_has_died_the_card_says_what_holds_and_asks_nothing(counter: Counter) -> None:
    counter.open("Gareth Bevan")
    told = " ".join(label.text() for label in counter.card.findChildren(Label) if label.isVisible())
    assert "has died. Nobody is told to greet, ring or write to them." in told
    assert "would they like" not in counter.card.quick.field.placeholderText()
    counter.open("Nia Prydderch")
    told = " ".join(label.text() for label in counter.card.findChildren(Label) if label.isVisible())
    assert "has died" not in told
    assert "would they like" in counter.card.quick.field.placeholderText()
