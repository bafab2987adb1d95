"""A manager sets the folder in which a practice system drops its exports, or takes it away again."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said


class FolderDialog(Dialog):
    """Says which folder is watched, and what becomes of the files in it.

    Signals:
        saved: Another folder is watched, or none.
    """

    saved = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("A folder to bring in from"), parent, width=560, height=420)
        self._tools = tools
        self._problem = Said()
        self._folder = Label("", "strong")
        words = (
            _("What your practice system puts there is brought in once it is whole, and moved to “done”."),
            _("What cannot be read is moved to “failed”, with the reason beside it."),
            _("It works only while somebody is signed in here. Files wait until then."),
        )
        for label in (self._problem, self._folder, *(Label(each, "body") for each in words)):
            self.rows.addWidget(label)
        self.rows.addStretch(1)
        self.choose = self.add_button(Button(_("Choose a folder"), "primary", self._choose))
        self.stop = self.add_button(Button(_("Watch none"), "secondary", lambda: self.take(None)))
        self.add_close()
        self.choose.setFocus()
        tools.work.submit(self, tools.desk.watched_folder.folder, self._show, self._refuse)

    def take(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none."""
        desk = self._tools.desk
        self._tools.work.submit(
            self, lambda: desk.watched_folder.set(folder), lambda _none: self._taken(folder), self._refuse
        )

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose a folder"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(lambda names: self.take(Path(names[0])))
        dialog.open()

    def _taken(self, folder: Path | None) -> None:
        self._problem.hide()
        self._show(folder)
        self.saved.emit()

    def _show(self, folder: Path | None) -> None:
        words = _("No folder is watched.")
        if folder is not None:
            words = _("Watched: {folder}").format(folder=isolate(str(folder)))
        self._folder.say(words, name=words)
        self.stop.setEnabled(folder is not None)

    def _refuse(self, error: RapportError) -> None:
        self._problem.tell(error)
