"""What is placed by hand stands where Qt's own layouts would put it, measured once and not at every width they try."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.card.card_blocks import GAP
from ui.card.stacked import SideBySide, Stacked
from ui.widgets.controls import Button, Label, Panel, column, place

MARGINS = (12, 11, 12, 9)
WORDS = (
    ("HOBBIES", "Sings alto in the choir on Tuesdays, and has done since she was a girl in Swansea", "4 more"),
    ("PLEASE DO", "Offer the chair by the window; the corridor is too loud", "1 more"),
)
Where = list[tuple[int, int, int, int]]


def _parts(words: tuple[str, str, str]) -> tuple[QWidget, QWidget, QWidget]:
    heading, text, more = words
    return Label(heading, "section"), Label(text), Button(more, "link")


def _by_qt(parts: list[tuple[QWidget, QWidget, QWidget]], *, narrow: bool) -> QWidget:
    whole = QWidget()
    line = place(column(whole, gap=GAP), QHBoxLayout())
    line.setSpacing(GAP)
    if narrow:
        line.setDirection(QHBoxLayout.Direction.TopToBottom)
    for heading, text, more in parts:
        panel = Panel("card", margins=MARGINS, gap=0)
        panel.add(heading, text)
        panel.rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)
        panel.rows.addStretch(1)
        line.addWidget(panel, 1)
    return whole


class _ByHand(QWidget):
    def __init__(self, parts: list[tuple[QWidget, QWidget, QWidget]], *, narrow: bool) -> None:
        super().__init__()
        panels = []
        for heading, text, more in parts:
            panel = Stacked("card", MARGINS, lambda: None)
            panel.put(heading)
            panel.put(more, leading=True)
            panel.put(text, before=more)
            panel.setParent(self)
            panels.append(panel)
        self._row, self._narrow, self._panels = SideBySide(tuple(panels), GAP), narrow, panels

    def height_at(self, width: int) -> int:
        for panel in self._panels:
            panel.forget()
        return self._row.height_at(width, narrow=self._narrow)

    def arrange(self) -> None:
        self._row.place(0, self.width(), narrow=self._narrow, mirrored=self.isRightToLeft())


def _where(whole: QWidget, parts: list[tuple[QWidget, QWidget, QWidget]]) -> Where:
    every = [each for each in itertools.chain(*parts) if each.isVisible()]
    return [(*each.mapTo(whole, each.rect().topLeft()).toTuple(), *each.size().toTuple()) for each in every]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("hidden", [(), ((0, 2),), ((1, 0), (1, 2)), ((0, 0), (0, 1), (0, 2))])
@pytest.mark.parametrize("width", [1012, 701, 260])
def test_everything_stands_where_qt_would_put_it(
    qtbot: QtBot, width: int, hidden: tuple[tuple[int, int], ...], *, narrow: bool, mirrored: bool
) -> None:
    found: list[tuple[int, Where]] = []
    for by_hand in (False, True):
        parts = [_parts(words) for words in WORDS]
        around = QWidget()  # a window would not become as low as it is asked to
        qtbot.addWidget(around)
        whole = _ByHand(parts, narrow=narrow) if by_hand else _by_qt(parts, narrow=narrow)
        whole.setParent(around)
        if mirrored:
            whole.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        around.show()
        for panel, part in hidden:
            parts[panel][part].hide()
        if all((0, part) in hidden for part in range(3)):
            panel_of_none = parts[0][0].parentWidget()
            assert panel_of_none is not None
            panel_of_none.hide()
        layout = whole.layout()
        if layout is not None:
            layout.activate()  # or it has not heard of what is hidden
        height = whole.height_at(width) if isinstance(whole, _ByHand) else whole.heightForWidth(width)
        whole.resize(width, height)
        if isinstance(whole, _ByHand):
            whole.arrange()
        elif layout is not None:
            layout.activate()
        found.append((height, _where(whole, parts)))
    assert found[0] == found[1]


def test_what_has_grown_is_measured_anew_when_it_is_told_so(qtbot: QtBot) -> None:
    parts = [_parts(words) for words in WORDS]
    whole = _ByHand(parts, narrow=False)
    qtbot.addWidget(whole)
    before = whole.height_at(500)
    text = parts[0][1]
    assert isinstance(text, Label)
    text.say(WORDS[0][1] * 9)
    assert whole._row.height_at(500, narrow=False) == before, "remembered"
    assert whole.height_at(500) > before
