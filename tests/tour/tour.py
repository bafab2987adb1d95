"""Walks every scene in a theme, at a text size and a width, takes pictures and says what cannot be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog

from tests.tour.faults import faults
from tests.ui.screens import Gallery, Scene, Shown
from ui.look.palette import Palette
from ui.theme import Theme

SCALES = (1.0, 2.0)
WIDTHS = (1366, 480)
HEIGHT = 690


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
        found += [f"{look.name}/{shown.scene.name}: {fault}" for fault in faults(shown.widget)]
    return found


def check(app: QApplication, theme: Theme, scale: float, scenes: Sequence[Scene], work: Path) -> Iterator[str]:
    """Yield what cannot be read at a text size in either width; each scene is brought up once and made narrow."""
    theme.change(app, scale=scale)
    for shown in Gallery(app, theme, work / str(scale)).walk(scenes, (WIDTHS[0], HEIGHT)):
        for width in WIDTHS:
            fit(shown, width)
            for fault in faults(shown.widget):
                yield f"{shown.scene.name} at {round(scale * 100)} %, {width} wide: {fault}"
        shown.stage.window.resize(WIDTHS[0], HEIGHT)
        shown.stage.settle()


def fit(shown: Shown, width: int) -> None:
    """Give the window another width, and a dialog over it no more than that, as when it opens."""
    shown.stage.window.resize(width, HEIGHT)
    if isinstance(shown.widget, QDialog):
        shown.widget.resize(shown.widget.size().boundedTo(QSize(width, HEIGHT)))
    shown.stage.settle()
