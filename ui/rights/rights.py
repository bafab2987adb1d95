"""Their data, their say: what rests, what they object to, what a law holds; and, for a manager, erasing all of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.erasure import Erased
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.staff import Role
from ui.brief.preview import Pages
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.rights.certificate import CertificateDialog
from ui.rights.certified import CertifiedDialog
from ui.screen import Tools
from ui.widgets.choice import LongVerb
from ui.widgets.controls import Button, Field, Label, Panel, Section, Tick, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded

_TEXT_ROLE = 0x0101
"""Qt.ItemDataRole.UserRole + 1: what a note says, whole."""


class RightsDialog(Dialog):
    """What holds about one patient's data, and what they ask now.

    Signals:
        saved: The patient's id: something of theirs was changed.
        erased: Nothing is left of them.
        certified: What was erased, and the certificate: nothing is left of them, and this computer's key is still to be
            replaced.
    """

    saved = Signal(str)
    erased = Signal()
    certified = Signal(object, object)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Their data, their say"), parent, width=640, height=660)
        self._tools, self._patient_id = tools, patient_id
        self._manages = Role.MANAGER in tools.viewer.roles
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=12)
        self._said = Said()
        self.why = Field(_("Why, in their words"))
        self.about = Picker(_("What it is about"))
        self.about.addItem(_("Everything about them"), None)
        self._whole = Label("", "body")
        self.instead = Field(_("What it should say"))
        self.sure = Tick("")
        self.whose = Whose()
        self.rows.addWidget(self.whose)
        self.rows.addWidget(Section(_("What holds now")))
        self.rows.addWidget(self._list)
        self.rows.addWidget(Section(_("What they ask")))
        for widget in (self.about, self._whole, self.why):
            self.rows.addWidget(widget)
        self._offer(self._verbs())
        self._of_a_note = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        self._of_a_note.add(self.instead)
        self.rows.addWidget(self._of_a_note)
        self._offer(self._verbs_of_a_note(), self._of_a_note)
        self.about.currentIndexChanged.connect(lambda _at: self._turn_about())
        self._turn_about()
        if self._manages:
            self.rows.addWidget(Section(_("Erase")))
            self.rows.addWidget(
                Label(_("It cannot be taken back. The reason is kept, so it does not name them."), "muted")
            )
            self.rows.addWidget(Worded(self.sure, _("Erase everything about them: I am sure")))
            self._offer(
                [
                    Button(_("Erase everything"), "secondary", self.erase),
                    LongVerb(_("Erase, change locks…"), self.erase_certified),
                ]
            )
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.add_close()
        self._ask()

    def restrict(self) -> None:
        """Have the chosen note, or everything but what protects them, rest."""
        rights, why = self._tools.desk.rights, self.why.edit.text()
        self._do(partial(rights.restrict, self._patient_id, why, note_id=self._note))

    def object_to(self) -> None:
        """Record that they object to the chosen note, or to everything."""
        rights, why = self._tools.desk.rights, self.why.edit.text()
        self._do(partial(rights.object_to, self._patient_id, why, note_id=self._note))

    def correct(self) -> None:
        """Put the chosen note right; what it said before stays in its history."""
        if (note := self._note) is not None:
            rights = self._tools.desk.rights
            self._do(partial(rights.correct, note, self.instead.edit.text(), self.why.edit.text()))

    def dispute(self) -> None:
        """Keep beside the chosen note what they say is wrong with it."""
        if (note := self._note) is not None:
            self._do(partial(self._tools.desk.rights.dispute, note, self.why.edit.text()))

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
        self._tools.work.submit(self, erase, self._erased, self._problem)

    def erase_certified(self) -> None:
        """Erase everything, and have every key and the desk's codes be replaced with it."""
        dialog = CertifiedDialog(self._tools, self._patient_id, self.why.edit.text(), self)
        dialog.certified.connect(self._gone_certified)
        dialog.open()

    def _verbs(self) -> list[Button]:
        verbs: list[Button] = [
            LongVerb(_("Keep it, and don’t use it"), self.restrict),
            Button(_("They object"), "secondary", self.object_to),
        ]
        if self._manages:
            verbs.append(LongVerb(_("A law says that it is kept"), self.hold))
        return verbs

    def _verbs_of_a_note(self) -> list[Button]:
        return [
            Button(_("Put it right"), "secondary", self.correct),
            LongVerb(_("They say it is wrong; we keep both"), self.dispute),
        ]

    def _offer(self, buttons: list[Button], panel: Panel | None = None) -> None:
        verbs = place(self.rows if panel is None else panel.rows, FlowLayout(gap=8, row_gap=6))
        for button in buttons:
            button.setAutoDefault(False)
            verbs.addWidget(button)

    @property
    def _note(self) -> RecordId | None:
        """Which note it is about; None for everything."""
        chosen = self.about.currentData()
        return RecordId(chosen) if chosen else None

    def _turn_about(self) -> None:
        """Show the chosen note whole, and what can be asked of a note alone."""
        text, chosen = str(self.about.currentData(_TEXT_ROLE) or ""), self._note is not None
        self._whole.say(isolate(text), name=text)
        self._whole.setVisible(chosen)
        self.instead.edit.setText(text)
        self._of_a_note.setVisible(chosen)

    def _erased(self, answer: tuple[Erased, Pages]) -> None:
        made, pages = answer
        self.erased.emit()
        over = self.parentWidget()
        self.accept()
        CertificateDialog(self._tools, made, pages, over).open()

    def _gone_certified(self, made: Erased, pages: Pages) -> None:
        self.certified.emit(made, pages)
        self.accept()

    def _do(self, what: Callable[[], object]) -> None:
        self._tools.work.submit(self, what, lambda _kept: self._changed(), self._problem)

    def _changed(self) -> None:
        self.why.edit.clear()
        self.saved.emit(self._patient_id)
        self._ask()

    def _ask(self) -> None:
        desk, patient = self._tools.desk, self._patient_id

        def ask() -> tuple[Patient, tuple[RightsEvent, ...], tuple[tuple[RecordId, str], ...]]:
            return desk.people.get(patient), desk.rights.standing(patient), desk.rights.listed_notes(patient)

        self._tools.work.submit(self, ask, lambda found: self._show(*found), self._problem)

    def _show(self, patient: Patient, events: tuple[RightsEvent, ...], notes: tuple[tuple[RecordId, str], ...]) -> None:
        self.whose.show_patient(patient)
        self._said.hide()
        empty(self._list.rows)
        chosen = self._note
        while self.about.count() > 1:
            self.about.removeItem(1)
        for note_id, text in notes:
            self.about.addItem(" ".join(text.split()), note_id)
            self.about.setItemData(self.about.count() - 1, text, _TEXT_ROLE)
            if note_id == chosen:
                self.about.setCurrentIndex(self.about.count() - 1)
        self._turn_about()
        holding = [each for each in events if _holds(each)]
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
                (_("We go on, as said below"),
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
    return _("They say that a note is wrong")


def _holds(event: RightsEvent) -> bool:
    disputed = event.right is Right.RECTIFICATION and event.status is RightsStatus.REJECTED
    return disputed or event.status in {RightsStatus.ACTIVE, RightsStatus.REQUESTED}
