"""A shell and its card come about in pieces; none is long, and a lock between any two of them leaves nothing behind."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECRET, WAIT_MS
from ui.card.card import CardScreen
from ui.card.note_edit import NoteEdit
from ui.frame.shell import Shell
from ui.frame.top_bar import TopBar
from ui.messages import Messages
from ui.pieces import InPieces
from ui.start.application import Application
from ui.today.promised import Promised
from ui.today.today import TodayScreen
from ui.work import Work

Settle = Callable[[Work], None]

OF_A_SIGN_IN = (Messages, Shell, Promised, TodayScreen, TopBar, CardScreen, NoteEdit)
MOST_AT_ONCE = 60
"""Widgets of one piece, Qt's own inside them among them; the card alone has twice as many."""


def of_a_sign_in() -> list[QWidget]:
    """Return what there is of somebody's shell."""
    return [widget for widget in QApplication.allWidgets() if isinstance(widget, OF_A_SIGN_IN)]


def _sign_in(application: Application, name: str) -> None:
    page = application.sign_in
    assert page is not None
    page.wanted.emit(next(each.id for each in application.people if each.name == name), SECRET)


@pytest.fixture
def each_piece(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What is called after each piece; fill it."""
    called: list[Callable[[], object]] = []
    make_piece = InPieces.make_piece

    def and_call(self: InPieces[object]) -> bool:
        is_whole = bool(self._made)
        left = make_piece(self)
        for each in called:
            if not is_whole:
                each()
        return left

    monkeypatch.setattr(InPieces, "make_piece", and_call)
    return called


@pytest.mark.parametrize("pieces", [1, 3, 6, 8, 12, 18, 24])
def test_a_lock_between_two_pieces_lets_go_of_all_of_them(
    application: Application, qtbot: QtBot, settle: Settle, each_piece: list[Callable[[], object]], pieces: int
) -> None:
    made: list[int] = []

    def then_lock() -> None:
        made.append(len(of_a_sign_in()))
        if len(made) == pieces:
            application.work.between(application, application.lock)  # before the next piece is begun

    each_piece.append(then_lock)
    with qtbot.waitSignal(application.locked, timeout=WAIT_MS):
        _sign_in(application, "Ana Ruiz")
    settle(application.work)
    assert len(made) == pieces, "no more is made once the desk has locked"
    assert made[-1] > 0, "the control: something had been made"
    qtbot.waitUntil(lambda: of_a_sign_in() == [], timeout=WAIT_MS)
    assert (application.shell, application._making) == (None, None)
    assert application.sign_in is not None


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei"])
def test_no_piece_makes_many_widgets(
    application: Application, qtbot: QtBot, settle: Settle, each_piece: list[Callable[[], object]], name: str
) -> None:
    known = set(map(id, QApplication.allWidgets()))
    counts: list[int] = []

    def count() -> None:
        there = set(map(id, QApplication.allWidgets()))
        counts.append(len(there - known))
        known.update(there)

    each_piece.append(count)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        _sign_in(application, name)
    shell = application.shell
    assert shell is not None
    qtbot.waitUntil(lambda: len(shell.screens.panels.made) == len(shell.screens.panels), timeout=WAIT_MS)
    settle(application.work)
    assert max(counts) <= MOST_AT_ONCE
    assert sum(counts) > 3 * MOST_AT_ONCE, "the control: in one piece it would be far more"


def test_a_card_that_is_wanted_before_it_is_made_is_made_at_once_and_only_once(
    application: Application, qtbot: QtBot, settle: Settle, each_piece: list[Callable[[], object]]
) -> None:
    wanted: list[Shell] = []

    def open_somebody() -> None:
        shell = application.shell
        if shell is not None and not wanted and any(isinstance(each, CardScreen) for each in of_a_sign_in()):
            assert shell.screens.panels.made == (), "the control: it is not all there"
            wanted.append(shell)
            visit = shell.screens.today.list.entries[-1]  # type: ignore[attr-defined]  # Today, as every shell has it
            QTimer.singleShot(0, lambda: shell.open_person(visit.row.patient))

    each_piece.append(open_somebody)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        _sign_in(application, "Ana Ruiz")
    qtbot.waitUntil(lambda: bool(wanted), timeout=WAIT_MS)
    (shell,) = wanted
    qtbot.waitUntil(lambda: shell.person is not None, timeout=WAIT_MS)
    settle(application.work)
    cards = [each for each in of_a_sign_in() if isinstance(each, CardScreen)]
    assert shell.screens.panels.made == tuple(cards)
    (card,) = cards
    assert card.isVisible()
    assert card.patient_id == shell.person
    assert not card.header.isHidden()
