"""No page takes room while another one is seen."""

import pytest
from PySide6.QtWidgets import QLabel, QStackedWidget
from pytestqt.qtbot import QtBot

from ui.widgets.pages import Pages


def _wider(pages: QStackedWidget, qtbot: QtBot) -> bool:
    """Return whether a stack asks for more room when its wide page comes on top."""
    qtbot.addWidget(pages)
    pages.addWidget(QLabel("Nia"))
    pages.addWidget(QLabel("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"))
    narrow = pages.minimumSizeHint().width()
    pages.setCurrentIndex(1)
    return pages.minimumSizeHint().width() > 2 * narrow


@pytest.mark.parametrize(("stack", "wider"), [(Pages, True), (QStackedWidget, False)])
def test_a_page_that_is_not_seen_asks_for_no_room(stack: type[QStackedWidget], wider: bool, qtbot: QtBot) -> None:
    assert _wider(stack(), qtbot) is wider, "the second is the control: Qt's own asks for all"
