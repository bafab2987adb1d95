"""What is made in pieces is made whole or told as broken, whatever is pressed and let go of between two of them."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.pieces import POLISHED_AT_ONCE, InPieces, polished


class NotMade(Exception):
    """What a piece may come to."""


def three(made: list[int], *, breaks_at: int = 0) -> Generator[None, None, str]:
    for piece in (1, 2, 3):
        if piece == breaks_at:
            raise NotMade
        made.append(piece)
        yield
    return "whole"


def test_whoever_wants_it_gets_the_whole_and_each_piece_is_made_once() -> None:
    made: list[int] = []
    pieces = InPieces(three(made))
    assert pieces.make_piece()
    assert made == [1]
    assert (pieces.whole(), pieces.whole()) == ("whole", "whole")
    assert made == [1, 2, 3]
    assert not pieces.make_piece()


def test_of_what_broke_in_one_piece_nobody_is_given_half() -> None:
    made: list[int] = []
    pieces = InPieces(three(made, breaks_at=2))
    assert pieces.make_piece()
    for ask in (pieces.make_piece, pieces.whole, pieces.whole):
        with pytest.raises(NotMade):
            ask()
    assert made == [1]


def test_what_is_let_go_of_between_two_pieces_is_passed_over(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    inside = [QWidget(whole) for _ in range(3 * POLISHED_AT_ONCE)]
    steps = polished(whole)
    next(steps)
    gone = inside[-2]
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    assert not isValid(gone)
    assert len(list(steps)) == len(inside) // POLISHED_AT_ONCE - 1
    assert inside[-1].testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
