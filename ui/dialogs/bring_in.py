"""A schedule comes in from files: first what would happen is said, then it happens, all of it or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from rapportdesk.desk.import_report import ImportReport


class BringIn(Dialog):
    """Choose files, see what they hold, bring them in.

    Signals:
        brought_in: Something new is in the desk.
    """

    brought_in = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Bring in a schedule"), parent, width=620, height=480)
        self._tools = tools
        self._files: tuple[Path, ...] = ()
        self._words = Label(
            _("Choose files from your practice system: FHIR (JSON) or HL7 messages. Nothing changes until you say so."),
            "body",
        )
        self._report = Label("", "body")
        self._said = Label("", "problem")
        for label in (self._words, self._report, self._said):
            self.rows.addWidget(label)
        self.rows.addStretch(1)
        self._said.hide()
        self.choose = self.add_button(Button(_("Choose files"), "primary", self._choose))
        self.bring = self.add_button(Button(_("Bring them in"), "primary", self._bring))
        self.bring.hide()
        self.add_close()
        self.choose.setFocus()

    def take(self, files: tuple[Path, ...]) -> None:
        """Say what these files would bring; nothing is changed yet."""
        if not files:
            return
        self._files = files
        self._wait(_("Reading…"))
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: desk.imports.read(files, dry_run=True), self._would, self._refuse)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose files"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.take(tuple(Path(name) for name in names)))
        dialog.open()

    def _would(self, report: "ImportReport") -> None:
        self._show(report)
        self.bring.show()
        self.bring.setEnabled(True)
        self.bring.setFocus()

    def _bring(self) -> None:
        self._wait(_("Bringing them in…"))
        desk, files = self._tools.desk, self._files
        self._tools.work.submit(self, lambda: desk.imports.read(files), self._done, self._refuse)

    def _done(self, report: "ImportReport") -> None:
        self._show(report)
        self.bring.hide()
        self._tools.messages.say(_("The schedule is in."))
        self.brought_in.emit()

    def _show(self, report: "ImportReport") -> None:
        self.choose.setEnabled(True)
        text = "\n".join(report.lines())
        self._report.say(text, name=text)

    def _wait(self, sentence: str) -> None:
        self._said.hide()
        self._report.say(sentence, name=sentence)
        self.choose.setEnabled(False)
        self.bring.setEnabled(False)

    def _refuse(self, error: RapportError) -> None:
        self.choose.setEnabled(True)
        self.bring.hide()
        self._report.say("", name="")
        self._said.say(str(error), name=str(error))
        self._said.show()
        self.choose.setFocus()
