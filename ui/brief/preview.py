"""Pages are seen before they are printed, as they will be; what leaves the desk is set anew, with a serial at its foot.

The dialog is Qt's own, so that F9 covers it, and its title and the file's name say nothing of a patient.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from ui.brief.printing import ask_printer, paint_pages
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.kept_shape import KeptShape
from ui.widgets.save_file import ask_where, write_whole

Done = TypeVar("Done")


class Pages(Protocol):
    """Pages as the Desk sets them."""

    @property
    def pdf(self) -> bytes:
        """The whole document."""

    @property
    def pages_svg(self) -> tuple[str, ...]:
        """One SVG document for each page."""

    @property
    def serial(self) -> str:
        """What stands at the foot."""

    @property
    def note(self) -> str:
        """What the reader must know about these pages; usually empty."""


class Makes(Protocol):
    """Has the pages set, on the worker: for a look, or to leave the desk, which is recorded as that."""

    def __call__(self, *, preview: bool) -> Pages:
        """Return the pages."""


class Page(KeptShape):
    """One page as wide as there is room."""

    def __init__(self, svg: str, words: str, parent: QWidget | None = None) -> None:
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        super().__init__(renderer.defaultSize(), words, parent)
        self._renderer = renderer
        self.setProperty("role", "paper")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint white paper and what is on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        self._renderer.render(painter, QRectF(0, 0, self.width(), self.heightForWidth(self.width())))
        painter.setPen(Qt.GlobalColor.gray)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PreviewDialog(Dialog):
    """Shows pages, prints them and saves them.

    Args:
        tools: What a screen works with.
        make: Has the pages set; runs on the worker.
        parent: The window.
    """

    def __init__(self, tools: Tools, make: Makes, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Before it is printed"), parent, width=720, height=660)
        self._tools, self._make = tools, make
        self._waiting = Label(_("Setting the page…"), "muted")
        self.rows.addWidget(self._waiting)
        self._print = self.add_button(Button(_("Print…"), "primary", self.print_pages))
        self._save = self.add_button(Button(_("Save as PDF…"), "secondary", self.ask_where))
        for button in (self._print, self._save):
            button.setEnabled(False)
            button.setAutoDefault(False)
        self.add_close()
        tools.work.submit(self, partial(make, preview=True), self._show, self._failed)

    def print_pages(self) -> None:
        """Ask for a printer and print."""
        printer = ask_printer(self)
        if printer is not None:
            self._set_anew(partial(self._make, preview=False), partial(self._print_on, printer))

    def ask_where(self) -> None:
        """Ask where the PDF is to lie, and put it there."""
        ask_where(self, _("Save as PDF"), "rapportdesk.pdf", self.save_to, kinds=(_("PDF (*.pdf)"),))

    def save_to(self, path: Path) -> None:
        """Write the PDF to `path`; nothing is recorded as taken out where nothing can be written."""
        make = partial(self._make, preview=False)
        self._set_anew(partial(write_whole, path, lambda: make().pdf), lambda _none: self._saved())

    def _set_anew(self, work: Callable[[], Done], then: Callable[[Done], None]) -> None:
        for button in (self._print, self._save):
            button.setEnabled(False)  # twice pressed is not twice printed
        self._tools.work.submit(self, work, then, self._failed)

    def _print_on(self, printer: QPrinter, pages: Pages) -> None:
        if not paint_pages(pages.pages_svg, printer):
            self._say(_("The printer did not take it. Try again, or another one."))
            return
        self._tools.messages.say(_("Sent to the printer."))
        self.accept()

    def _show(self, pages: Pages) -> None:
        self._waiting.hide()
        if pages.note:
            self.rows.addWidget(Label(pages.note, "caution"))
        count = len(pages.pages_svg)
        for at, svg in enumerate(pages.pages_svg, 1):
            words = ngettext("Page {at} of {count}", "Page {at} of {count}", count).format(at=at, count=count)
            self.rows.addWidget(Page(svg, words))
        self.rows.addStretch(1)
        for button in (self._print, self._save):
            button.setEnabled(True)
        self._print.setFocus()

    def _saved(self) -> None:
        self._tools.messages.say(_("Saved as a PDF. It is not encrypted: look after it."))
        self.accept()

    def _failed(self, error: RapportError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._waiting.show()
        self._waiting.say(sentence, name=sentence)
        for button in (self._print, self._save):
            button.setEnabled(self.findChild(Page) is not None)
