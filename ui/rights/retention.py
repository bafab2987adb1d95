"""What was kept as long as the practice settled, looked through by a manager: kept for longer, or erased for good.

Nothing is ticked beforehand, and nothing is erased before a manager has ticked it and said that they are sure.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.desk.search.query_names import kind_words
from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.identity import RecordId
from rapportdesk.model.retention import RetentionDue, RetentionKind, RetentionList
from rapportdesk.model.staff import Role
from ui.bring_in.stepping import Stepping
from ui.look.bidi import isolate
from ui.look.dates import long_date, short_date
from ui.rights.retention_rules import RetentionRulesDialog
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Section, Tick, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.worded import Worded


class RetentionDialog(Dialog):
    """The list.

    Attributes:
        ticks: One for each line, by its id.

    Signals:
        changed: Something was erased; what anybody sees may have changed.
    """

    changed = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What is past its time"), parent, width=660, height=660)
        self._tools = tools
        self._due: dict[RecordId, RetentionDue] = {}
        self._looking: Stepping[RetentionList] | None = None
        self.ticks: dict[RecordId, Tick] = {}
        self._said = Said()
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        self.why = Field(_("Why it is still needed"))
        self.sure = Tick("")
        manager = Role.MANAGER in tools.viewer.roles
        settled = _("Kept as long as you settled. Nothing goes until you say so.")
        clinicians = _(
            "For clinicians only, and kept as long as the practice settled. Nothing goes until one of you says so."
        )
        self.rows.addWidget(Label(settled if manager else clinicians, "body"))
        if manager:
            verbs = place(self.rows, FlowLayout(gap=8))
            verbs.addWidget(_plain(Button(_("How long things are kept…"), "small", self.ask_rules)))
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._list)
        self._below = Panel("scrolled", margins=(0, 8, 0, 0), gap=8)
        self._below.add(Section(_("What is ticked")), self.why)
        self._offer(_("Keep it for longer"), self.keep)
        self._below.add(Worded(self.sure, _("Erase it for good: I am sure")))
        self._offer(_("Erase it"), self.erase)
        self._below.hide()
        self.rows.addWidget(self._below)
        self.rows.addStretch(1)
        self._close = self.add_close()
        self._close.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Have everybody looked through again."""
        if self._looking is not None:
            self._looking.leave()
        empty(self._list.rows)
        self._list.add(Label(_("Looking…"), "muted"))
        tools = self._tools
        steps = tools.desk.retention.due_in_steps
        self._looking = Stepping(tools.work, tools.clock, self, steps, self._show, self._problem)

    def keep(self) -> None:
        """Keep what is ticked for another period."""
        self._do(partial(self._tools.desk.retention.keep, self._ticked, self.why.edit.text()), self._kept)

    def erase(self) -> None:
        """Erase what is ticked, once the manager is sure."""
        if not self.sure.isChecked():
            self._said.tell(_("Tick that you are sure."))
            self.turn_to(self.sure)
            return
        self._do(partial(self._tools.desk.retention.erase, self._ticked), self._erased)

    def ask_rules(self) -> None:
        """Let a manager settle how long things are kept."""
        dialog = RetentionRulesDialog(self._tools, self)
        dialog.saved.connect(self.refresh)
        dialog.open()

    @property
    def _ticked(self) -> tuple[RetentionDue, ...]:
        return tuple(each for record, each in self._due.items() if self.ticks[record].isChecked())

    def _offer(self, words: str, do: Callable[[], None]) -> None:
        place(self._below.rows, FlowLayout(gap=8)).addWidget(_plain(Button(words, "secondary", do)))

    def _do(self, what: Callable[[], int], done: Callable[[int], None]) -> None:
        self._tools.work.submit(self, what, done, self._problem)

    def _kept(self, count: int) -> None:
        words = ngettext("{count} thing is kept for longer.", "{count} things are kept for longer.", count)
        self.changed.emit()  # what waits on Today may be done
        self._done(words.format(count=count))

    def _erased(self, count: int) -> None:
        words = ngettext("{count} thing is erased for good.", "{count} things are erased for good.", count)
        self.changed.emit()
        self._done(words.format(count=count))

    def _done(self, words: str) -> None:
        self._tools.messages.say(words)
        self.why.edit.clear()
        self.sure.setChecked(False)
        self.refresh()

    def _show(self, listed: RetentionList) -> None:
        self._said.hide()
        empty(self._list.rows)
        self._due = {each.id: each for each in listed.due}
        self.ticks = {each.id: Tick("") for each in listed.due}
        for each in listed.due:
            words = line_words(each)
            self._list.add(Worded(self.ticks[each.id], f"{words}\n{isolate(each.text)}" if each.text else words))
        if listed.more:
            self._list.add(Label(_("There is more; it comes when these are decided."), "muted"))
        if not listed.due:
            self._list.add(Label(_("Nothing is past its time."), "muted"))
        self._below.setVisible(bool(listed.due))
        self.turn_to(next(iter(self.ticks.values()), self._close))

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
        self.turn_to(next(iter(self.ticks.values()), self._close))


def line_words(due: RetentionDue) -> str:
    """Return whose it is, what, and since when."""
    what, since = _what(due), long_date(due.since)
    if due.patient is None:
        return _("{what}: {since}").format(what=what, since=since)
    born = short_date(due.birth_date) if due.birth_date else _("birth date not known")
    who = _("{name}, {born}").format(name=isolate(due.name), born=born)
    return _("{who} · {what}, since {since}").format(who=who, what=what, since=since)


def _what(due: RetentionDue) -> str:
    match due.kind:
        case RetentionKind.NOTE:
            return _("a note") if due.note_kind is None else kind_words(due.note_kind)
        case RetentionKind.PROMISE:
            return _("an ended promise")
        case RetentionKind.CONTACT:
            return _("a call or message")
        case RetentionKind.APPOINTMENT:
            return _("a visit")
        case RetentionKind.FEEDBACK:
            return _("Feedback without a name, of the month from")


def _plain(button: Button) -> Button:
    button.setAutoDefault(False)
    return button
