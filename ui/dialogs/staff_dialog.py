"""Who works here: managers let people in and take access away; clinicians admit clinicians."""

from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Practitioner, Role
from ui.look.bidi import isolate
from ui.look.roles import role_word, role_words
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Section, Tick, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.secret_field import SecretField


class StaffDialog(Dialog):
    """Everybody who may sign in, and a form for one more."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("People who work here"), parent, width=620, height=620)
        self._tools = tools
        self._list = Panel("card", margins=(0, 0, 0, 0), gap=6)
        self._said = Label("", "problem")
        self._said.hide()
        self.name = Field(_("Name"))
        self.secret = SecretField(
            _("A first passphrase"), hint=_("They choose their own when they sign in for the first time.")
        )
        self.roles = {role: Tick(role_word(role)) for role in Role}
        self.add = Button(_("Add a colleague"), "primary", self._add)
        self.rows.addWidget(self._list)
        self.rows.addWidget(self._said)
        self.rows.addWidget(Section(_("One more")))
        self.rows.addWidget(self.name)
        ticks = place(self.rows, FlowLayout(gap=18))
        for tick in self.roles.values():
            ticks.addWidget(tick)
        self.rows.addWidget(self.secret)
        self.rows.addStretch(1)
        self.add_button(self.add)
        self.add_close()
        self.roles[Role.RECEPTION].setChecked(True)
        self.name.setFocus()
        self._ask()

    def _ask(self) -> None:
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: (desk.staff.list(), desk.staff.waiting_for_admission()), self._show)

    def _show(self, answer: tuple[tuple[Practitioner, ...], list[Practitioner]]) -> None:
        people, waiting = answer
        empty(self._list.rows)
        rows = [self._row(person, may_admit=person in waiting) for person in people]
        self._list.add(*rows)
        names = [each for row in rows for each in row.findChildren(Label) if each.property("role") == "name-strong"]
        for name in names:
            name.ensurePolished()
        widest = max((name.sizeHint().width() for name in names), default=0)
        for name in names:  # so that what can be done stands in columns, where there is room for columns
            name.setMinimumWidth(min(widest, self._tools.theme.px(160)))

    def _row(self, person: Practitioner, *, may_admit: bool) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=10)
        name = Label(isolate(person.name), "name-strong", wrap=False)
        flow.addWidget(name)
        flow.addWidget(Label(role_words(person.roles), "muted", wrap=False))
        if may_admit:
            words = _("Admit to what is for clinicians")
            flow.addWidget(self._button(words, person, partial(self._admit, person)))
        if person.id != self._tools.viewer.staff:
            flow.addWidget(self._button(_("New passphrase"), person, partial(self._reset, person)))
            flow.addWidget(self._button(_("Remove"), person, partial(self._remove, person)))
        return row

    def _button(self, words: str, person: Practitioner, do: "partial[None]") -> Button:
        name = _("{verb}: {name}").format(verb=words, name=isolate(person.name))
        return Button(words, "secondary", do, name=name)

    def _add(self) -> None:
        roles = frozenset(role for role, tick in self.roles.items() if tick.isChecked())
        name, secret, desk = self.name.text, self.secret.text, self._tools.desk
        self.name.clear_problem()
        self.secret.clear_problem()
        if not name.strip():
            self.name.say_problem(_("Type their name."))
            self.name.edit.setFocus()
            return
        self.add.setEnabled(False)
        self._tools.work.submit(self, lambda: desk.staff.add(name, roles, secret), self._added, self._not_added)

    def _added(self, person: Practitioner) -> None:
        self.add.setEnabled(True)
        self.name.edit.clear()
        self.secret.take()
        self._tools.messages.say(_("{name} can sign in now.").format(name=isolate(person.name)))
        self._ask()

    def _not_added(self, error: RapportError) -> None:
        self.add.setEnabled(True)
        field = self.secret if isinstance(error, BadInput) and self.name.text.strip() else self.name
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

    def _remove(self, person: Practitioner) -> None:
        ask = RemoveDialog(self._tools, person, self)
        ask.accepted.connect(self._ask)
        ask.open()

    def _say(self, error: RapportError) -> None:
        self._said.say(str(error), name=str(error))
        self._said.show()


class RemoveDialog(Dialog):
    """Asks once, saying what removing does and does not do."""

    def __init__(self, tools: Tools, person: Practitioner, parent: QWidget) -> None:
        super().__init__(tools.theme, _("Take access away?"), parent, width=440, height=320)
        self._tools, self._person = tools, person
        self.rows.addWidget(Label(isolate(person.name), "name-strong"))
        self.rows.addWidget(
            Label(
                _("From now on they can no longer sign in, and nothing that is written from now on opens for them."),
                "body",
            )
        )
        self.rows.addWidget(Label(_("What they have already read or copied stays readable to them."), "body"))
        self._said = Label("", "problem")
        self._said.hide()
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.add_button(Button(_("Take access away"), "secondary", self._remove))
        self.add_close(_("Cancel")).setFocus()

    def _remove(self) -> None:
        desk, person = self._tools.desk, self._person
        self._tools.work.submit(self, lambda: desk.staff.remove(person.id), lambda _done: self.accept(), self._say)

    def _say(self, error: RapportError) -> None:
        self._said.say(str(error), name=str(error))
        self._said.show()
