"""Everybody of one day is told in one go: each with a message or by hand, each ticked off; nothing is sent here."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.identity import RecordId
from rapportdesk.model.message import HandedOver, HandedTo, MessageDraft, RoundLine
from rapportdesk.model.patient import ContactSystem
from ui.look.bidi import isolate
from ui.look.dates import clock_time, long_date
from ui.reach.handing_over import give
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.written_date import read_date


class RoundDialog(Dialog):
    """One practitioner's day that cannot take place.

    Signals:
        saved: A patient's id; something about their visit was written.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("A day cannot take place"), parent, width=680, height=660)
        self._tools = tools
        self._date: dt.date | None = None
        self.lines: list[RoundRow] = []
        self.day = Field(_("Which day"))
        self.practitioner = Picker(_("Whose day"))
        self._whose = Label(_("Whose day"), "label")
        self._whose.setBuddy(self.practitioner)
        self.said = Said()
        self.so_far = Label("", "name-strong")
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=14)
        for widget in (self.day, self._whose, self.practitioner, self.said, self.so_far, self._list):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self._close = self.add_close()
        self.day.edit.editingFinished.connect(self._day_typed)
        self.practitioner.activated.connect(lambda _index: self.draft())
        tools.work.submit(self, tools.desk.today.date, self._begin, self._problem)

    def choose(self, day: dt.date, practitioner: str) -> None:
        """Choose whose day it is."""
        self._date = day
        self.day.edit.setText(long_date(day))
        desk = self._tools.desk

        def ask() -> tuple[str, ...]:
            return desk.rounds.practitioners(day)

        self._tools.work.submit(self, ask, partial(self._offer, practitioner), self._problem, key="round of whom")

    def draft(self) -> None:
        """Draft the round of whoever is chosen."""
        whom = str(self.practitioner.currentData() or "")
        if self._date is None or not whom:
            self._show(())
            return
        ask = partial(self._tools.desk.rounds.draft, whom, self._date)
        self._tools.work.submit(self, ask, self._show, self._problem, key="round")

    def hand_over(self, draft: MessageDraft, to: HandedTo) -> None:
        """Give one message to a program, to paper or to the clipboard."""
        hand = partial(self._tools.desk.messages.hand_over, draft, to)
        self._tools.work.submit(self, hand, self._handed_over, self._problem)

    def told(self, line: RoundLine, by: ContactSystem | None = None) -> None:
        """Keep that somebody knows, and call the visit off."""
        self._change(partial(self._tools.desk.rounds.told, line.appointment, by=by), line)

    def not_told(self, line: RoundLine) -> None:
        """Keep that the message was not sent."""
        self._change(partial(self._tools.desk.rounds.not_told, line.appointment), line)

    def _begin(self, today: dt.date) -> None:
        self.choose(today, "")
        self.turn_to(self.day.edit)
        self.day.edit.selectAll()

    def _day_typed(self) -> None:
        today = self._tools.clock.local(self._tools.clock.now()).date()
        day = read_date(self.day.text, today, future=True)
        if day is None:
            self.day.say_problem(_("That is not a day. For example: 31 December 2027."))
        elif day != self._date:
            self.day.clear_problem()
            self.choose(day, "")

    def _offer(self, practitioner: str, practitioners: tuple[str, ...]) -> None:
        self.practitioner.clear()
        for name in practitioners:
            self.practitioner.addItem(name, name)
        self.practitioner.setCurrentIndex(max(self.practitioner.findData(practitioner), 0) if practitioners else -1)
        for part in (self._whose, self.practitioner):
            part.setVisible(bool(practitioners))
        self.draft()

    def _show(self, lines: tuple[RoundLine, ...]) -> None:
        stood = next((row.line.appointment for row in self.lines if row.isAncestorOf(self.focusWidget() or self)), None)
        empty(self._list.rows)
        self.lines = [RoundRow(self, line) for line in lines]
        self._list.add(*self.lines)
        told = sum(line.told for line in lines)
        words = ngettext("{told} of {count} knows.", "{told} of {count} know.", len(lines)).format(
            told=told, count=len(lines)
        )
        self.so_far.say(words if lines else _("Nobody is to come then."))
        if stood is not None:
            self._stand_after(stood)

    def _stand_after(self, stood: RecordId) -> None:
        """Put the keys on the row that was worked on while it waits, or on the next that does."""
        order = [row.line.appointment for row in self.lines]
        begin = order.index(stood) if stood in order else 0
        following = self.lines[begin:] + self.lines[:begin]
        self.turn_to(next((row.first for row in following if row.first is not None), self._close))

    def _handed_over(self, handed: HandedOver) -> None:
        self.said.hide()
        try:
            give(self._tools, handed, self)
        except RapportError as error:
            self._problem(error)
        self.draft()

    def _change(self, change: Callable[[], object], line: RoundLine) -> None:
        self.said.hide()
        self._tools.work.submit(self, change, lambda _kept: self._changed(line), self._problem)

    def _changed(self, line: RoundLine) -> None:
        self.saved.emit(line.patient)
        self.draft()

    def _problem(self, error: RapportError) -> None:
        self.said.tell(error)


class RoundRow(QWidget):
    """One visit: who, when, how they are told, and what is to be pressed next.

    Attributes:
        first: The first button; None when there is nothing to do any more.
    """

    def __init__(self, dialog: RoundDialog, line: RoundLine) -> None:
        super().__init__()
        self.line = line
        self.first: Button | None = None
        rows = Panel("scrolled", margins=(0, 0, 0, 0), gap=3, parent=self)
        column(self, gap=0).addWidget(rows)
        born = long_date(line.birth_date) if line.birth_date else _("birth date not known")
        who = _("{time}, {name}, {born}").format(time=clock_time(line.start), name=isolate(line.name), born=born)
        rows.add(Label(who, "name-strong"))
        if line.told:
            rows.add(Label(_("They know. The visit is called off."), "agreed"))
            return
        for words, role in self._words():
            rows.add(Label(words, role))
        actions = place(rows.rows, FlowLayout(gap=8, row_gap=6))
        for words, do in self._actions(dialog):
            name = _("{verb}: {name}").format(verb=words, name=isolate(line.name))
            button = Button(words, "small", do, name=name)
            button.setAutoDefault(False)
            actions.addWidget(button)
            self.first = self.first or button

    def _words(self) -> list[tuple[str, str]]:
        if self.line.waits is not None:
            return [(_("Handed over. Is it sent?"), "caution")]
        draft = self.line.draft
        if draft is None:
            return [(self.line.by_hand, "caution")]
        ways = {ContactSystem.SMS: _("Text message"), ContactSystem.EMAIL: _("E-mail"), ContactSystem.POST: _("Letter")}
        where = " · ".join(part for part in (isolate(draft.way.value), draft.way.why) if part)
        said = _("{way} to {where}").format(way=ways[draft.way.system], where=where)
        other = _("In {language}; they like {other} best.").format(language=draft.language, other=draft.other_language)
        about_language = [(other, "caution")] if draft.other_language else []
        return [(said, "body"), *about_language, (" ".join(draft.text.split()), "detail")]

    def _actions(self, dialog: RoundDialog) -> list[tuple[str, Callable[[], object]]]:
        line, draft = self.line, self.line.draft
        if line.waits is not None:
            return [(_("Sent: they know"), partial(dialog.told, line)), (_("Not sent"), partial(dialog.not_told, line))]
        if draft is None:
            return [
                (_("Rang: they know"), partial(dialog.told, line, ContactSystem.PHONE)),
                (_("Letter posted"), partial(dialog.told, line, ContactSystem.POST)),
            ]
        if draft.way.system is ContactSystem.POST:
            return [(_("Print the letter…"), partial(dialog.hand_over, draft, HandedTo.PAPER))]
        return [
            (_("Hand over"), partial(dialog.hand_over, draft, HandedTo.PROGRAM)),
            (_("Copy it instead"), partial(dialog.hand_over, draft, HandedTo.CLIPBOARD)),
        ]
