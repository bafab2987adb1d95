"""A desk is brought back from a backup on a computer that has nothing: the file, the code of the sheet, and a while.

What the backup is, and what it cannot hold, is said before anything is done. Nothing that is there is replaced: a
damaged file is kept under another name. What did not work leaves nothing behind.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from rapportdesk.desk.backup.restored_words import again_words
from rapportdesk.desk.backup.restoring import Restored
from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.backup import BackupFound
from ui.door.door_page import DoorPage
from ui.look.bidi import isolate
from ui.look.dates import clock_time, long_date
from ui.theme import Theme
from ui.widgets.controls import Button, Field, Label, place
from ui.widgets.flow import FlowLayout


class RestorePage(DoorPage):
    """Asks for the backup and the code, and says how far it is.

    Args:
        theme: For its look.
        in_place: There is a file of the desk that does not open or lacks something; it is set aside.

    Signals:
        chosen: Path of a backup, to be looked at. Answered by `say_what` or `refuse_backup`.
        wanted: Path of the backup, and the code as typed. Answered by `restored` or `refuse`.
        back_wanted: Begin a new desk after all.
        go_on_wanted: Everything is back; who is here?
    """

    chosen = Signal(str)
    wanted = Signal(str, str)
    back_wanted = Signal()
    go_on_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, in_place: bool = False) -> None:
        super().__init__(theme, parent)
        self._why = Label(_why_in_place() if in_place else _why_anew(), "body")
        self.backup = Field(_("The backup"), hint=_("A file whose name ends in .rapport-backup"))
        self._what = Label("", "body")
        self._again = Label("", "strong")
        self._what.hide()
        self._again.hide()
        self.choose = Button(_("Choose…"), "secondary", self._choose)
        self.code = Field(
            _("Code of a recovery sheet of the desk"), hint=_("Capitals, spaces and dashes do not matter.")
        )
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far it is"))
        self.bar.setRange(0, 0)
        self.bring = Button(_("Bring it back"), "primary", self._bring)
        self.go_on = Button(_("Sign in"), "primary", self.go_on_wanted.emit)
        self.back = Button(_("Back"), "secondary", self.back_wanted.emit)
        self.card.add(Label(_("Bring a desk back from a backup"), "heading"), self._why, self._again, self.backup)
        place(self.card.rows, FlowLayout(gap=10)).addWidget(self.choose)
        self.card.add(self._what, self.code, self.bar)
        buttons = place(self.card.rows, FlowLayout(gap=10))
        for button in (self.bring, self.go_on, self.back):
            buttons.addWidget(button)
        self.backup.edit.returnPressed.connect(self.code.edit.setFocus)
        self.backup.edit.editingFinished.connect(self._look)
        self.code.edit.returnPressed.connect(self._bring)
        for widget in (self.bar, self.go_on):
            widget.hide()
        self.setFocusProxy(self.backup)

    def take(self, backup: Path) -> None:
        """Put a file's path into its field."""
        self.backup.edit.setText(str(backup))
        self.code.edit.setFocus()
        self._look()

    def say_what(self, found: BackupFound) -> None:
        """Say when the chosen backup was made, which sheet opens it, and what cannot be in it."""
        if self.backup.isHidden():  # it has been brought back meanwhile
            return
        self.backup.clear_problem()
        words = what_words(found)
        self._what.say(words, name=words)
        self._what.show()

    def refuse_backup(self, error: RapportError) -> None:
        """Say what is wrong with the chosen file."""
        self._what.hide()
        self.backup.say_problem(str(error))

    def progressed(self, done: int, total: int) -> None:
        """Say how far it is."""
        self.bar.setRange(0, 1_000)
        self.bar.setValue(min(1_000, 1_000 * done // max(total, 1)))

    def refuse(self, error: RapportError) -> None:
        """Say what is wrong; what was typed stays, to be corrected."""
        self._busy(busy=False)
        self.code.say_problem(str(error))
        self.code.edit.setFocus()

    def restored(self, restored: Restored) -> None:
        """Say what is back, and up to when."""
        self._busy(busy=False)
        people = restored.people
        words = ngettext(
            "Everything up to {day}, {time} is back: {count} person, all of it opens. Everybody signs in with their own"
            " passphrase.",
            "Everything up to {day}, {time} is back: {count} people, all of it opens. Everybody signs in with their own"
            " passphrase.",
            people,
        )
        made_at = restored.header.made_at
        said = words.format(day=long_date(made_at.date()), time=clock_time(made_at), count=people)
        if not restored.kept:
            said = f"{said} {restored.reason} {_('Until then the recovery sheet is needed at every start.')}"
        if restored.aside is not None:
            kept = _("The file that was here is kept as {name}.").format(name=isolate(restored.aside.name))
            said = f"{said} {kept}"
        self._why.say(said, name=said)
        again = " ".join(again_words(restored.again))
        self._again.say(again, name=again)
        self._again.setVisible(bool(again))
        for widget in (self.backup, self._what, self.choose, self.code, self.bring, self.back):
            widget.hide()
        self.code.edit.clear()
        self.go_on.show()
        self.setFocusProxy(self.go_on)
        self.go_on.setFocus()

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose a backup"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Backups (*.rapport-backup)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.take(Path(file)))
        dialog.open()

    def _look(self) -> None:
        if self.backup.text.strip():
            self.chosen.emit(self.backup.text)
        else:
            self._what.hide()

    def _bring(self) -> None:
        if not self.bring.isEnabled():
            return
        self.backup.clear_problem()
        self.code.clear_problem()
        if not self.backup.text.strip():
            self.backup.say_problem(_("Choose the backup first."))
            self.backup.edit.setFocus()
        elif not self.code.text.strip():
            self.code.say_problem(_("Type the code from the printed sheet."))
            self.code.edit.setFocus()
        else:
            self._busy(busy=True)
            self.wanted.emit(self.backup.text.strip(), self.code.text)

    def _busy(self, *, busy: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        for button in (self.bring, self.back, self.choose):
            button.setEnabled(not busy)


def what_words(found: BackupFound) -> str:
    """Return when a backup was made, which sheet opens it, and what is not as it was now."""
    sheets = ngettext(
        "It opens with recovery sheet {sheets}.", "It opens with recovery sheets {sheets}.", len(found.sheets)
    )
    made = _("This backup was made on {day}, {time}.").format(
        day=long_date(found.made_at.date()), time=clock_time(found.made_at)
    )
    without = _(
        "Everything will be as it was then. What was written, agreed or withdrawn since is not in it; passphrases and"
        " recovery sheets are those of that day, and whoever has left since can sign in until a manager takes them out"
        " again."
    )
    return f"{made} {sheets.format(sheets=', '.join(map(str, found.sheets)))} {without}"


def _why_anew() -> str:
    return _("On another computer, or after this one lost its disk. The backup file and a recovery sheet are enough.")


def _why_in_place() -> str:
    return _(
        "The backup file and a recovery sheet are enough. The desk’s file that is here now is kept under another name."
    )
