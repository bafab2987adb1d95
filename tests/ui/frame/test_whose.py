"""Whatever is asked about somebody says about whom: the tired and the hurried answer for whom they read, not guess."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from tests.ui.conftest import EnterAs
from ui.frame.shell import Shell
from ui.widgets.controls import Label
from ui.work import Work

ABOUT_SOMEBODY = ("company", "topic", "questions", "emergency", "who-looked", "person.edit")


@pytest.fixture
def osei(enter_as: EnterAs, settle: Callable[[Work], None]) -> Shell:
    shell = enter_as("Dr Osei")
    settle(shell.tools.work)
    return shell


@pytest.mark.parametrize("name", ["Nia Prydderch", "Nia Pritchard"])
@pytest.mark.parametrize("command", ABOUT_SOMEBODY)
def test_a_dialog_about_somebody_says_who_it_is(
    osei: Shell, settle: Callable[[Work], None], command: str, name: str
) -> None:
    desk = osei.tools.desk
    osei.open_person(next(hit.id for hit in desk.search(name).hits if hit.name == name), "card")
    settle(osei.tools.work)
    osei.run(command)
    for _round in range(3):
        settle(osei.tools.work)
        QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    labels = [label.text() for label in dialog.findChildren(Label) if label.isVisibleTo(dialog)]
    fields = [field.text() for field in dialog.findChildren(QLineEdit)]
    read = " | ".join((*labels, *fields))
    assert name in read
    assert "Nia Pr" not in read.replace(name, "")
    assert "1958" in read if name == "Nia Prydderch" else "1985" in read
    dialog.close()
