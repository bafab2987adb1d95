"""Who works here: managers let people in and take access away; clinicians admit clinicians."""

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Practitioner, Role
from ui.dialogs.staff_leaving import EndDialog, RemoveDialog
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.look.roles import role_word, role_words
from ui.screen import Tools
from ui.widgets.columns import in_columns
from ui.widgets.controls import Button, Field, Label, Panel, Section, Tick, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.secret_field import SecretField
from ui.widgets.written_date import read_date


class StaffDialog(Dialog):
    """Everybody who may sign in, and for a manager a form for one more."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        manages = Role.MANAGER in tools.viewer.roles
        super().__init__(tools.theme, _("People who work here"), parent, width=680, height=640 if manages else 420)
        self._tools = tools
        self._manages = manages
        self._today = tools.clock.local(tools.clock.now()).date()
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=6)
        self._columns: list[tuple[Label, Label]] = []
        self._said = Said()
        self.name = Field(_("Name"))
        self.secret = SecretField(
            _("A first passphrase"), hint=_("They choose their own when they sign in for the first time.")
        )
        self.last_day = Field(_("Last day"), hint=_("For temporary staff. Leave it empty where there is no end."))
        self.roles = {role: Tick(role_word(role)) for role in Role}
        self.add = Button(_("Add a colleague"), "primary", self._add)
        self.rows.addWidget(self._list)
        self.rows.addWidget(self._said)
        if self._manages:
            self._build_form()
        self.rows.addStretch(1)
        if self._manages:
            self.add_button(self.add)
        close = self.add_close()
        (self.name if self._manages else close).setFocus()
        self._ask()

    def _build_form(self) -> None:
        self.rows.addWidget(Section(_("One more")))
        self.rows.addWidget(self.name)
        ticks = place(self.rows, FlowLayout(gap=18))
        for tick in self.roles.values():
            ticks.addWidget(tick)
        self.rows.addWidget(self.secret)
        self.rows.addWidget(self.last_day)
        self.roles[Role.RECEPTION].setChecked(True)

    def _ask(self) -> None:
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: (desk.staff.list(), desk.staff.waiting_for_admission()), self._show)

    def _show(self, answer: tuple[tuple[Practitioner, ...], list[Practitioner]]) -> None:
        people, waiting = answer
        empty(self._list.rows)
        self._columns.clear()
        rows = [self._row(person, may_admit=person in waiting) for person in people]
        self._list.add(*rows)
        in_columns(self._columns, self._tools.theme.px(160))

    def _row(self, person: Practitioner, *, may_admit: bool) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=10)
        name = Label(isolate(person.name), "name-strong", wrap=False)
        roles = Label(role_words(person.roles), "muted", wrap=False)
        flow.addWidget(name)
        flow.addWidget(roles)
        self._columns.append((name, roles))
        if person.ends_on is not None:
            ended = person.ends_on < self._today
            words = _("access ended {day}") if ended else _("until {day}")
            flow.addWidget(
                Label(words.format(day=short_date(person.ends_on)), "problem" if ended else "muted", wrap=False)
            )
        if may_admit:
            words = _("Admit to what is for clinicians")
            flow.addWidget(self._button(words, person, partial(self._admit, person)))
        elif Role.CLINICIAN in person.roles and not person.holds_clinicians_keys:
            flow.addWidget(Label(_("waits for a clinician to admit them"), "muted"))
        if self._manages and person.id != self._tools.viewer.staff:
            flow.addWidget(self._button(_("New passphrase"), person, partial(self._reset, person)))
            if Role.MANAGER not in person.roles:
                flow.addWidget(self._button(_("Last day"), person, partial(self._end, person)))
            flow.addWidget(self._button(_("Remove"), person, partial(self._remove, person)))
        return row

    def _button(self, words: str, person: Practitioner, do: "partial[None]") -> Button:
        name = _("{verb}: {name}").format(verb=words, name=isolate(person.name))
        return Button(words, "secondary", do, name=name)

    def _add(self) -> None:
        roles = frozenset(role for role, tick in self.roles.items() if tick.isChecked())
        name, secret, desk = self.name.text, self.secret.text, self._tools.desk
        for field in (self.name, self.secret, self.last_day):
            field.clear_problem()
        if not name.strip():
            self.name.say_problem(_("Type their name."))
            self.name.edit.setFocus()
            return
        ends_on = read_end(self.last_day, self._today)
        if self.last_day.text.strip() and ends_on is None:
            return
        self.add.setEnabled(False)
        self._tools.work.submit(
            self, lambda: desk.staff.add(name, roles, secret, ends_on=ends_on), self._added, self._not_added
        )

    def _added(self, person: Practitioner) -> None:
        self.add.setEnabled(True)
        self.name.edit.clear()
        self.last_day.edit.clear()
        self.secret.take()
        self._tools.messages.say(_("{name} can sign in now.").format(name=isolate(person.name)))
        self._ask()

    def _not_added(self, error: RapportError) -> None:
        self.add.setEnabled(True)
        field = self.secret if isinstance(error, BadInput) and self.name.text.strip() else self.name
        if self.last_day.text.strip():
            field = self.last_day if self.secret.text else field
        field.say_problem(str(error))
        field.edit.setFocus()

    def _admit(self, person: Practitioner) -> None:
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: desk.staff.admit(person.id), lambda _done: self._ask(), self._say)

    def _reset(self, person: Practitioner) -> None:
        secret, desk = self.secret.text, self._tools.desk
        if not secret:
            self.secret.say_problem(_("Type a first passphrase for them here, then press “New passphrase” again."))
            self.secret.edit.setFocus()
            return
        self._tools.work.submit(
            self, lambda: desk.staff.reset_secret(person.id, secret), lambda _done: self._was_reset(person), self._say
        )

    def _was_reset(self, person: Practitioner) -> None:
        self.secret.take()
        self._tools.messages.say(_("{name} has a new first passphrase.").format(name=isolate(person.name)))
        self._ask()

    def _end(self, person: Practitioner) -> None:
        ask = EndDialog(self._tools, person, self._today, self)
        ask.accepted.connect(self._ask)
        ask.open()

    def _remove(self, person: Practitioner) -> None:
        ask = RemoveDialog(self._tools, person, self)
        ask.accepted.connect(self._ask)
        ask.open()

    def _say(self, error: RapportError) -> None:
        self._said.tell(error)


def read_end(field: Field, today: dt.date) -> dt.date | None:
    """Return the last day that is typed, or None with the fault said in the field; None for an empty field too."""
    day = read_date(field.text, today, future=True) if field.text.strip() else None
    if field.text.strip() and day is None:
        field.say_problem(_("Write a day, such as 31 Mar 2027."))
        field.edit.setFocus()
    return day
