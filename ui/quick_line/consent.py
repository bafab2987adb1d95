"""Consent at the counter: the sentence to say stands where the note was typed, and waits for the patient's answer.

Y, N, G and L answer, and buttons say what they mean. Enter never agrees, a held key records nothing, Esc goes back to
what was typed. The keys stay here until there is an answer, because nothing may be kept before.
"""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QRadioButton, QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from ui.commands import bind
from ui.consents.consents_view import authority_words
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.theme import set_role
from ui.widgets.controls import Button, Field, Label, Panel, column, empty, place, row
from ui.widgets.flow import FlowLayout
from ui.widgets.worded import Worded
from ui.widgets.written_date import read_date

REVIEW_AFTER = dt.timedelta(days=91)


class ConsentPanel(Panel):
    """The sentence to say and the four answers.

    Signals:
        agreed, refused, later: The patient's answer.
        someone_else: Id of the person who decides, the `date` on which to look at it again, and what was seen of
            their authority.
        gone_back: Nothing was answered; the typed text is still there.
        person_needed: The one who decides is not on the card yet.
    """

    agreed = Signal()
    refused = Signal()
    later = Signal()
    someone_else = Signal(str, object, str)
    gone_back = Signal()
    person_needed = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("quick-line-active", margins=(16, 10, 14, 10), gap=8, parent=parent)
        self._tools = tools
        self._patient: Patient | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._ask = Label("", "section")
        self._sentence = Label("", "lead")
        self.add(self._ask, self._sentence)
        answers = place(self.rows, FlowLayout(gap=8))
        for command_id, words, do in (
            ("consent.yes", _("Y  Agreed"), self.agreed.emit),
            ("consent.no", _("N  No, keep nothing"), self.refused.emit),
            ("consent.guardian", _("G  Someone else decides"), self.ask_who),
            ("consent.later", _("L  Later"), self.later.emit),
        ):
            bind(self, tools.commands, command_id, do)
            button = _Answer(words, "secondary", do, name=tools.commands[command_id].words)
            answers.addWidget(button)
        self._who = _SomeoneElse(self)
        self._who.chosen.connect(self.someone_else)
        self._who.person_needed.connect(self.person_needed)
        self._back = Label(_("Esc goes back to what you typed. Nothing is kept yet."), "detail")
        self.add(self._who, self._back)
        self.hide()

    def ask(self, patient: Patient, sentence: str, *, can_wait: bool) -> None:
        """Show the sentence to say to `patient` and take the keys.

        Args:
            patient: Who is asked.
            sentence: What to say, as the Desk words it.
            can_wait: Something was typed that waits for the answer.
        """
        self._patient = patient
        self._ask.say(_("Say to {name}").format(name=patient.called).upper(), name=_("Say"))
        self._sentence.say(sentence, name=sentence)
        self.setAccessibleName(sentence)
        back = _("Esc goes back to what you typed. Nothing is kept yet.") if can_wait else _("Esc leaves it unasked.")
        self._back.say(back, name=back)
        self._who.hide()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        here = now is self or (now is not None and self.isAncestorOf(now))
        set_role(self, "quick-line-active" if here else "quick-line")

    def ask_who(self) -> None:
        """Ask who decides, and until when that holds."""
        if self._patient is not None:
            clock = self._tools.clock
            self._who.ask(self._patient, clock.local(clock.now()).date())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; Enter and Space do nothing here."""
        if event.key() == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                self.gone_back.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside until there is an answer."""
        inside = [
            widget for widget in self.findChildren(QWidget)
            if widget.isVisibleTo(self) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]  # fmt: skip
        if not inside:
            return False
        now = QApplication.focusWidget()
        at = inside.index(now) + (1 if forward else -1) if now in inside else (0 if forward else -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[at % len(inside)].setFocus(reason)
        return True


class _Answer(Button):
    """An answer that Enter never gives."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the panel, which does nothing with it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class _Long(Field):
    """A field for a line of words, wherever there is room for one."""

    def sizeHint(self) -> QSize:
        """As wide as a line of forty letters; how high follows from that."""
        return QSize(max(super().sizeHint().width(), 40 * self.fontMetrics().averageCharWidth()), 0)

    def minimumSizeHint(self) -> QSize:
        """As narrow as any field; its label is not counted with the lines it would have there."""
        return QSize(super().minimumSizeHint().width(), 0)


@dataclass(frozen=True, slots=True)
class _Half:
    """What was typed of who decides, not recorded yet."""

    person: str
    proof: str
    review: str


class _SomeoneElse(QWidget):
    """Who decides for the patient, and when to look at it again.

    What is half typed is there again when the same patient is asked once more at this sign-in; it is never written.

    Signals:
        chosen: The person's id, the date, and what was seen of their authority.
        person_needed: They are not on the card.
    """

    chosen = Signal(str, object, str)
    person_needed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = dt.date.min
        self._rows = column(self, gap=6)
        self._people = QButtonGroup(self)
        self._proof, self._review = Field(""), Field("")
        self._proofs: dict[str, str] = {}
        self._patient: PatientId | None = None
        self._half: dict[PatientId, _Half] = {}
        self.hide()

    def ask(self, patient: Patient, today: dt.date) -> None:
        """Offer the people on the card."""
        self._remember()
        people = patient.people
        self._patient = patient.id if people else None
        self._today = today
        empty(self._rows)
        self._people.deleteLater()
        self._people = QButtonGroup(self)
        if not people:
            self._rows.addWidget(Label(_("Nobody is on the card yet who could decide."), "body"))
            add = Button(_("Add the person"), "secondary", self.person_needed.emit)
            row(self._rows, add, stretch_last=True)
            self.show()
            add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._rows.addWidget(Label(_("Who decides"), "label"))
        for person in people:
            choice = QRadioButton()
            choice.setProperty("value", person.id)
            self._people.addButton(choice)
            self._rows.addWidget(Worded(choice, f"{isolate(person.name)}, {authority_words(person.authority)}"))
        self._proofs = {person.id: person.authority_proof for person in people}
        self._proof = _Long(_("What was seen of their authority"))
        only = _("Without authority, or proof of a power of attorney or a court’s order, only adjustments are kept.")
        self._proof.edit.setAccessibleDescription(only)
        self._people.buttonToggled.connect(self._turned_to)
        first = self._people.buttons()[0]
        first.setChecked(True)
        self._review = Field(_("Look at it again on"))
        self._review.edit.setText(short_date(today + REVIEW_AFTER))
        # Beside each other where there is room: the card's head stays in sight above them.
        line = place(self._rows, FlowLayout(gap=12, stand=Qt.AlignmentFlag.AlignBottom))
        for widget in (self._proof, self._review, Button(_("Record"), "secondary", self._record)):
            line.addWidget(widget)
        self._rows.addWidget(Label(only, "detail"))
        self._fill(self._half.pop(patient.id, None))
        self.show()
        (self._people.checkedButton() or first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self) -> None:
        chosen = self._people.checkedButton()
        if self._patient is not None and chosen is not None:
            self._half[self._patient] = _Half(
                person=str(chosen.property("value")), proof=self._proof.text, review=self._review.text
            )

    def _fill(self, half: "_Half | None") -> None:
        chosen = [each for each in self._people.buttons() if half is not None and each.property("value") == half.person]
        if half is not None and chosen:
            chosen[0].setChecked(True)
            self._proof.edit.setText(half.proof)
            self._review.edit.setText(half.review)

    def _record(self) -> None:
        day = read_date(self._review.text, self._today, future=True)
        if day is None or day <= self._today:
            self._review.say_problem(
                _("A day to come, such as {day}.").format(day=short_date(self._today + REVIEW_AFTER))
            )
            self._review.edit.setFocus()
            return
        chosen = self._people.checkedButton()
        if chosen is not None:
            self._patient = None  # it is typed to the end
            self.chosen.emit(str(chosen.property("value")), day, self._proof.text)

    def _turned_to(self, button: QAbstractButton, on: bool) -> None:
        """Show what the card says was seen of the authority of whoever is chosen."""
        if on:
            self._proof.edit.setText(self._proofs.get(str(button.property("value")), ""))
