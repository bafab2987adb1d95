"""Their data, their say: what rests, what they object to, what a law holds; and, for a manager, erasing all of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.staff import Role
from ui.brief.preview import Pages
from ui.look.dates import long_date
from ui.rights.certificate import CertificateDialog
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Section, Tick, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class RightsDialog(Dialog):
    """What holds about one patient's data, and what they ask now.

    Signals:
        saved: The patient's id: something of theirs was changed.
        erased: Nothing is left of them.
    """

    saved = Signal(str)
    erased = Signal()

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Their data, their say"), parent, width=640, height=660)
        self._tools, self._patient_id = tools, patient_id
        self._manages = Role.MANAGER in tools.viewer.roles
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=12)
        self._said = Said()
        self.why = Field(_("Why, in their words"))
        self.sure = Tick(_("Erase everything about them: I am sure"))
        self.rows.addWidget(Section(_("What holds now")))
        self.rows.addWidget(self._list)
        self.rows.addWidget(Section(_("What they ask")))
        self.rows.addWidget(self.why)
        verbs = place(self.rows, FlowLayout(gap=8, row_gap=6))
        for button in self._verbs():
            button.setAutoDefault(False)
            verbs.addWidget(button)
        if self._manages:
            self.rows.addWidget(Section(_("Erase")))
            self.rows.addWidget(
                Label(_("It cannot be taken back. The reason is kept, so it does not name them."), "muted")
            )
            self.rows.addWidget(self.sure)
            erase = Button(_("Erase everything"), "secondary", self.erase)
            erase.setAutoDefault(False)
            place(self.rows, FlowLayout(gap=8)).addWidget(erase)
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.add_close()
        self._ask()

    def restrict(self) -> None:
        """Have everything but what protects them rest."""
        self._do(partial(self._tools.desk.rights.restrict, self._patient_id, self.why.edit.text()))

    def object_to(self) -> None:
        """Record that they object."""
        self._do(partial(self._tools.desk.rights.object_to, self._patient_id, self.why.edit.text()))

    def hold(self) -> None:
        """Have nothing be erased, because a law says so."""
        self._do(partial(self._tools.desk.rights.hold, self._patient_id, self.why.edit.text()))

    def erase(self) -> None:
        """Erase everything, once the manager is sure."""
        if not self.sure.isChecked():
            self._said.tell(_("Tick that you are sure."))
            self.turn_to(self.sure)
            return
        erase = partial(self._tools.desk.person_erasure.erase, self._patient_id, self.why.edit.text())
        self._tools.work.submit(self, erase, lambda done: self._gone(done[1]), self._problem)

    def _verbs(self) -> list[Button]:
        verbs = [
            Button(_("Keep it, and don’t use it"), "secondary", self.restrict),
            Button(_("They object"), "secondary", self.object_to),
        ]
        if self._manages:
            verbs.append(Button(_("A law says that it is kept"), "secondary", self.hold))
        return verbs

    def _gone(self, pages: Pages) -> None:
        self.erased.emit()
        over = self.parentWidget()
        self.accept()
        CertificateDialog(self._tools, pages, over).open()

    def _do(self, what: Callable[[], RightsEvent]) -> None:
        self._tools.work.submit(self, what, lambda _event: self._changed(), self._problem)

    def _changed(self) -> None:
        self.why.edit.clear()
        self.saved.emit(self._patient_id)
        self._ask()

    def _ask(self) -> None:
        standing = partial(self._tools.desk.rights.standing, self._patient_id)
        self._tools.work.submit(self, standing, self._show, self._problem)

    def _show(self, events: tuple[RightsEvent, ...]) -> None:
        self._said.hide()
        empty(self._list.rows)
        holding = [each for each in events if each.status in {RightsStatus.ACTIVE, RightsStatus.REQUESTED}]
        for event in holding:
            self._list.add(self._row(event))
        if not holding:
            self._list.add(Label(_("Nothing in particular: what they agreed to holds."), "muted"))
        self.turn_to(self.why.edit)

    def _row(self, event: RightsEvent) -> QWidget:
        made = QWidget()
        rows = column(made, gap=3)
        rows.addWidget(Label(_event_words(event), "name-strong"))
        day = long_date(self._tools.clock.local(event.recorded_at).date())
        told = _("{day}, {name}").format(day=day, name=event.recorded_by_name)
        rows.addWidget(Label(f"{event.reason} · {told}" if event.reason else told, "detail"))
        line = place(rows, FlowLayout(gap=8, row_gap=4))
        for words, do in self._verbs_of(event):
            button = Button(words, "small", do, name=f"{words}: {_event_words(event)}")
            button.setAutoDefault(False)
            line.addWidget(button)
        return made

    def _verbs_of(self, event: RightsEvent) -> list[tuple[str, Callable[[], None]]]:
        rights = self._tools.desk.rights
        if event.right is Right.RESTRICTION or (event.right is Right.LEGAL_HOLD and self._manages):
            return [(_("It is over"), lambda: self._do(partial(rights.end, event.id)))]
        if event.right is Right.OBJECTION and self._manages:
            why = self.why.edit.text
            return [
                (_("They are right"), lambda: self._do(partial(rights.decide, event.id, upheld=True))),
                (_("We go on, for the reason below"),
                 lambda: self._do(partial(rights.decide, event.id, upheld=False, reason=why()))),
            ]  # fmt: skip
        return []

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
        self.turn_to(self.why.edit)


def _event_words(event: RightsEvent) -> str:
    match event.right:
        case Right.ACCESS:
            return _("They asked what we hold")
        case Right.RESTRICTION:
            return _("A note rests") if event.about else _("Everything rests: kept, and not used")
        case Right.OBJECTION:
            return _("They object to a note; it rests") if event.about else _("They object; everything rests")
        case Right.LEGAL_HOLD:
            return _("A law says that it is kept")
        case Right.RETENTION:
            return _("A note is kept for longer")
    return _("Put right")
