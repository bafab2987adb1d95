"""Who was erased takes a page along; it is there once, because nothing of them is left to make it from again."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rapportdesk.desk.rights.copies_words import copies_words
from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.erasure import Erased
from ui.brief.preview import Page, Pages
from ui.brief.printing import ask_printer, paint_pages
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.save_file import ask_where, write_whole


class CertificateDialog(Dialog):
    """Shows the certificate, prints it and saves it.

    Args:
        tools: What a screen works with.
        made: What was erased, and where copies of it lie.
        pages: The certificate.
        parent: The window.
    """

    def __init__(self, tools: Tools, made: Erased, pages: Pages, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Erased"), parent, width=720, height=660)
        self._tools, self._pages = tools, pages
        self._said = Said()
        self.rows.addWidget(Label(_("Give them this page: it is there this once."), "body"))
        for words in copies_words(made):  # on their page no folder of ours is named
            self.rows.addWidget(Label(words, "body"))
        self.rows.addWidget(self._said)
        count = len(pages.pages_svg)
        for at, svg in enumerate(pages.pages_svg, 1):
            words = ngettext("Page {at} of {count}", "Page {at} of {count}", count).format(at=at, count=count)
            self.rows.addWidget(Page(svg, words))
        self.rows.addStretch(1)
        prints = self.add_button(Button(_("Print…"), "primary", self.print_it))
        prints.setAutoDefault(False)
        self.add_button(Button(_("Save as PDF…"), "secondary", self.ask_where))
        self.add_close()
        prints.setFocus()

    def print_it(self) -> None:
        """Ask for a printer and print."""
        printer = ask_printer(self)
        if printer is None:
            return
        if paint_pages(self._pages.pages_svg, printer):
            self._tools.messages.say(_("Sent to the printer."))
        else:
            self._said.tell(_("The printer did not take it. Try again, or another one."))

    def ask_where(self) -> None:
        """Ask where the PDF is to lie, and put it there."""
        ask_where(self, _("Save as PDF"), "rapportdesk.pdf", self.save_to, kinds=(_("PDF (*.pdf)"),))

    def save_to(self, path: Path) -> None:
        """Write the PDF to `path`."""
        write = partial(write_whole, path, lambda: self._pages.pdf)
        self._tools.work.submit(self, write, lambda _none: self._saved(), self._failed)

    def _saved(self) -> None:
        self._tools.messages.say(_("Saved as a PDF. It is not encrypted: look after it."))

    def _failed(self, error: RapportError) -> None:
        self._said.tell(error)
