"""What a manager looks after: what is to be erased and when, consents to look at, and who is to be asked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.consent_shown import AskedOf, Doubtful, Withdrawn
from rapportdesk.model.patient import Patient
from ui.consents.consents_view import ask_words, given_words, purpose_words, where_words, withdrawn_words
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Section, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.list_dialog import ListDialog
from ui.widgets.said import Said


@dataclass(frozen=True, slots=True)
class _Lists:
    erasures: tuple[Withdrawn, ...]
    doubtful: tuple[Doubtful, ...]
    to_ask: tuple[AskedOf, ...]


class ConsentListsDialog(ListDialog):
    """The three lists.

    Signals:
        changed: Something was erased; what anybody sees may have changed.
        person_wanted: Id of the person to open.
    """

    changed = Signal()
    person_wanted = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools, _("Consents to look after"), parent, width=720, height=640)
        self.refresh()

    def refresh(self) -> None:
        """Ask the desk for the lists."""
        desk = self._tools.desk

        def ask() -> _Lists:
            histories = desk.consent_histories
            return _Lists(desk.erasures.listed(), histories.doubtful(), histories.to_ask())

        self._tools.work.submit(self, ask, self._show, self._problem)

    def _show(self, lists: _Lists) -> None:
        empty(self.list.rows)
        self._begin(_("To be erased"), lists.erasures, _("Nobody has taken their notes back."))
        for withdrawn in lists.erasures:
            listed = self._person(withdrawn.patient, withdrawn_words(withdrawn))
            if withdrawn.due:
                listed.offer(_("Erase…"), partial(self._ask_to_erase, withdrawn.patient))
        words = _("Agreed on a day with neither an arrival nor a call")
        self._begin(words, lists.doubtful, _("None in the last three months."))
        for doubtful in lists.doubtful:
            self._person(doubtful.patient, _doubtful_words(doubtful))
        self._begin(_("To ask again"), lists.to_ask, _("Nobody is to be asked again now."))
        for asked in lists.to_ask:
            self._person(asked.patient, "\n".join(ask_words(ask, asked.patient) for ask in asked.asks))
        first = next(iter(self.list.findChildren(Button)), self._close)
        self.turn_to(first)

    def _begin(self, heading: str, listed: Sequence[object], nothing: str) -> None:
        self.list.add(Section(heading))
        if not listed:
            self.list.add(Label(nothing, "muted"))

    def _person(self, patient: Patient, words: str) -> "_Listed":
        listed = _Listed(patient, words)
        listed.offer(_("Open"), partial(self._open, patient))
        self.list.add(listed)
        return listed

    def _open(self, patient: Patient) -> None:
        self.person_wanted.emit(patient.id)
        self.accept()

    def _ask_to_erase(self, patient: Patient) -> None:
        ask = EraseDialog(self._tools, patient, self)
        ask.accepted.connect(self._erased)
        ask.open()

    def _erased(self) -> None:
        self.changed.emit()
        self.refresh()

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


class _Listed(Panel):
    """One person, why they are listed, and what can be done."""

    def __init__(self, patient: Patient, words: str) -> None:
        super().__init__("important", margins=(14, 8, 14, 8), gap=4)
        self._name = isolate(patient.name)
        self.add(Label(_named(patient), "name-strong"), Label(words, "body"))
        self._verbs = place(self.rows, FlowLayout(gap=8))

    def offer(self, words: str, do: "partial[None]") -> None:
        button = Button(words, "secondary", do, name=_("{verb}: {name}").format(verb=words, name=self._name))
        button.setAutoDefault(False)
        self._verbs.addWidget(button)


class EraseDialog(Dialog):
    """Asks once, saying what goes and what stays."""

    def __init__(self, tools: Tools, patient: Patient, parent: QWidget) -> None:
        super().__init__(tools.theme, _("Erase for good?"), parent, width=480, height=320)
        self._tools, self._patient = tools, patient
        self.rows.addWidget(Label(_named(patient), "name-strong"))
        for words in (
            _("Their notes, promises and topics go, with everything these were before, and cannot come back."),
            _("What is sealed to clinicians goes when the next clinician signs in."),
            _("Adjustments, please-don’ts that protect them, contact safety and the record of consent stay."),
        ):
            self.rows.addWidget(Label(words, "body"))
        self._said = Said()
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.erase = self.add_button(Button(_("Erase for good"), "secondary", self._erase))
        self.add_close(_("Not now")).setFocus()

    def _erase(self) -> None:
        desk, patient_id = self._tools.desk, self._patient.id
        self.erase.setEnabled(False)
        self._tools.work.submit(
            self, partial(desk.erasures.erase, patient_id), lambda _none: self._done(), self._failed
        )

    def _done(self) -> None:
        self._tools.messages.say(_("Erased, as they asked."))
        self.accept()

    def _failed(self, error: RapportError) -> None:
        self.erase.setEnabled(True)
        self._said.tell(error)


def _named(patient: Patient) -> str:
    born = short_date(patient.birth_date) if patient.birth_date else _("birth date not known")
    return _("{name}, {born}").format(name=isolate(patient.name), born=born)


def _doubtful_words(doubtful: Doubtful) -> str:
    event = doubtful.event
    what = purpose_words(doubtful.patient, event.covers, event.person)
    parts = [short_date(doubtful.recorded_on), what, given_words(event.given), where_words(event.where)]
    parts.append(_("taken down by {name}").format(name=isolate(event.recorded_by_name)))
    return " · ".join(part for part in parts if part)
