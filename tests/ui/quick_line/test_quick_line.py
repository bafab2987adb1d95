"""The quick line by keyboard: saved as typed, never twice, never lost."""

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, Qt

from rapportdesk.model.note import Audience, NoteKind
from tests.ui.counter import Counter, hold
from tests.ui.keys import ALT, CTRL, SHIFT, Key, focused, press, type_in
from ui.quick_line.quick_line import SEALED_EVERY_MS
from ui.widgets.note_field import LONGEST
from ui.widgets.running import Running


def test_opening_a_card_puts_the_caret_into_its_quick_line(counter: Counter) -> None:
    counter.open("Nia Prydderch")

    assert focused() is counter.card.quick.field


def test_plain_text_saves_as_typed_with_enter(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("The leeks took second prize & <b>more</b>")
    press(Key.Key_Return)

    assert "The leeks took second prize & <b>more</b>" in counter.texts(nia)
    assert counter.card.quick.field.text == ""
    assert counter.said == "Saved for \u2068Nia\u2069."
    assert focused() is counter.card.quick.field


def test_a_held_enter_saves_nothing(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("Held")
    hold(Key.Key_Return)
    counter.settle()
    assert "Held" not in counter.texts(nia)

    press(Key.Key_Return)

    assert counter.texts(nia).count("Held") == 1, "the control: a pressed Enter saves, once"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (Key.Key_1, NoteKind.PLEASE_DO),
        (Key.Key_2, NoteKind.PLEASE_DONT),
        (Key.Key_3, NoteKind.HOBBY),
        (Key.Key_4, NoteKind.PREFERENCE),
        (Key.Key_5, NoteKind.PEOPLE_IMPORTANT_TO_ME),
        (Key.Key_6, NoteKind.IMPORTANT_TO_ME),
    ],
)
def test_alt_and_a_number_choose_the_kind(counter: Counter, key: Qt.Key, kind: NoteKind) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("Chosen by hand")
    press(key, ALT)
    press(Key.Key_Return)

    assert next(note for note in counter.notes(nia) if note.text == "Chosen by hand").kind is kind


def test_a_leading_mark_makes_a_please_dont_and_quotation_marks_make_the_words_theirs(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("! Don't rush her")
    press(Key.Key_Return)
    counter.settle()
    type_in('"I like rain"')
    press(Key.Key_Return)

    notes = {note.text: note for note in counter.notes(nia)}
    assert notes["Don't rush her"].kind is NoteKind.PLEASE_DONT
    assert notes["I like rain"].quote
    assert not notes["Don't rush her"].quote


def test_a_date_makes_a_promise_only_after_the_word(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("promise: ring her daughter by 27 November 2026")
    press(Key.Key_Return)
    counter.settle()
    type_in("Her birthday is 27 November 2026")
    press(Key.Key_Return)

    counter.settle()
    tasks = [line.task for line in counter.lines(nia) if line.task is not None]
    assert [task.due for task in tasks if "ring" in task.text] == [dt.date(2026, 11, 27)]
    assert "Her birthday is 27 November 2026" in counter.texts(nia)


def test_alt_7_keeps_a_note_from_reception(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("For the doctor")
    press(Key.Key_7, ALT)
    press(Key.Key_Return)

    counter.settle()
    assert "For the doctor" not in counter.texts(nia)
    assert counter.said.startswith("Saved"), "the control: it was kept all the same"
    assert counter.card.quick.typed.audience is Audience.EVERYONE, "the next note is for everyone again"


def test_what_is_typed_waits_for_its_own_patient(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("Half a sente")
    press(Key.Key_3, ALT)
    counter.open("Tomasz Wójcik")
    assert counter.card.quick.field.text == ""

    counter.shell.open_person(nia, "card")
    counter.settle()

    assert counter.card.quick.field.text == "Half a sente"
    assert counter.card.quick.typed.kind is NoteKind.HOBBY


def test_a_draft_is_sealed_every_two_seconds_while_typing(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("Half a sente")
    assert counter.draft(nia) == ""

    counter.qtbot.waitUntil(lambda: counter.draft(nia) != "", timeout=SEALED_EVERY_MS * 4)

    assert counter.draft(nia) == "Half a sente"


def test_a_lock_takes_nothing_that_was_typed(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("Half a sente")
    counter.shell.hand_in()
    counter.settle()

    assert counter.draft(nia) == "Half a sente"


def test_saving_lets_the_draft_go(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("Whole")
    counter.shell.hand_in()
    press(Key.Key_Return)
    counter.settle()

    assert counter.draft(nia) == ""


def test_an_error_leaves_every_letter_where_it_was(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("Not lost")

    def burn(*_given: object, **_named: object) -> None:
        raise OSError("the disk is on fire")

    monkeypatch.setattr(counter.desk.notes, "write_line", burn)
    press(Key.Key_Return)
    counter.settle()

    assert counter.card.quick.field.text == "Not lost"
    assert "fire" not in counter.said
    assert isinstance(bugs.pop(), OSError)
    assert counter.draft(nia) == "Not lost"


def test_what_is_typed_while_saving_stays(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("First")
    press(Key.Key_Return)
    type_in(" and second")
    counter.settle()

    assert "First" in counter.texts(nia)
    assert counter.card.quick.field.text == " and second"


def test_undo_takes_the_note_back(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("A slip of the pen")
    press(Key.Key_Return)
    assert "A slip of the pen" in counter.texts(nia)

    counter.shell.run("undo")

    assert "A slip of the pen" not in counter.texts(nia)


def pasted(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def test_pasted_lines_stay_lines(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    counter.card.quick.field.insertFromMimeData(pasted("One\nTwo\nThree"))
    press(Key.Key_Return)

    assert "One\nTwo\nThree" in counter.texts(nia)


def test_a_paste_that_is_too_long_is_refused_whole_with_a_sentence(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    type_in("Before ")
    counter.card.quick.field.insertFromMimeData(pasted("x" * (1 << 20)))

    assert counter.card.quick.field.text == "Before "
    assert "Nothing was pasted" in counter.said
    counter.card.quick.field.insertFromMimeData(pasted("y" * (LONGEST - 7)))
    assert len(counter.card.quick.field.text) == LONGEST, "the control: what fits is pasted"


def test_shift_enter_begins_a_line_and_tab_leaves(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    type_in("One")
    press(Key.Key_Return, SHIFT)
    type_in("Two")
    press(Key.Key_Tab)

    assert counter.card.quick.field.text == "One\nTwo"
    assert focused() is not counter.card.quick.field


def test_it_says_for_whom_and_as_whom(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    said = counter.card.quick.findChild(Running)

    assert said is not None
    assert said.accessibleName() == "Note for \u2068Nia Prydderch\u2069, 14 Mar 1958 · as \u2068Ana\u2069"


def test_ctrl_z_takes_back_letters_first_and_then_the_note(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    type_in("A slip of the pen")
    press(Key.Key_Return)
    counter.settle()
    type_in("x")
    press(Key.Key_Z, CTRL)
    assert counter.card.quick.field.text == ""
    assert "A slip of the pen" in counter.texts(nia)

    press(Key.Key_Z, CTRL)

    assert "A slip of the pen" not in counter.texts(nia)
