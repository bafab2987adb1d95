"""A message in the patient's language, by a way they agreed to; it is handed over, and somebody ticks whether it went.

Where a way is closed one sentence says why, and the same one for every no.
"""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.message import WRITTEN, HandedOver, HandedTo, MessageDraft, MessageTemplate
from rapportdesk.model.patient import ContactSystem, Patient
from ui.emergency.words_field import WordsField
from ui.explained.plain_words import PlainWords
from ui.look.bidi import isolate
from ui.look.dates import reading_locale
from ui.reach.handing_over import give
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Tick
from ui.widgets.dialog import Dialog
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.whose import Whose

_FIRST = "ring-us"
"""The template that is offered first: it names no visit, so that it fits everybody."""


class MessageDialog(Dialog):
    """One message to one patient.

    Signals:
        saved: The patient's id; a line of the contact log is new.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Write to them"), parent, width=620, height=660)
        self._tools, self._patient_id = tools, patient_id
        self.draft: MessageDraft | None = None
        self._waiting: RecordId | None = None
        self._whose = Whose()
        self.template, self.way = Picker(_("What about")), Picker(_("By which way"))
        self.where = Label("", "body")
        self.language = Label("", "caution")
        self.subject = Field(_("Subject"))
        self.words = WordsField(tools, _("Words"), to_patient=True)
        self.plain = PlainWords(tools, self.words.field, ours=self._is_ours)
        self.large = Tick(_("Large print"))
        self.said = Said()
        about, by = Label(_("What about"), "label"), Label(_("By which way"), "label")
        about.setBuddy(self.template)
        by.setBuddy(self.way)
        for widget in (
            self._whose, about, self.template, by, self.way, self.where, self.language, self.subject, self.words,
            self.plain, self.large, self.said,
        ):  # fmt: skip
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.hand = self.add_button(Button(_("Hand over"), "primary", self.hand_over))
        self.copy = self.add_button(Button(_("Copy it instead"), "secondary", self.copy_words))
        self.sent = self.add_button(Button(_("It is sent"), "primary", partial(self.tick, sent=True)))
        self.not_sent = self.add_button(Button(_("It is not sent"), "secondary", partial(self.tick, sent=False)))
        self._close = self.add_close()
        for button in (self.hand, self.copy, self.sent, self.not_sent):
            button.setAutoDefault(False)
        for system, words in (
            (ContactSystem.SMS, _("Text message")),
            (ContactSystem.EMAIL, _("E-mail")),
            (ContactSystem.POST, _("Letter")),
        ):  # fmt: skip
            self.way.addItem(words, system)
        for picker in (self.template, self.way):
            picker.activated.connect(lambda _index: self.write())
        self._fit()
        desk = tools.desk

        def first() -> tuple[Patient, tuple[MessageTemplate, ...]]:
            return desk.people.get(patient_id), desk.message_templates.all()

        tools.work.submit(self, first, self._begin, self._problem)

    def choose(self, template_id: str, system: ContactSystem) -> None:
        """Choose what about and by which way."""
        self.template.setCurrentIndex(self.template.findData(template_id))
        self.way.setCurrentIndex(self.way.findData(system))
        self.write()

    def write(self) -> None:
        """Draft what is chosen anew."""
        template, system = str(self.template.currentData()), ContactSystem(self.way.currentData())
        ask = partial(self._tools.desk.messages.draft, self._patient_id, template, system)
        self._tools.work.submit(self, ask, self._show, self._no_draft, key="message draft")

    def hand_over(self) -> None:
        """Give it to the program, or to paper."""
        paper = self.draft is not None and self.draft.way.system is ContactSystem.POST
        self._hand_over(HandedTo.PAPER if paper else HandedTo.PROGRAM)

    def copy_words(self) -> None:
        """Give it to the clipboard, out of which it goes by itself."""
        self._hand_over(HandedTo.CLIPBOARD)

    def tick(self, *, sent: bool) -> None:
        """Keep whether it was sent, and close."""
        if self._waiting is not None:
            tick = partial(self._tools.desk.messages.tick, self._waiting, sent=sent)
            self._tools.work.submit(self, tick, lambda _kept: self._done(), self._problem)

    def _is_ours(self) -> bool:
        """Whether the words are in the language in use, for saying how plainly they read."""
        ours = reading_locale().get_language_name() or ""
        return self.draft is not None and self.draft.language.casefold() in {"", ours.casefold()}

    def _begin(self, loaded: tuple[Patient, tuple[MessageTemplate, ...]]) -> None:
        patient, templates = loaded
        self._whose.show_patient(patient)
        for template in templates:
            self.template.addItem(template.name, template.id)
        self.template.setCurrentIndex(max(self.template.findData(_FIRST), 0))
        self.turn_to(self.template)
        self._first_open()

    def _first_open(self) -> None:
        """Begin with the first way that is open; with the first of all where none is."""
        desk, patient = self._tools.desk, self._patient_id
        template = str(self.template.currentData())

        def drafts() -> MessageDraft:
            made = [desk.messages.draft(patient, template, system) for system in WRITTEN]
            return next((each for each in made if each.way.open), made[0])

        self._tools.work.submit(self, drafts, self._show, self._no_draft, key="message draft")

    def _show(self, draft: MessageDraft) -> None:
        self.draft = draft
        self.said.hide()
        self.way.setCurrentIndex(self.way.findData(draft.way.system))
        where = " · ".join(part for part in (isolate(draft.way.value), draft.way.why) if part)
        self.where.setProperty("role", "body" if draft.way.open else "caution")
        self.where.style().polish(self.where)
        self.where.say(where, name=where)
        in_other = _("These words are in {language}; they like {other} best.").format(
            language=draft.language, other=draft.other_language
        )
        self.language.say(in_other if draft.other_language else "", name=in_other if draft.other_language else "")
        self.subject.edit.setText(draft.subject)
        self.words.field.setPlainText(draft.text)
        self._fit()

    def _no_draft(self, error: RapportError) -> None:
        self.draft = None
        self._fit()
        self._problem(error)

    def _hand_over(self, to: HandedTo) -> None:
        if self.draft is None:
            return
        draft = replace(self.draft, subject=self.subject.text, text=self.words.text)
        hand = partial(self._tools.desk.messages.hand_over, draft, to)
        self._tools.work.submit(self, hand, self._handed_over, self._problem)

    def _handed_over(self, handed: HandedOver) -> None:
        self._waiting = handed.communication
        self.saved.emit(self._patient_id)
        words = _("Handed over. Nothing is sent from here: say so once it is.")
        try:
            give(self._tools, handed, self, large_print=self.large.isChecked())
        except RapportError as error:
            words = str(error)
        self._fit()
        self._say(words)
        self.turn_to(self.sent)

    def _fit(self) -> None:
        waits, way = self._waiting is not None, self.draft.way if self.draft else None
        is_open = way is not None and way.open
        post, mail = (way is not None and way.system is each for each in (ContactSystem.POST, ContactSystem.EMAIL))
        self.hand.setText(_("Print the letter…") if post else _("Hand over"))
        for button in (self.hand, self.copy):
            button.setVisible(not waits)
            button.setEnabled(is_open)
        for button in (self.sent, self.not_sent):
            button.setVisible(waits)
        for part in (self.template, self.way, self.subject, self.words, self.large):
            part.setEnabled(not waits)
        self.copy.setVisible(not waits and not post)
        self.where.setVisible(bool(self.where.text()))
        self.language.setVisible(bool(self.language.text()))
        self.subject.setVisible(post or mail)
        self.large.setVisible(post)
        self.words.setVisible(self.draft is not None)

    def _say(self, words: str) -> None:
        self.said.tell(words)

    def _done(self) -> None:
        self.saved.emit(self._patient_id)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._say(str(error))
