"""What waits for one's own hands, one line above the day: the most pressing first, gone when it is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _, ngettext
from rapportdesk.model.backup import BackupStatus
from rapportdesk.model.reminder import Reminder
from rapportdesk.model.staff import Role
from ui.backups.backups_view import line_words
from ui.screen import Tools
from ui.theme import set_role
from ui.widgets.controls import Button, Label, Panel, column, empty, place, row


class Reminders(Panel):
    """One reminder, how many wait behind it, and the way to what it asks for.

    Args:
        tools: What a screen works with.

    Signals:
        command_wanted: Id of the command that does what is asked for.
        resized: It has come, gone, or become another.
    """

    command_wanted = Signal(str)
    resized = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("scrolled", margins=(0, 8, 0, 8), gap=4, parent=parent)
        self._tools = tools
        self._first: Reminder | None = None
        self._has_room = True
        self.words = Label("", "body")
        self._more = Label("", "muted")
        self.see = Button(_("See to it"), "link", self._wanted)
        self._framed = framed = Panel("message", margins=(10, 6, 10, 4), gap=2)
        self.add(framed)
        self.standing = Label("", "detail")
        self.add(self.standing)
        self._amiss_rows = place(framed.rows, column(gap=6))
        framed.add(self.words)
        row(framed.rows, self.see, self._more, gap=10, stretch_last=True)
        self.hide()

    def refresh(self) -> None:
        """Ask the desk again."""
        work, desk = self._tools.work, self._tools.desk
        work.submit(self, desk.reminders.mine, self.show_reminders, key="reminders", long_work=True)
        if Role.MANAGER in self._tools.viewer.roles:
            work.submit(self, desk.backups.status, self.show_backups, key="backups on Today", long_work=True)

    def show_reminders(self, reminders: tuple[Reminder, ...]) -> None:
        """Show what is amiss with the computer, and the first of what can be seen to in here; or nothing."""
        amiss = [each.words for each in reminders if not each.command]
        todo = [each for each in reminders if each.command]
        self._first = todo[0] if todo else None
        empty(self._amiss_rows)
        for words in amiss:
            self._amiss_rows.addWidget(Label(words, "body"))
        self._amiss_rows.setContentsMargins(0, 0, 0, 4 if amiss and todo else 0)
        set_role(self._framed, "message-problem" if amiss else "message")
        for part in (self.words, self.see):
            part.setVisible(bool(todo))
        self._more.setVisible(len(todo) > 1)
        if self._first is not None:
            self.words.say(self._first.words, name=self._first.words)
            self.see.setAccessibleName(_("{verb}: {what}").format(verb=_("See to it"), what=self._first.words))
            behind = len(todo) - 1
            self._more.say(ngettext("{count} more", "{count} more", behind).format(count=behind))
        self._framed.setVisible(bool(reminders))
        self._fit()

    def show_backups(self, status: BackupStatus) -> None:
        """Say how it stands with backups: the last good one, where, and whether one is overdue."""
        words = line_words(status)
        self.standing.say(words, name=words)
        self._fit()

    def give_room(self, has_room: bool) -> None:  # a slot in all but name
        """Be seen only where the visits still are; the reminder comes back with the room."""
        if has_room is not self._has_room:
            self._has_room = has_room
            self._fit()

    def _fit(self) -> None:
        says = not self._framed.isHidden() or bool(self.standing.text())
        self.setVisible(says and self._has_room)
        self.resized.emit()

    def _wanted(self) -> None:
        if self._first is not None:
            self.command_wanted.emit(self._first.command)
