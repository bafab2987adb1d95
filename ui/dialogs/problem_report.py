"""What is known of a fault in the program is read by a person, whole, before it goes anywhere; nothing sends it."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from ui.screen import Tools
from ui.start.bugs import REPORT_NAME
from ui.start.settings import Settings
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.save_file import ask_where, write_whole


class ProblemReportDialog(Dialog):
    """The whole report, and what can be done with it.

    Args:
        tools: Reads and writes beside the window.
        settings: Beside which the report lies.
    """

    def __init__(self, tools: Tools, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("If something went wrong"), parent, width=720, height=560)
        self._tools, self._file = tools, settings.beside(REPORT_NAME)
        self.about = Label("", "body")
        self.text = Label("", "detail")
        self.text.setProperty("verbatim", True)  # names of the program's own parts are in no language
        self.said = Said()
        for each in (self.about, self.said, self.text):
            self.rows.addWidget(each)
        self.rows.addStretch(1)
        self.save = self.add_button(Button(_("Save as a file"), "primary", self._ask_where))
        self.throw_away = self.add_button(Button(_("Throw it away"), "secondary", self._throw_away))
        self.close_button = self.add_close()
        self._show("")
        tools.work.submit(self, partial(read_report, self._file), self._show, self.said.tell)

    def save_to(self, path: Path) -> None:
        """Write what is shown, and nothing else, to `path`."""
        report = self._report
        saved = _("Saved. It goes nowhere by itself.")
        write = partial(write_whole, path, lambda: report.encode())
        self._tools.work.submit(self, write, lambda _none: self._tools.messages.say(saved), self.said.tell)

    def _show(self, report: str) -> None:
        self._report = report
        self.about.setText(
            _(
                "This is everything that is known of it: where the program failed, and nothing that anybody typed. "
                "It is sent to nobody. Read it, and hand it to whoever helps you if you like."
            )
            if report
            else _("Nothing has gone wrong in the program. If it ever does, you can read here what is known of it.")
        )
        self.text.say(report, name=report)
        for each in (self.text, self.save, self.throw_away):
            each.setVisible(bool(report))
        self.turn_to(self.save if report else self.close_button)

    def _ask_where(self) -> None:
        ask_where(self, _("Save as a file"), "rapportdesk-report.txt", self.save_to)

    def _throw_away(self) -> None:
        self._tools.work.submit(self, partial(self._file.unlink, missing_ok=True), lambda _none: self._show(""))


def read_report(file: Path) -> str:
    """Return what was reported; empty where nothing was."""
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
