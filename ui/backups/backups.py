"""A practice manager sees in one look whether there is a backup, makes one, and proves that it works.

Both take place beside other work, say how far they are and can be stopped; a stopped one leaves nothing behind.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from rapportdesk.desk.backup.restoring import Restored
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.backup import Backup, BackupStatus
from ui.backups.backups_view import folder_words, last_words, list_words, needs_care, proved_words
from ui.bring_in.stepping import Stepping, Steps
from ui.screen import Tools
from ui.theme import set_role
from ui.widgets.controls import Button, Field, Label, Section, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout

T = TypeVar("T")


class BackupsDialog(Dialog):
    """How it stands, "Back up now", where they go, and the proof."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Backups"), parent, width=600, height=520)
        self._tools = tools
        self._running: Stepping[Backup] | Stepping[Restored] | None = None
        self._last, self._folder = Label("", "body"), Label("", "muted")
        self._said = Label("", "body")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.choose = Button(_("Choose where they go…"), "secondary", self._choose_folder)
        self.code = Field(_("The code from a recovery sheet"), hint=_("Nothing is changed by it."))
        self.prove = Button(_("Prove a backup…"), "secondary", self._choose_backup)
        proof = Section(_("Does a backup work?"))
        self._list = Label("", "problem")
        self._list.hide()
        self.inside.add(self._last, self._folder, self._list)
        place(self.rows, FlowLayout()).addWidget(self.choose)
        self.inside.add(self._said, self.bar, proof, self.code)
        place(self.rows, FlowLayout()).addWidget(self.prove)
        self.rows.addStretch(1)
        self.make = self.add_button(Button(_("Back up now"), "primary", self._make))
        self.stop = self.add_button(Button(_("Stop"), "secondary", self._stop))
        self.leave = self.add_close()
        for button in (self.make, self.choose, self.prove, self.stop):
            button.setAutoDefault(False)
        self._rest()
        self.code.edit.returnPressed.connect(self._choose_backup)
        self._ask()

    def prove_that(self, backup: Path) -> None:
        """Show that a backup would be restored with the code that stands in the field."""
        code, desk = self.code.text, self._tools.desk
        self._run(lambda: desk.backups.prove_in_steps(backup, code), self._proved)

    def make_in(self, folder: Path) -> None:
        """Let backups go to a folder from now on."""
        desk = self._tools.desk
        self._tools.work.submit(
            self, lambda: desk.backups.choose_folder(folder), lambda _none: self._ask(), self._problem
        )

    def _ask(self) -> None:
        self._tools.work.submit(self, self._tools.desk.backups.status, self._show, self._problem)

    def _show(self, status: BackupStatus) -> None:
        self._last.say(last_words(status), name=last_words(status))
        self._folder.say(folder_words(status), name=folder_words(status))
        self._list.say(list_words(status), name=list_words(status))
        self._list.setVisible(bool(list_words(status)))
        set_role(self._folder, "problem" if needs_care(status) else "muted")
        self.make.setEnabled(status.folder_is_there)
        (self.make if status.folder_is_there else self.choose).setFocus()

    def _make(self) -> None:
        self._run(self._tools.desk.backups.make_in_steps, self._made)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, _("Where backups go"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.make_in(Path(folder)))
        dialog.open()

    def _choose_backup(self) -> None:
        if not self.code.text.strip():
            self.code.say_problem(_("Type the code first."))
            self.code.edit.setFocus()
            return
        self.code.clear_problem()
        dialog = QFileDialog(self, _("Choose a backup"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Backups (*.rapport-backup)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.prove_that(Path(file)))
        dialog.open()

    def _begin_to_show(self) -> None:
        set_role(self._said, "body")
        self._said.say(_("This takes a moment. It can be stopped."))
        for widget in (self._said, self.bar, self.stop):
            widget.show()
        for button in (self.make, self.leave, self.choose, self.prove):
            button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.stop.setFocus()

    def _run(self, begin: Callable[[], Steps[T]], done: Callable[[T], None]) -> None:
        self._begin_to_show()

        def finished(answer: T) -> None:
            self._rest()
            done(answer)

        running = Stepping(self._tools.work, self._tools.clock, self, begin, finished, self._problem)
        running.progressed.connect(self._at)
        self._running = running  # type: ignore[assignment]  # one of the two, and only left is ever called on it

    def _at(self, done: int, total: int) -> None:
        self.bar.setRange(0, 1_000)
        self.bar.setValue(1_000 * done // max(total, 1))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.leave()
            self._running.deleteLater()
        self._rest()
        self._ask()

    def _rest(self) -> None:
        self._running = None
        for widget in (self._said, self.bar, self.stop):
            widget.hide()
        for button in (self.make, self.leave, self.choose, self.prove):
            button.setEnabled(True)

    def _made(self, made: Backup) -> None:
        whole = _("Backed up, and read back: all of it is there.")
        own = _("Copied, and read back: all of it is there. But it is on this computer’s own disk.")
        self._say(own if made.own_disk else whole)
        self._ask()

    def _proved(self, proved: Restored) -> None:
        self.code.edit.clear()
        self._say(proved_words(proved))
        self.leave.setFocus()

    def _say(self, words: str, role: str = "body") -> None:
        set_role(self._said, role)
        self._said.say(words, name=words)
        self._said.show()

    def _problem(self, error: RapportError) -> None:
        self._rest()
        self._say(str(error), "problem")
