"""Walks every scene in a theme, at a text size and a width, takes pictures and says what cannot be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QPlainTextEdit

from tests.tour.faults import SLACK, faults, name_of
from tests.ui.screens import Gallery, Scene, Shown
from ui.card.card_header import CardHeader
from ui.look.palette import Palette
from ui.theme import Theme

SCALES = (1.0, 2.0)
WIDTHS = (1366, 480)
HEIGHT = 690
LONG = 8
"""Pages from which on a list scrolls by itself."""


@dataclass(frozen=True, slots=True)
class Look:
    """How everything is looked at."""

    palette: Palette
    scale: float
    width: int

    @property
    def name(self) -> str:
        """A folder's name: "dark-200-480"."""
        return f"{self.palette.name}-{round(self.scale * 100)}-{self.width}"


def picture(app: QApplication, theme: Theme, look: Look, scenes: Sequence[Scene], work: Path, out: Path) -> list[str]:
    """Save a picture of each scene in `out`, a folder for each look, and return what cannot be read."""
    theme.change(app, palette=look.palette, scale=look.scale)
    folder = out / look.name
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for shown in Gallery(app, theme, work / look.name).walk(scenes, (look.width, HEIGHT)):
        if not shown.widget.grab().save(str(folder / f"{shown.scene.name}.png"), "PNG"):
            found.append(f"{look.name}/{shown.scene.name}: the picture could not be saved")
        found += [
            f"{look.name}/{shown.scene.name}: {fault}" for fault in (*faults(shown.widget), *beyond(shown, look.width))
        ]
    return found


def check(app: QApplication, theme: Theme, scale: float, scenes: Sequence[Scene], work: Path) -> Iterator[str]:
    """Yield what cannot be read at a text size in either width; each scene is brought up once and made narrow."""
    theme.change(app, scale=scale)
    for shown in Gallery(app, theme, work / str(scale)).walk(scenes, (WIDTHS[0], HEIGHT)):
        yield from (f"{shown.scene.name} at {round(scale * 100)} %, {fault}" for fault in unread(shown))


def unread(shown: Shown) -> Iterator[str]:
    """Yield what of a scene cannot be read in either width; it has the first again afterwards."""
    for width in WIDTHS:
        fit(shown, width)
        yield from (f"{width} wide: {fault}" for fault in (*faults(shown.widget), *beyond(shown, width)))
    shown.stage.window.resize(WIDTHS[0], HEIGHT)
    shown.stage.settle()


def fit(shown: Shown, width: int) -> None:
    """Give the window another width, and a dialog over it no more than that, as when it opens."""
    shown.stage.window.resize(width, HEIGHT)
    for _margins_first in range(2 if isinstance(shown.widget, QDialog) else 0):  # they give way once it is narrow
        shown.widget.resize(shown.widget.size().boundedTo(QSize(width, HEIGHT)))
        shown.stage.settle()
    shown.stage.settle()


def beyond(shown: Shown, width: int) -> Iterator[str]:
    """Yield how what is shown is larger than the screen it was given, or scrolls within what scrolls.

    A window is never smaller than what it holds can be made: Qt widens it instead, nothing in it is cut, and it is the
    screen's edge that cuts it. So what was asked for is compared with what came.
    """
    for widget in {shown.stage.window, shown.widget}:
        if isinstance(widget, QDialog) or widget is shown.stage.window:
            wide, high = widget.width() - width, widget.height() - HEIGHT
            if wide > SLACK or high > SLACK:
                yield f"{name_of(widget)} is {max(wide, 0)} pixels too wide and {max(high, 0)} too high for the screen"
    # At the text size it is made for; with letters of twice the size the card may have to be scrolled.
    if shown.stage.theme.scale == 1.0 and width == WIDTHS[0]:
        for head in shown.widget.findChildren(CardHeader):
            if head.isVisible() and head.visibleRegion().boundingRect().height() < head.height():
                yield f"{name_of(head)}: whose card it is has been scrolled away"
    areas = [each for each in shown.widget.findChildren(QAbstractScrollArea) if each.isVisible() and scrolls(each)]
    for outer in areas:
        for inner in areas:
            written_into = isinstance(inner, QPlainTextEdit)  # scrolls with the caret, from its sixth line on
            if outer is not inner and outer.isAncestorOf(inner) and not has_pages(inner) and not written_into:
                yield f"{name_of(inner)} scrolls within {name_of(outer)}, which scrolls too"


def scrolls(area: QAbstractScrollArea) -> bool:
    """Say whether a bar for scrolling up and down is shown."""
    bar = area.verticalScrollBar()
    return bar.isVisible() and bar.maximum() > bar.minimum()


def has_pages(area: QAbstractScrollArea) -> bool:
    """Say whether it is a log of its own, too long for its rows to stand in what scrolls around it."""
    bar = area.verticalScrollBar()
    return bar.maximum() - bar.minimum() > LONG * bar.pageStep()
