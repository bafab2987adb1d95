"""A hint about the wording is quiet: it comes after a pause, takes no keys, stops nothing and can be taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.counter import Counter
from tests.ui.keys import ALT, CTRL, Key, focused, press, type_in
from ui.emergency.words_field import WordsField
from ui.topic.topic import TopicDialog
from ui.wording.wording_bar import PAUSE_MS, WordingBar

SUNG = "Sings alto in Côr y Cwm"


def pause(counter: Counter, bar: WordingBar) -> WordingBar:
    """Let the typist pause."""
    if bar._timer.isActive():  # a test does not wait for what a typist waits for
        counter.qtbot.waitUntil(lambda: not bar._timer.isActive(), timeout=10 * PAUSE_MS)
    counter.settle()
    return bar


@pytest.fixture
def at_nia(counter: Counter) -> Counter:
    """Nia's card stands open, the caret in its line."""
    counter.open("Nia Prydderch")
    return counter


def test_a_judging_word_is_pointed_out_after_a_pause_and_the_keys_stay(at_nia: Counter) -> None:
    quick = at_nia.card.quick
    type_in("She claims the bus was late")
    assert quick.wording.said == "", "nothing is said while somebody types"

    assert "claims" in pause(at_nia, quick.wording).said
    assert focused() is quick.field
    assert "says" in quick.wording.put.text()


def test_one_key_puts_the_alternative_in_and_undo_takes_it_back(at_nia: Counter) -> None:
    quick = at_nia.card.quick
    quick.field.insertPlainText("😀 ")  # more than a test's keyboard has
    type_in("claims she sings")
    pause(at_nia, quick.wording)
    press(Key.Key_8, ALT)

    assert quick.field.text == "😀 says she sings"
    assert quick.wording.said == ""
    type_in("!")
    assert quick.field.text == "😀 says she sings!", "the caret stayed where it was"
    press(Key.Key_Z, CTRL)
    press(Key.Key_Z, CTRL)
    assert quick.field.text == "😀 claims she sings"


def test_a_click_puts_it_in_too_and_leaves_the_keys_where_they_are(at_nia: Counter) -> None:
    quick = at_nia.card.quick
    type_in("Refuses tea")
    bar = pause(at_nia, quick.wording)
    QTest.mouseClick(bar.put, Qt.MouseButton.LeftButton)

    assert quick.field.text == "Declines tea"
    assert focused() is quick.field


def test_it_never_stops_a_note_from_being_saved(at_nia: Counter) -> None:
    nia = at_nia.find("Nia Prydderch")
    type_in("She claims the bus was late")
    pause(at_nia, at_nia.card.quick.wording)
    press(Key.Key_Return)

    assert "She claims the bus was late" in at_nia.texts(nia)
    assert at_nia.card.quick.wording.said == ""


def test_a_patients_own_words_are_left_alone(at_nia: Counter) -> None:
    bar = at_nia.card.quick.wording
    at_nia.card.quick.field.insertPlainText("“I refuse to be rushed”")
    assert pause(at_nia, bar).said == ""

    type_in(" refuses")
    assert "refuses" in pause(at_nia, bar).said, "the control: outside the marks it is pointed out"


def test_words_that_are_to_stay_are_not_pointed_out_again(at_nia: Counter) -> None:
    bar = at_nia.card.quick.wording
    type_in("claims and refuses")
    pause(at_nia, bar)
    bar.leave.click()
    assert "refuses" in pause(at_nia, bar).said
    type_in(" claims")
    assert "refuses" in pause(at_nia, bar).said

    at_nia.card.quick.field.replace("")
    type_in("claims")
    assert "claims" in pause(at_nia, bar).said, "the next note begins anew"


def test_what_is_clinical_has_nothing_to_put_in(at_nia: Counter) -> None:
    bar = at_nia.card.quick.wording
    type_in("takes 20 mg")
    assert "belongs in the record" in pause(at_nia, bar).said
    assert not bar.put.isVisible()
    press(Key.Key_8, ALT)
    assert at_nia.card.quick.field.text == "takes 20 mg"


def test_it_is_said_politely_and_once(at_nia: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, object]] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        said.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    bar = at_nia.card.quick.wording
    type_in("claims")
    pause(at_nia, bar)
    type_in(" so")
    pause(at_nia, bar)

    assert [politeness for _words, politeness in said] == [QAccessible.AnnouncementPoliteness.Polite]
    assert "claims" in said[0][0]
    assert "says" in said[0][0]


def test_a_note_that_is_changed_has_it_unless_the_words_are_theirs(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    counter.stand_on(SUNG)
    press(Key.Key_F2)
    edit = counter.card.edit
    type_in(" and claims")
    assert "claims" in pause(counter, edit.wording).said

    edit._quote.setChecked(True)
    assert pause(counter, edit.wording).said == ""


def test_what_is_written_to_a_patient_has_it(at_nia: Counter) -> None:
    words = WordsField(at_nia.shell.tools, "Words", at_nia.shell, to_patient=True)
    words.field.replace("You claimed that nobody rang")
    assert "claimed that" in pause(at_nia, words.findChildren(WordingBar)[0])._words.accessibleName()
    plain = WordsField(at_nia.shell.tools, "Words", at_nia.shell)
    assert plain.findChildren(WordingBar) == [], "the control: what is not for them has none"


def test_the_sentence_to_ask_with_has_it_and_a_field_of_one_line_can_be_undone(at_nia: Counter) -> None:
    at_nia.shell.run("topic")
    at_nia.settle()
    dialog = at_nia.shell.window().findChildren(TopicDialog)[-1]
    edit = dialog.asking.sentence.edit
    edit.setFocus()
    type_in("Why she refuses", on=edit)
    bar = next(each for each in dialog.asking.sentence.findChildren(WordingBar))
    pause(at_nia, bar)
    bar.put_in()

    assert edit.text() == "Why she declines"
    assert isinstance(edit, QLineEdit)
    edit.undo()
    assert edit.text() != "Why she declines"
    dialog.leave()
