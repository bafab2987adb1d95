"""What came back on paper, in one go: a tick and a field for each person of the session, Enter goes to the next.

What is typed is sealed for each person by itself, so that it is back after a lock and goes with them when they are
erased.
"""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId
from rapportdesk.model.paper_foot import PaperFoot, PaperKept, PaperRow
from ui.look.bidi import isolate
from ui.look.dates import clock_time, day_name, long_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Tick, empty, place
from ui.widgets.flow import FlowLayout
from ui.widgets.kept_form import FormDialog, KeptForm
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.worded import Worded
from ui.widgets.written import Written

DAYS_BACK = 7
"""A page is entered on the day or within the week."""


class PaperLine(Panel):
    """One person's page: whose it is, whether it was read, and what is to be remembered.

    Args:
        tools: What a screen works with.
        visit: The visit and whose it is.
    """

    def __init__(self, tools: Tools, visit: PaperRow) -> None:
        super().__init__("scrolled", margins=(0, 0, 0, 6), gap=4)
        self.visit = visit
        patient, start = visit.patient, tools.clock.local(visit.appointment.start)
        born = long_date(patient.birth_date) if patient.birth_date else _("birth date not known")
        words = _("{time}  {name}, {born}").format(time=clock_time(start), name=isolate(patient.name), born=born)
        self.read = Tick("")
        read = Worded(self.read, _("Read"))
        self.read.setAccessibleName(_("Read: {name}").format(name=patient.name))
        asked = _("For the desk to remember")
        self.remember = Written(tools.theme, "", name=f"{asked}: {patient.name}")
        self.remember.field.invite(asked, asked)
        self.kept = KeptForm(tools, Form.PAPER, patient.id, self)
        self.add(Label(words, "name-strong"), self.kept, read, self.remember)
        tools.work.submit(self, self.kept.earlier, self.kept.bring_back)

    def fields(self) -> dict[str, Any]:
        """Return what is typed and ticked."""
        return {"remember": self.remember.text, "read": self.read.isChecked()}

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this be typed and ticked."""
        self.remember.start_with(fields["remember"])
        self.read.setChecked(fields["read"])

    @property
    def foot(self) -> PaperFoot:
        """What is to be kept of the page."""
        return PaperFoot(
            appointment=self.visit.appointment, remember=self.remember.text, read=self.read.isChecked()
        )  # fmt: skip

    @property
    def is_empty(self) -> bool:
        """Nothing is typed or ticked."""
        return not self.remember.text.strip() and not self.read.isChecked()


class FromPaperDialog(FormDialog):
    """Everybody of one session.

    Signals:
        saved: Something was kept, of several people.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None, *, practitioner: str = "") -> None:
        super().__init__(tools.theme, _("What came back on paper"), parent, width=620, height=640)
        self._tools, self._wanted = tools, practitioner
        self.lines: tuple[PaperLine, ...] = ()
        self._begun = False
        clock = tools.clock
        today = clock.local(clock.now()).date()
        self.day = Picker(_("Which day"))
        for back in range(DAYS_BACK):
            date = today - dt.timedelta(days=back)
            self.day.addItem(_("Today") if not back else day_name(date), date)
        self.whose = Picker(_("Whose session"))
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        self._said = Said()
        self.rows.addWidget(
            Label(
                _("Tick what was read, and type what stands at the foot, a line for each note: as on a card."),
                "body",
            )
        )
        choose = place(self.rows, FlowLayout(gap=10))
        choose.addWidget(self.day)
        choose.addWidget(self.whose)
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._list)
        self.rows.addStretch(1)
        self.keep = self.add_button(Button(_("Keep all of it"), "primary", self.save))
        self.keep.setAutoDefault(False)
        self.keep.setEnabled(False)
        self.add_button(Button(_("Leave it"), "secondary", self.leave)).setAutoDefault(False)
        self.day.currentIndexChanged.connect(lambda _at: self._ask_whose())
        self.whose.currentIndexChanged.connect(lambda _at: self._ask())
        self._ask_whose()

    def save(self) -> None:
        """Keep everything that is typed and ticked."""
        lines = [line for line in self.lines if not line.is_empty]
        if not lines:
            self._say(_("Nothing is ticked or typed yet."))
            return
        desk, feet = self._tools.desk, [line.foot for line in lines]
        for line in self.lines:
            line.kept.saving(_nothing)  # sealed as it stands; nothing more until it is kept or refused
        self.keep.setEnabled(False)
        self._tools.work.submit(self, lambda: desk.from_paper.keep(feet), self._kept, self._not_kept)

    def forms(self) -> tuple[KeptForm, ...]:
        """Return what seals each person's line."""
        return tuple(line.kept for line in self.lines)

    def _ask_whose(self) -> None:
        desk, date = self._tools.desk, self.day.currentData()
        asked = partial(desk.from_paper.practitioners, date)
        self._tools.work.submit(self, asked, self._show_whose, self._problem, key="whose")

    def _show_whose(self, practitioners: tuple[str, ...]) -> None:
        begun = self.whose.count() > 0
        before = str(self.whose.currentData() or "") if begun else self._wanted or next(iter(practitioners), "")
        self.whose.blockSignals(True)
        self.whose.clear()
        for name in practitioners:
            self.whose.addItem(name, name)
        self.whose.addItem(_("Everybody"), "")
        self.whose.setCurrentIndex(max(self.whose.findData(before), 0))
        self.whose.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        desk, date, whose = self._tools.desk, self.day.currentData(), str(self.whose.currentData() or "")
        asked = partial(desk.from_paper.rows, date, practitioner=whose)
        self._tools.work.submit(self, asked, self._show, self._problem, key="paper")

    def _show(self, rows: tuple[PaperRow, ...]) -> None:
        for line in self.lines:
            line.kept.hand_in()
        empty(self._list.rows)
        first = dict[PatientId, PaperRow]()
        for each in rows:
            first.setdefault(each.patient.id, each)  # one field for each person, however often they come that day
        self.lines = tuple(PaperLine(self._tools, each) for each in first.values())
        for at, line in enumerate(self.lines):
            self._list.add(line)
            line.remember.entered.connect(partial(self._next, at))
            line.remember.field.refused.connect(self._problem)
        if not self.lines:
            self._list.add(Label(_("Nobody was here on that day."), "muted"))
        self.keep.setEnabled(bool(self.lines))
        if self.lines and not self._begun:
            self._begun = True
            self.turn_to(self.lines[0].read)

    def _next(self, at: int) -> None:
        target: QWidget = self.lines[at + 1].remember.field if at + 1 < len(self.lines) else self.keep
        self.turn_to(target)

    def _kept(self, kept: PaperKept) -> None:
        for line in self.lines:
            line.kept.saved()
        names = [isolate(line.visit.patient.called) for line in self.lines if line.visit.patient.id in kept.waiting]
        self.lines = ()
        self._tools.messages.say(kept_words(kept, names), self._take_back)
        self.saved.emit("")
        super().accept()

    def _take_back(self) -> None:
        tools = self._tools
        # The dialog is gone by then, and the message bar is not.
        tools.work.submit(tools.messages, tools.desk.notes.undo)

    def _not_kept(self, error: RapportError) -> None:
        for line in self.lines:
            line.kept.not_saved()
        self.keep.setEnabled(True)
        self._problem(error)

    def _problem(self, error: RapportError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._said.tell(sentence)


def kept_words(kept: PaperKept, waiting: list[str]) -> str:
    """Return what was kept, and whose words wait until they have been asked."""
    notes = ngettext("{count} note kept", "{count} notes kept", kept.notes).format(count=kept.notes)
    read = ngettext("{count} brief ticked as read", "{count} briefs ticked as read", kept.read).format(count=kept.read)
    words = [_("{notes}, {read}.").format(notes=notes, read=read)]
    if waiting:
        words.append(_("On the card, until they are asked: {names}.").format(names=", ".join(waiting)))
    return " ".join(words)


def _nothing() -> None:
    return None
