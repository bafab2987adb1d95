"""The telephone rings: whose number or name it is, what was asked, who is speaking, and what may be said to them.

Until something may be said, one sentence stands there that discloses nothing, whoever rings about whomever. A number
that several people have opens none of them.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.communication import CallAnswer, CallView, Check, Speaker
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import PersonHit
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.choice import Choice
from ui.widgets.controls import Button, Field, Label, Panel, Section, Tick, empty
from ui.widgets.dialog import Dialog
from ui.widgets.worded import Worded


class CallDialog(Dialog):
    """One call that comes in.

    Args:
        tools: What a screen works with.
        parent: The window.

    Signals:
        saved: Id of the patient with whom the call was written down.
        person_wanted: Id of the person to open.
    """

    saved = Signal(str)
    person_wanted = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Somebody rings"), parent, width=600, height=650)
        self._tools = tools
        self.view: CallView | None = None
        self.holders: list[Choice] = []
        self.checks: dict[Check, Tick] = {}
        self._speakers = QButtonGroup(self)
        self._who: dict[QRadioButton, tuple[Speaker, str]] = {}
        self.field = Field(_("The number on the display, or a name"))
        self._found = Panel("scrolled", margins=(0, 0, 0, 0), gap=2)
        self._about = Panel("scrolled", margins=(0, 0, 0, 0), gap=7)
        self._heading = Label("", "label")
        self.answer = Label("", "lead")
        say = Panel("important", gap=2)
        say.add(self._heading, self.answer)
        for widget in (self.field, self._found, self._about, say):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.keep = self.add_button(Button(_("Write the call down"), "primary", self.write_down))
        self.keep_and_open = self.add_button(
            Button(_("Write it down, open the card"), "secondary", partial(self.write_down, and_open=True))
        )
        self.add_close(_("Leave it"))
        for button in (self.keep, self.keep_and_open):
            button.setAutoDefault(False)
            button.setEnabled(False)
        self.field.edit.returnPressed.connect(self.look_for)
        self._speakers.buttonClicked.connect(lambda _button: self._ask())
        self._show_answer(CallAnswer(may_talk=False, sentence=""))
        tools.work.submit(self, tools.desk.calls.nothing_to_say, self._begin)

    @property
    def speaker(self) -> tuple[Speaker, str]:
        """Who is on the line, with the related person's id."""
        chosen = self._speakers.checkedButton()
        return self._who.get(chosen, _UNKNOWN) if isinstance(chosen, QRadioButton) else _UNKNOWN

    def look_for(self) -> None:
        """List everybody whom the number or the name may belong to."""
        text = self.field.text.strip()
        if text:
            ask = partial(self._tools.desk.calls.holders, text)
            self._tools.work.submit(self, ask, self._list, self._problem, key="call holders")

    def choose(self, patient_id: PatientId) -> None:
        """Say whom the call is about."""
        ask = partial(self._tools.desk.calls.about, patient_id)
        self._tools.work.submit(self, ask, self._show, self._problem, key="call about")

    def say_speaker(self, speaker: Speaker, person: str = "") -> None:
        """Choose who is on the line."""
        next(radio for radio, who in self._who.items() if who == (speaker, person)).click()

    def write_down(self, *, and_open: bool = False) -> None:
        """Keep that they rang."""
        if self.view is None:
            return
        patient, (speaker, person) = self.view.patient, self.speaker
        keep = partial(self._tools.desk.calls.came_in, patient, speaker, person, self._checked())
        self._tools.work.submit(self, keep, lambda _kept: self._kept(patient, and_open=and_open), self._problem)

    def _begin(self, answer: CallAnswer) -> None:
        self._show_answer(answer)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self, hits: tuple[PersonHit, ...]) -> None:
        self._show_nobody()
        self.holders = [Choice(_hit_words(hit), partial(self.choose, hit.id)) for hit in hits]
        self._found.add(*self.holders)
        if not hits:
            self._found.add(Label(_("Nobody is found by that."), "muted"))
        self.turn_to(self.holders[0] if self.holders else self.field.edit)

    def _show_nobody(self) -> None:
        self.view = None
        for part in (self._found, self._about):
            empty(part.rows)
        self.holders, self.checks, self._who = [], {}, {}
        for button in self._speakers.buttons():
            self._speakers.removeButton(button)
        self._fit()
        self._ask()

    def _show(self, view: CallView) -> None:
        self._show_nobody()
        self.view = view
        born = long_date(view.birth_date) if view.birth_date else _("birth date not known")
        words = _("{name}, {born}").format(name=isolate(view.name), born=born)
        self._about.add(Label(words, "name-strong"), Section(_("What was asked, and answered rightly")))
        for check, asked in (
            (Check.BIRTH_DATE, _("Their birth date")),
            (Check.POSTCODE_OR_NUMBER, _("Their postcode or number")),
            (Check.CALL_BACK, _("Rung back on a number that stands here")),
        ):
            tick = self.checks[check] = Tick("")
            tick.toggled.connect(lambda _on: self._ask())
            self._about.add(Worded(tick, asked))
        self._about.add(Label(_("Two of these, or a number that is theirs alone."), "muted"))
        self._about.add(Section(_("Who is speaking")))
        self._add_speaker(_("The patient"), Speaker.PATIENT)
        for caller in view.callers:
            self._add_speaker(isolate(caller.words), Speaker.RELATED, caller.id)
        self._add_speaker(_("Somebody else"), Speaker.SOMEBODY_ELSE).setChecked(True)
        for each in self._about.findChildren(Worded):
            each.show()
        self._fit()
        self._ask()
        self.turn_to(self.checks[Check.BIRTH_DATE])

    def _add_speaker(self, words: str, speaker: Speaker, person: str = "") -> QRadioButton:
        radio = QRadioButton()
        self._who[radio] = (speaker, person)
        self._speakers.addButton(radio)
        self._about.add(Worded(radio, words))
        return radio

    def _ask(self) -> None:
        desk = self._tools.desk
        if self.view is None:
            self._tools.work.submit(self, desk.calls.nothing_to_say, self._show_answer, self._problem, key="call says")
            return
        speaker, person = self.speaker
        ask = partial(desk.calls.answer, self.view.patient, speaker, person, self._checked())
        self._tools.work.submit(self, ask, self._show_answer, self._problem, key="call says")

    def _show_answer(self, answer: CallAnswer) -> None:
        self._heading.say(_("What you may say") if answer.may_talk else _("Say only this"))
        self.answer.say(answer.sentence, name=answer.sentence)

    def _checked(self) -> tuple[Check, ...]:
        return tuple(check for check, tick in self.checks.items() if tick.isChecked())

    def _fit(self) -> None:
        for button in (self.keep, self.keep_and_open):
            button.setEnabled(self.view is not None)

    def _kept(self, patient: PatientId, *, and_open: bool) -> None:
        self._tools.messages.say(_("The call is written down."))
        self.saved.emit(patient)
        if and_open:
            self.person_wanted.emit(patient)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self.field.say_problem(str(error))


_UNKNOWN = (Speaker.SOMEBODY_ELSE, "")


def _hit_words(hit: PersonHit) -> str:
    born = long_date(hit.birth_date) if hit.birth_date else _("birth date not known")
    return _("{name}, {born}").format(name=isolate(hit.name), born=born)
