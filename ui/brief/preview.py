"""Pages are seen before they are printed, exactly as they will be: the same pages go to paper and into the file.

The dialog is Qt's own, so that F9 covers it, and its title and the file's name say nothing of a patient.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.printout import PrintKind
from ui.brief.printing import print_pages
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.kept_shape import KeptShape


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
        destroyed_later: What kind of paper it is, if it is to be destroyed at closing.
    """

    def __init__(
        self,
        tools: Tools,
        make: Callable[[], Pages],
        parent: QWidget | None,
        *,
        destroyed_later: PrintKind | None = None,
    ) -> None:
        super().__init__(tools.theme, _("Before it is printed"), parent, width=720, height=660)
        self._tools, self._kind = tools, destroyed_later
        self._pages: Pages | None = None
        self._waiting = Label(_("Setting the page…"), "muted")
        self.rows.addWidget(self._waiting)
        self._print = self.add_button(Button(_("Print…"), "primary", self.print_pages))
        self._save = self.add_button(Button(_("Save as PDF…"), "secondary", self.ask_where))
        for button in (self._print, self._save):
            button.setEnabled(False)
            button.setAutoDefault(False)
        self.add_close()
        tools.work.submit(self, make, self._show, self._failed)

    def print_pages(self) -> None:
        """Ask for a printer and print."""
        if self._pages is not None and print_pages(self._pages.pages_svg, self):
            if self._kind is not None:
                serials = self._pages.serial.split(", ")
                self._tools.work.submit(
                    self._tools.messages, partial(self._tools.desk.prints.printed, serials, self._kind)
                )
            self._tools.messages.say(_("Sent to the printer."))
            self.accept()

    def ask_where(self) -> None:
        """Ask where the PDF is to lie, and put it there."""
        if self._pages is None:
            return
        dialog = QFileDialog(self, _("Save as PDF"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("rapportdesk.pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, file: str) -> None:
        """Write the PDF to `file`."""
        if self._pages is None:
            return
        pdf, path = self._pages.pdf, Path(file)
        self._tools.work.submit(self, lambda: write_pdf(path, pdf), lambda _none: self._saved(), self._failed)

    def _show(self, pages: Pages) -> None:
        self._pages = pages
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
        self._waiting.show()
        self._waiting.say(str(error), name=str(error))


def write_pdf(path: Path, pdf: bytes) -> None:
    """Write `pdf` whole or not at all, readable by its owner alone.

    Raises:
        BadInput: It cannot be written there.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(pdf)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise BadInput(_("The file cannot be written there."), _("Choose another folder.")) from None
