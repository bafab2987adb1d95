"""Entering one's own interests by keyboard, reading them on a card, and taking them away by one press."""

from shiboken6 import isValid

from rapportdesk.model.common_ground import Interest
from tests.ui.counter import Counter
from tests.ui.keys import Key, focused, press, to_front, type_in
from ui.common_ground.interests import InterestsDialog

SINGING = Interest(words="singing", happy_to="concerts", rather_not="auditions")
TOLD = "too: singing, happily about concerts, not about auditions"


def opened(counter: Counter) -> InterestsDialog:
    counter.shell.run("interests")
    counter.settle()
    dialog = next(each for each in counter.shell.window().findChildren(InterestsDialog) if each.isVisible())
    to_front(dialog, counter.qtbot)
    return dialog


def test_they_are_typed_and_saved_by_keys_and_the_card_tells(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    dialog = opened(counter)
    assert focused() is dialog.interests.rows[0].words.edit
    assert not dialog.remove_button.isEnabled()
    for words in (SINGING.words, SINGING.happy_to, SINGING.rather_not):
        type_in(words)
        press(Key.Key_Tab)
    press(Key.Key_Return, on=dialog.save_button)
    counter.settle()

    assert counter.desk.common_ground.mine() == (SINGING,)
    assert any(TOLD in line.detail for line in counter.lines(nia))
    assert any(TOLD in each.line.detail for each in counter.card.blocks.lines), "the open card is told anew"


def test_one_press_removes_everything(counter: Counter) -> None:
    counter.settle()
    counter.desk.common_ground.keep((SINGING,))
    nia = counter.open("Nia Prydderch")
    dialog = opened(counter)
    assert dialog.interests.rows[0].interest == SINGING
    dialog.remove_button.click()
    counter.settle()

    assert counter.desk.common_ground.mine() == ()
    assert not any(TOLD in line.detail for line in counter.lines(nia))
    assert not isValid(dialog) or not dialog.isVisible()
