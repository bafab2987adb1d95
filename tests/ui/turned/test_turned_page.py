"""Turned to the patient, the window holds nothing but them, and only somebody with a secret gets back."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.counter import Counter
from tests.ui.keys import CTRL, PLAIN, SHIFT, Key, press
from ui.frame.shell import Shell
from ui.start.application import Application
from ui.turned.turned_page import TurnedPage


def words(application: Application) -> str:
    """Return everything that can be read now."""
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    labels = [label for top in tops for label in top.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text() for label in labels)


@pytest.fixture
def turned(application: Application, counter: Counter) -> TurnedPage:
    counter.open("Nia Prydderch")
    press(Key.Key_F6)
    counter.settle()
    page = application.window.findChild(TurnedPage)
    assert page is not None
    return page


def test_only_the_patient_is_on_the_screen(turned: TurnedPage, application: Application, counter: Counter) -> None:
    said = words(application)
    assert "I want to be told straight" in said
    assert "Nia Prydderch" in said
    others = [row.name for row in counter.desk.today.day().rows if "Nia" not in row.name]
    assert others, "the control: somebody else comes today"
    assert not any(name in said for name in others)
    for hidden in ("Ana Ruiz", "Gwen", "Huw", "voicemail", "Pritchard", "results letter"):
        assert hidden not in said


def test_no_key_leads_back_without_the_secret(
    turned: TurnedPage, application: Application, counter: Counter, enter_as: Callable[[str], Shell]
) -> None:
    before = words(application)
    for key, modifiers in (
        (Key.Key_K, CTRL), (Key.Key_T, CTRL), (Key.Key_F1, PLAIN), (Key.Key_F8, PLAIN), (Key.Key_E, CTRL),
        (Key.Key_T, CTRL | SHIFT), (Key.Key_P, CTRL), (Key.Key_J, CTRL), (Key.Key_Return, PLAIN),
        (Key.Key_Space, PLAIN), (Key.Key_PageDown, PLAIN),
    ):  # fmt: skip
        press(key, modifiers, on=application.window.pages.currentWidget())
        counter.settle()
        assert application.window.pages.currentWidget() is turned
        assert words(application) == before
    press(Key.Key_Escape, on=turned)
    counter.settled(application.work)
    assert application.shell is None
    assert application.sign_in is not None
    assert application.sign_in.isVisible()
    assert "told straight" not in words(application)
    shell = enter_as("Ana Ruiz")
    assert shell.person is not None, "back where she was"


def test_f9_covers_it_and_brings_back_no_more_than_it(
    turned: TurnedPage, application: Application, counter: Counter
) -> None:
    before = words(application)
    press(Key.Key_F9, on=turned)
    assert "Nia" not in words(application)
    press(Key.Key_F9, on=application.window)
    assert words(application) == before
    assert application.window.pages.currentWidget() is turned


def test_it_is_recorded_as_the_patients_own_request(turned: TurnedPage, counter: Counter) -> None:
    nia = counter.find("Nia Prydderch")
    assert any(event.purpose == "PATRQT" for event in counter.desk.audit.of(nia))


def test_with_nobody_open_it_says_whom_to_choose(application: Application, counter: Counter) -> None:
    counter.shell.run("turn")
    counter.settle()
    assert application.window.findChild(TurnedPage) is None
    assert "Nobody is open" in counter.said
