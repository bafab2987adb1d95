"""One answer about one purpose, taken down as it was given: what, by whom with what right, how, where, and why."""

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLayout, QRadioButton, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.consent import ConsentStatus, Covers, Given
from rapportdesk.model.consent_shown import ConsentHistory, PurposeStanding
from ui.consents.consents_view import authority_words, given_words, purpose_words, where_words
from ui.consents.form import choose_scan, read_scan
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, column, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.worded import Worded
from ui.widgets.written_date import read_date


class RecordDialog(Dialog):
    """Takes down one answer.

    Args:
        tools: What a screen works with.
        history: Whose answer it is.
        purpose: What it is about.
        parent: What it stands over.
        back: They take an agreement back.

    Signals:
        recorded: The answer is kept.
    """

    recorded = Signal()

    def __init__(
        self, tools: Tools, history: ConsentHistory, purpose: PurposeStanding, parent: QWidget, *, back: bool
    ) -> None:
        super().__init__(tools.theme, _("What they said"), parent, width=560, height=640)
        self._tools, self._history, self._purpose = tools, history, purpose
        self._scan: Path | None = None
        self._answers = QButtonGroup(self)
        what = purpose_words(history.patient, purpose.covers, purpose.person)
        self.rows.addWidget(Label(what, "name-strong"))
        for status, words in (
            (ConsentStatus.ACTIVE, _("They agree")),
            (ConsentStatus.REJECTED, _("They say no")),
            (ConsentStatus.INACTIVE, _("They take back what they agreed to")),
        ):
            if status is not ConsentStatus.INACTIVE or purpose.entries:
                self._offer(status, words)
        self._follows = Label("", "caution")
        self._said = Said()
        self.rows.addWidget(self._follows)
        self.rows.addWidget(self._said)
        self.who = self._picker(_("Who said so"), [(_("The patient"), ""), *_people(history)], self.rows)
        self._right = Label("", "muted")
        self.proof = Field(_("What was seen of their authority"))
        self.rows.addWidget(self._right)
        self.rows.addWidget(self.proof)
        side_by_side = place(self.rows, FlowLayout(gap=24))
        self.given = self._picker(_("How"), [(given_words(each), str(each)) for each in Given], side_by_side)
        self.where = self._picker(
            _("Where"), [(where_words(each), each) for each in ("counter", "phone")], side_by_side
        )
        self.reason = Field(_("Why, in their words (may stay empty)"))
        self.present = Field(_("Who else was there (may stay empty)"))
        self.language = Field(_("In which language (may stay empty)"))
        self.until = Field(_("Until (empty: until they say otherwise)"))
        self.again = Field(_("Ask again on (empty: no day)"))
        for field in (self.reason, self.present, self.language, self.until, self.again):
            self.rows.addWidget(field)
        self._scan_words = Label("", "detail")
        scan = place(self.rows, FlowLayout(gap=10))
        self._choose = Button(_("Add the signed form…"), "secondary", partial(choose_scan, self, self.take_scan))
        self._choose.setAutoDefault(False)
        scan.addWidget(self._choose)
        scan.addWidget(self._scan_words)
        self.rows.addStretch(1)
        self.save = self.add_button(Button(_("Take it down"), "primary", self.record))
        self.add_close(_("Leave it"))
        self._answers.buttonToggled.connect(lambda _button, _on: self._fit())
        self.who.currentIndexChanged.connect(lambda _at: self._turn_to_giver())
        self._turn_to_giver()
        if back:
            self.choose(ConsentStatus.INACTIVE)
        (self._answers.checkedButton() or self._answers.buttons()[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def status(self) -> ConsentStatus | None:
        """What they said; None until chosen."""
        chosen = self._answers.checkedButton()
        return ConsentStatus(chosen.property("value")) if chosen else None

    def choose(self, status: ConsentStatus) -> None:
        """Choose what they said."""
        next(each for each in self._answers.buttons() if each.property("value") == str(status)).setChecked(True)

    def take_scan(self, path: Path) -> None:
        """Remember the scan to keep with the answer; a signed answer it is then."""
        self._scan = path
        self._scan_words.say(_("Chosen: it is kept with this answer."))
        self.given.setCurrentIndex(self.given.findData(str(Given.SIGNED)))

    def record(self) -> None:
        """Keep the answer, or say what is missing."""
        status = self.status
        if status is None:
            self._say(_("Choose what they said."))
            return
        days = [self._day(field) for field in (self.until, self.again)]
        if any(wrong for _day, wrong in days):
            return
        (until, _ok), (again, _fine) = days
        desk, history, purpose, scan = self._tools.desk, self._history, self._purpose, self._scan
        patient_id = history.patient.id
        record = partial(
            desk.consents.record, patient_id, purpose.covers, status, person=purpose.person, until=until,
            given=Given(self.given.currentData()), where=str(self.where.currentData()), reason=self.reason.text,
            given_by=str(self.who.currentData()), proof=self.proof.text, language=self.language.text,
            present=self.present.text, ask_again_on=again,
        )  # fmt: skip

        def keep() -> None:
            if scan is None:
                record()
            else:
                desk.consent_forms.record_with(patient_id, read_scan(scan), record)

        self.save.setEnabled(False)
        self._tools.work.submit(self, keep, lambda _none: self._done(), self._problem)

    def _offer(self, status: ConsentStatus, words: str) -> None:
        radio = QRadioButton()
        radio.setProperty("value", str(status))
        self._answers.addButton(radio)
        self.rows.addWidget(Worded(radio, words))

    def _picker(self, name: str, items: list[tuple[str, str]], into: QLayout) -> Picker:
        picker = Picker(name)
        for words, value in items:
            picker.addItem(words, value)
        holder = QWidget()
        rows = column(holder, gap=4)
        rows.addWidget(Label(name, "label"))
        rows.addWidget(picker, 0, Qt.AlignmentFlag.AlignLeading)
        into.addWidget(holder)
        return picker

    def _turn_to_giver(self) -> None:
        person = next((each for each in self._history.patient.people if each.id == self.who.currentData()), None)
        self.proof.setVisible(person is not None)
        self._right.setVisible(person is not None)
        self._right.say(authority_words(person.authority) if person is not None else "")
        self.proof.edit.setText(person.authority_proof if person is not None else "")
        self._fit()

    def _fit(self) -> None:
        sentence = ""
        if self._purpose.covers is Covers.KEEP_NOTES and self.status in {
            ConsentStatus.INACTIVE,
            ConsentStatus.REJECTED,
        }:
            sentence = _(
                "All notes are hidden at once, for everybody. This can be undone until {day}; "
                "after that a manager erases them for good."
            ).format(day=short_date(self._history.undo_until))
        self._follows.say(sentence, name=sentence)
        self._follows.setVisible(bool(sentence))
        agreed = self.status is ConsentStatus.ACTIVE
        self.until.setVisible(agreed)

    def _day(self, field: Field) -> tuple[dt.date | None, bool]:
        """Return the day that is typed, and whether something is typed that is none or has gone."""
        field.clear_problem()
        if field.isHidden() or not field.text.strip():
            return None, False
        day = read_date(field.text, self._history.today, future=True)
        if day is not None and day >= self._history.today:
            return day, False
        field.say_problem(_("A day to come, such as 31 December 2027."))
        self.turn_to(field.edit)
        return None, True

    def _done(self) -> None:
        self._tools.messages.say(_("Taken down."))
        self.recorded.emit()
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self.save.setEnabled(True)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._said.tell(sentence)
        self.turn_to(self._answers.checkedButton() or self._answers.buttons()[0])


def _people(history: ConsentHistory) -> list[tuple[str, str]]:
    """Return who may have spoken for the patient, and the id of each."""
    return [(isolate(each.name), each.id) for each in history.patient.people]
