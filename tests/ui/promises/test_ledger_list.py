"""The ledger has one bar to scroll by, and the row that the keyboard stands on is always in sight."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rapportdesk.model.shown import Ledger
from ui.frame.shell import Shell
from ui.promises.ledger import LedgerDialog
from ui.rows import RowRole
from ui.work import Work

MANY = 60


def open_ledger(shell: Shell, settle: Callable[[Work], None], qtbot: QtBot) -> LedgerDialog:
    """Open the ledger with many more promises than the invented clinic has."""
    dialog = LedgerDialog(shell.tools, shell.window())
    dialog.open()
    settle(shell.tools.work)
    one = dialog._ledger.rows[0]
    rows = tuple(replace(one, task=replace(one.task, text=f"Letter {at}")) for at in range(MANY))
    dialog.show_ledger(replace(dialog._ledger, rows=rows))
    qtbot.waitUntil(lambda: dialog._scroll.verticalScrollBar().maximum() > 0)
    return dialog


def test_all_of_it_stands_in_what_scrolls(shell: Shell, settle: Callable[[Work], None], qtbot: QtBot) -> None:
    dialog = open_ledger(shell, settle, qtbot)
    assert dialog.list.verticalScrollBar().maximum() == 0
    assert dialog.list.height() >= dialog.list.content_height()
    dialog.show_ledger(Ledger(rows=()))
    assert dialog.list.isHidden()
    dialog.close()


def test_the_row_that_is_stood_on_is_seen(shell: Shell, settle: Callable[[Work], None], qtbot: QtBot) -> None:
    dialog = open_ledger(shell, settle, qtbot)
    dialog.list.setFocus(Qt.FocusReason.OtherFocusReason)
    for key, row in ((Qt.Key.Key_End, MANY - 1), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(dialog.list, key)
        assert dialog.list.currentIndex().row() == row

        def seen() -> bool:
            place = dialog.list.visualRect(dialog.list.currentIndex())
            corner = dialog.list.viewport().mapTo(dialog._scroll.viewport(), QPoint(0, place.top()))
            return 0 <= corner.y() <= dialog._scroll.viewport().height() - place.height()

        qtbot.waitUntil(seen)
    dialog.close()


def test_the_ring_around_the_chosen_one_touches_no_words(
    shell: Shell, settle: Callable[[Work], None], qtbot: QtBot
) -> None:
    dialog = open_ledger(shell, settle, qtbot)
    chosen, delegate = dialog.list.currentIndex(), dialog.list.delegate
    words = sum(block.height for block in delegate._blocks(chosen.data(RowRole.ROW)))
    around = 1 + 1 + 2  # the ground's own edge, then the ring within it
    assert dialog.list.visualRect(chosen).height() - words >= 2 * around
    dialog.close()
