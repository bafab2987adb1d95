"""A common name's namesakes are named a few at a time, and it is always said how many there are."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.ui.people import hit
from ui.card.card_header import FIRST, MORE, Namesakes
from ui.theme import Theme
from ui.widgets.controls import Button
from ui.widgets.running import Running


@pytest.fixture
def empty_strip(theme: Theme, qtbot: QtBot) -> Namesakes:
    made = Namesakes(theme)
    qtbot.addWidget(made)
    return made


def strip(made: Namesakes, people: int) -> Namesakes:
    made.show_namesakes(tuple(hit(f"Nia {number}", number=str(number)) for number in range(people)))
    return made


def named(strip: Namesakes) -> int:
    said = [each.text() for each in strip.findChildren(Running) if each.text()]
    assert len(said) == len([each for each in strip.findChildren(Button) if "Go to" in each.accessibleName()])
    assert not [each for each in strip.findChildren(Running) if each.text() and each.isHidden()]
    return len(said)


def more(strip: Namesakes) -> Button | None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return next((each for each in strip.findChildren(Button) if "near this one" in each.text()), None)


def test_a_few_are_named_whole(empty_strip: Namesakes) -> None:
    few = strip(empty_strip, FIRST)
    assert named(few) == FIRST
    assert more(few) is None


def test_of_many_the_first_are_named_and_the_others_counted(empty_strip: Namesakes) -> None:
    many = strip(empty_strip, FIRST + 1)
    button = more(many)
    assert named(many) == FIRST
    assert button is not None
    assert button.text() == "1 more is near this one"


def test_each_press_names_some_more_and_the_keys_go_to_the_first_of_them(empty_strip: Namesakes) -> None:
    many = strip(empty_strip, FIRST + MORE + 5)
    many.show()
    many.activateWindow()
    QCoreApplication.processEvents()
    button = more(many)
    assert button is not None
    assert button.text() == f"{MORE + 5} more are near this one"
    button.click()
    QCoreApplication.processEvents()
    focus = many.focusWidget()
    assert isinstance(focus, Button)
    assert focus.accessibleName().startswith(f"Go to \u2068Nia {FIRST}\u2069")
    assert named(many) == FIRST + MORE
    last = more(many)
    assert last is not None
    assert last.text() == "5 more are near this one"
    last.click()
    assert named(many) == FIRST + MORE + 5
    assert more(many) is None


def test_who_asked_for_more_keeps_them_until_somebody_else_comes(empty_strip: Namesakes) -> None:
    many = strip(empty_strip, 30)
    button = more(many)
    assert button is not None
    button.click()
    many.show_namesakes(many._named)
    assert named(many) == FIRST + MORE
    many.show_namesakes(many._named[1:])
    assert named(many) == FIRST


def test_that_there_are_more_than_were_looked_for_is_said(empty_strip: Namesakes) -> None:
    button = more(strip(empty_strip, 51))
    assert button is not None
    assert button.text() == "47+ more are near this one"
    exact = more(strip(empty_strip, 50))
    assert exact is not None
    assert exact.text() == "47 more are near this one"
