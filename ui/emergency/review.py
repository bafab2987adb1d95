"""The list of emergency openings: a manager works through it, a clinician finds their own and what is asked of them.

It tells who, when, whose and why, and nothing of what the card says.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.emergency import EmergencyEntry
from rapportdesk.model.staff import Role
from ui.emergency.emergency_view import opened_words, remark_words, review_words, whose_words, why_words
from ui.emergency.words_field import WordsField
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said

AT_ONCE = 20
"""Entries listed before "Older ones"."""


class ReviewDialog(Dialog):
    """Every opening that this person may know of."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Emergency openings"), parent, width=640, height=620)
        self._tools = tools
        self._manager = Role.MANAGER in tools.viewer.roles
        self._shown = AT_ONCE
        self._entries: tuple[EmergencyEntry, ...] = ()
        about = (
            _("Who opened what was not shared with clinicians, when and why. What they read is not shown here.")
            if self._manager
            else _("What you opened in an emergency. A manager reviews each one.")
        )
        self._said = Said()
        self._older = Button(_("Older ones"), "secondary", self._show_older)
        self._older.hide()
        self.rows.addWidget(Label(about, "muted"))
        self.rows.addWidget(self._said)
        self._list = place(self.rows, column(gap=10))
        self.rows.addWidget(self._older)
        self.rows.addStretch(1)
        self.add_close().setFocus()
        self._ask()

    def _ask(self) -> None:
        desk = self._tools.desk
        self._tools.work.submit(self, desk.emergency.entries, self._show, self._problem)

    def _show(self, entries: tuple[EmergencyEntry, ...]) -> None:
        self._entries = entries
        self._said.hide()
        empty(self._list)
        if not entries:
            nothing = (
                _("Nobody has opened anything in an emergency.")
                if self._manager
                else _("You have opened nothing in an emergency.")
            )
            self._list.addWidget(Label(nothing, "read"))
        for entry in entries[: self._shown]:
            self._list.addWidget(self._row(entry))
        self._older.setVisible(len(entries) > self._shown)

    def _row(self, entry: EmergencyEntry) -> Panel:
        clock, access = self._tools.clock, entry.access
        panel = Panel("important", margins=(14, 10, 14, 10), gap=4)
        panel.add(
            Label(whose_words(entry), "name-strong"),
            Label(opened_words(access, clock.local(access.opened_at)), "muted"),
            Label(why_words(entry), "read"),
        )
        panel.add(*(Label(words, "body") for words in self._remarks(entry)))
        stands = review_words(access.review)
        if stands:
            panel.add(Label(stands, "caution"))
        if entry.may_review or entry.may_answer:
            buttons = place(panel.rows, FlowLayout(gap=10))
            if entry.may_review:
                buttons.addWidget(self._button(_("Seen"), entry, partial(self._mark_seen, entry)))
                buttons.addWidget(self._button(_("Ask about it"), entry, partial(self._query, entry)))
            if entry.may_answer:
                buttons.addWidget(self._button(_("Answer"), entry, partial(self._answer, entry)))
        return panel

    def _button(self, words: str, entry: EmergencyEntry, do: Callable[[], None]) -> Button:
        opened = opened_words(entry.access, self._tools.clock.local(entry.access.opened_at))
        name = _("{verb}: {name}").format(verb=words, name=f"{whose_words(entry)}, {opened}")
        button = Button(words, "secondary", do, name=name)
        button.setAutoDefault(False)
        return button

    def _mark_seen(self, entry: EmergencyEntry) -> None:
        desk = self._tools.desk
        self._tools.work.submit(
            self, lambda: desk.emergency.mark_seen(entry.access.id), lambda _none: self._ask(), self._problem
        )

    def _query(self, entry: EmergencyEntry) -> None:
        desk = self._tools.desk
        self._write(_("Ask about it"), _("What you would like to know"), _("Ask"),
                    lambda text: desk.emergency.query(entry.access.id, text), entry)  # fmt: skip

    def _answer(self, entry: EmergencyEntry) -> None:
        desk = self._tools.desk
        self._write(_("Answer"), _("Your answer; the manager reads it"), _("Send the answer"),
                    lambda text: desk.emergency.answer(entry.access.id, text), entry)  # fmt: skip

    def _write(
        self, heading: str, label: str, verb: str, keep: Callable[[str], None], entry: EmergencyEntry
    ) -> None:  # fmt: skip
        dialog = RemarkDialog(self._tools, heading, label, verb, keep, self)
        dialog.say_about(whose_words(entry), *self._remarks(entry))
        dialog.kept.connect(self._ask)
        dialog.open()

    def _remarks(self, entry: EmergencyEntry) -> list[str]:
        local = self._tools.clock.local
        said = zip(entry.access.remarks, entry.texts, strict=True)
        return [remark_words(remark, text, local(remark.at)) for remark, text in said]

    def _show_older(self) -> None:
        self._shown += AT_ONCE
        self._show(self._entries)

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


class RemarkDialog(Dialog):
    """Takes down a question or an answer.

    Args:
        keep: Keeps the text; called on the worker.

    Signals:
        kept: It has been kept.
    """

    kept = Signal()

    def __init__(
        self, tools: Tools, heading: str, label: str, verb: str, keep: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(tools.theme, heading, parent, width=480, height=380)
        self._tools, self._keep = tools, keep
        self.words = WordsField(tools, label)
        self._said = Said()
        self._about = place(self.rows, column(gap=4))
        for widget in (self.words, self._said):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self._save = self.add_button(Button(verb, "primary", self.save))
        self.add_close(_("Leave it"))
        self.words.entered.connect(self.save)
        self.words.setFocus()

    def say_about(self, *sentences: str) -> None:
        """Say above the field what it is about."""
        for sentence in sentences:
            self._about.addWidget(Label(sentence, "body"))

    def save(self) -> None:
        """Keep what is typed, or say what is missing."""
        if not self._save.isEnabled():
            return
        self._save.setEnabled(False)
        text = self.words.text
        self._tools.work.submit(self, lambda: self._keep(text), lambda _none: self._done(), self._problem)

    def _done(self) -> None:
        self.kept.emit()
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._save.setEnabled(True)
        self._said.tell(error)
