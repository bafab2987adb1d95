"""The words that are often written, put as this practice puts them; a field that is not known is refused at once."""

from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.message import MessageTemplate
from ui.emergency.words_field import WordsField
from ui.look.dates import language_name
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label
from ui.widgets.dialog import Dialog
from ui.widgets.picker import Picker
from ui.widgets.said import Said

LANGUAGES = ("en", "cy", "ar", "bn", "de", "es", "fr", "gu", "pa", "pl", "pt", "ro", "so", "tr", "uk", "ur")
"""In which templates may be written: those of the bundled ones first, then what is most spoken around them."""


class TemplatesDialog(Dialog):
    """The templates of messages, for a manager."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Words often written"), parent, width=620, height=640)
        self._tools = tools
        self.templates: dict[str, MessageTemplate] = {}
        self.template, self.language = Picker(_("Which message")), Picker(_("In which language"))
        self.name = Field(_("What the new one is called"))
        self.subject = Field(_("Subject"))
        self.words = WordsField(tools, _("Words"), to_patient=True)
        self.said = Said()
        which, language = Label(_("Which message"), "label"), Label(_("In which language"), "label")
        which.setBuddy(self.template)
        language.setBuddy(self.language)
        fields = _("Merged in: {called}, {day}, {time}, {practitioner}, {clinic}, each in braces as here.")
        for widget in (
            which, self.template, language, self.language, self.name, self.subject, self.words,
            Label(fields, "muted"), self.said,
        ):  # fmt: skip
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.save = self.add_button(Button(_("Save"), "primary", self.keep))
        self.away = self.add_button(Button(_("Take our own words away"), "secondary", self.take_away))
        for button in (self.save, self.away):
            button.setAutoDefault(False)
        self.add_close()
        for code in LANGUAGES:
            self.language.addItem(language_name(code), code)
        for picker in (self.template, self.language):
            picker.activated.connect(lambda _index: self._fill())
        self._ask("")

    def choose(self, template_id: str, language: str = "en") -> None:
        """Choose a template and a language; empty for a new one."""
        self.template.setCurrentIndex(self.template.findData(template_id))
        self.language.setCurrentIndex(self.language.findData(language))
        self._fill()

    def keep(self) -> None:
        """Keep what is typed, or say why it cannot be."""
        template, language = str(self.template.currentData() or ""), str(self.language.currentData())
        write = partial(
            self._tools.desk.message_templates.write, template, self.subject.text, self.words.text, language=language,
            name=self.name.text if not template else "",
        )  # fmt: skip
        self._tools.work.submit(self, write, self._kept, self._problem)

    def take_away(self) -> None:
        """Let the bundled words stand again, or the clinic's own one be gone."""
        away = partial(self._tools.desk.message_templates.take_away, str(self.template.currentData() or ""))
        self._tools.work.submit(self, away, lambda _none: self._gone(), self._problem)

    def _ask(self, then: str) -> None:
        ask = self._tools.desk.message_templates.all
        self._tools.work.submit(self, ask, partial(self._show, then), self._problem)

    def _show(self, chosen: str, templates: tuple[MessageTemplate, ...]) -> None:
        self.templates = {each.id: each for each in templates}
        self.template.clear()
        for each in templates:
            self.template.addItem(each.name, each.id)
        self.template.addItem(_("A new one"), "")
        self.template.setCurrentIndex(max(self.template.findData(chosen), 0) if chosen else 0)
        self._fill()
        self.turn_to(self.template)

    def _fill(self) -> None:
        template = self.templates.get(str(self.template.currentData() or ""))
        language = str(self.language.currentData())
        words = next((each for each in template.words if each.language == language), None) if template else None
        self.subject.edit.setText(words.subject if words else "")
        self.words.field.setPlainText(words.text if words else "")
        self.name.setVisible(template is None)
        self.away.setVisible(template is not None and template.own)
        self.said.hide()

    def _kept(self, template: MessageTemplate) -> None:
        self._tools.messages.say(_("Saved. It is written so from now on."))
        self._ask(template.id)

    def _gone(self) -> None:
        self._tools.messages.say(_("Taken away."))
        self._ask("")

    def _problem(self, error: RapportError) -> None:
        self.said.tell(error)
