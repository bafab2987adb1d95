"""What was explained on a visit and how it came back: one form, of which only what is filled in is kept.

It opens from the card and from the brief. Ctrl+Enter keeps it, Enter goes on to the next field, and whatever is typed
is sealed meanwhile.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from rapportdesk.desk.brief.explained import AfterVisit
from rapportdesk.errors import ConsentNeeded, RapportError
from rapportdesk.language import _
from rapportdesk.model.draft import Form
from rapportdesk.model.explained import TeachBack
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.leaflet import Leaflet
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.patient import Patient
from ui.explained.plain_words import PlainWords
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Section, Tick, row
from ui.widgets.kept_form import FormDialog, KeptForm
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded
from ui.widgets.written import Written

ELSEWHERE = "elsewhere"
"""What stands in the list for a leaflet that is not in the library."""


class ExplainedDialog(FormDialog):
    """The form for one patient's visit.

    Signals:
        saved: The patient's id.
        command_wanted: Id of a command: the patient has to be asked for consent first.
    """

    saved = Signal(str)
    command_wanted = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Explained and understood"), parent, width=620, height=660)
        self._tools, self._patient_id = tools, patient_id
        self._whose = Whose()
        self.ask_first = Button(_("Ask them first"), "secondary", self._ask_first)
        self.ask_first.setAutoDefault(False)
        self.ask_first.hide()
        theme = tools.theme
        self.what = Field(_("What was explained"), hint=_("Left empty, the leaflet’s title stands for it."))
        self.in_words = Written(theme, _("In which plain words"))
        self.plain = PlainWords(tools, self.in_words.field)
        self.leaflet = Picker(_("Leaflet given"))
        self.leaflet.addItem(_("No leaflet"), "")
        self.leaflet.addItem(_("One from elsewhere"), ELSEWHERE)
        self.title = Field(_("Its title"))
        self.why = Field(_("Why"))
        self._results = QButtonGroup(self)
        self._results.setExclusive(True)
        self.understood = Field(_("How they put it"))
        self.felt = Field(_("How they felt"))
        self.acknowledged = Field(_("How it was acknowledged"))
        self.next_step = Field(_("What comes next, as it was told to them"))
        self.sealed = Tick(_("For clinicians only"))
        self._said = Said()
        self.kept = KeptForm(tools, Form.EXPLAINED, patient_id, self)
        self._lay_out()
        self.save_button = self.add_button(Button(_("Save"), "primary", self.save, shortcut=self._keys()))
        self.save_button.setAutoDefault(False)
        self.save_button.setEnabled(False)
        self.add_button(Button(_("Leave it"), "secondary", self.leave)).setAutoDefault(False)
        self.leaflet.currentIndexChanged.connect(lambda _at: self._fit())
        desk, earlier = tools.desk, self.kept.earlier
        tools.work.submit(
            self, lambda: (desk.people.get(patient_id), desk.leaflets.list(), earlier()), self._show, self._problem
        )

    def fields(self) -> dict[str, Any]:
        """Return everything that is typed and chosen."""
        texts = {name: edit.text for name, edit in self._texts().items()}
        chosen = self._results.checkedButton()
        return {
            **texts,
            "in_words": self.in_words.text,
            "leaflet": str(self.leaflet.currentData() or ""),
            "teach_back": str(chosen.property("value")) if chosen else "",
            "sealed": self.sealed.isChecked(),
        }

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this be typed and chosen, as far as it is still offered."""
        for name, edit in self._texts().items():
            edit.edit.setText(fields[name])
        self.in_words.start_with(fields["in_words"])
        self.leaflet.setCurrentIndex(max(self.leaflet.findData(fields["leaflet"]), 0))
        for button in self._results.buttons():
            button.setChecked(button.property("value") == fields["teach_back"])
        self.sealed.setChecked(fields["sealed"])

    def come_back(self, result: TeachBack) -> None:
        """Say what came of asking them to tell it back."""
        next(each for each in self._results.buttons() if each.property("value") == result).setChecked(True)

    def save(self) -> None:
        """Keep what is filled in."""
        if not self.save_button.isEnabled():
            return
        self._said.hide()
        self.ask_first.hide()
        self.save_button.setEnabled(False)
        desk, patient_id, after = self._tools.desk, self._patient_id, self._after()
        audience = Audience.CLINICIANS if self.sealed.isChecked() else Audience.EVERYONE
        keep = partial(desk.explained.keep, patient_id, after, audience=audience)
        self.kept.saving(_nothing)  # sealed as it stands; nothing more until it is kept or refused

        def kept() -> tuple[Note, ...]:
            notes = keep()
            desk.drafts.discard_form(Form.EXPLAINED, patient_id)
            return notes

        self._tools.work.submit(self, kept, self._saved, self._not_saved)

    def _after(self) -> AfterVisit:
        fields = self.fields()
        leaflet = fields["leaflet"]
        return AfterVisit(
            what=fields["what"],
            in_words=fields["in_words"],
            leaflet=RecordId(leaflet) if leaflet not in {"", ELSEWHERE} else None,
            leaflet_title=fields["title"] if leaflet == ELSEWHERE else "",
            why=fields["why"],
            teach_back=TeachBack(fields["teach_back"]) if fields["teach_back"] else None,
            understood=fields["understood"],
            felt=fields["felt"],
            acknowledged=fields["acknowledged"],
            next_step=fields["next_step"],
        )

    def _lay_out(self) -> None:
        first: tuple[QWidget, ...] = (self._whose, self.kept, self._said)
        then: tuple[QWidget, ...] = (self.what, self.in_words, self.plain)
        for widget in first:
            self.rows.addWidget(widget)
        row(self.rows, self.ask_first, gap=0).addStretch(1)
        for widget in then:
            self.rows.addWidget(widget)
        named = Label(_("Leaflet given"), "label")
        named.setBuddy(self.leaflet)
        self.rows.addWidget(named)
        row(self.rows, self.leaflet, gap=0).addStretch(1)
        self.rows.addWidget(self.title)
        self.rows.addWidget(self.why)
        self.rows.addWidget(Section(_("Asked to tell it back")))
        for result in TeachBack:
            choice = QRadioButton()
            choice.setProperty("value", result.value)
            self._results.addButton(choice)
            self.rows.addWidget(Worded(choice, result_words(result)))
        self.rows.addWidget(self.understood)
        self.rows.addWidget(Section(_("How they felt, and what comes next")))
        for field in (self.felt, self.acknowledged, self.next_step):
            self.rows.addWidget(field)
        self.rows.addWidget(self.sealed)
        self.rows.addStretch(1)
        self._chain()
        self._fit()

    def _chain(self) -> None:
        """Let Enter go on to the next field, and Ctrl+Enter save from anywhere."""
        following = {
            self.what: self.in_words.field, self.title: self.why.edit, self.understood: self.felt.edit,
            self.felt: self.acknowledged.edit, self.acknowledged: self.next_step.edit, self.next_step: self.sealed,
            self.why: self._results.buttons()[0],
        }  # fmt: skip
        for field, target in following.items():
            field.edit.returnPressed.connect(partial(self.turn_to, target))
        self.in_words.entered.connect(partial(self.turn_to, self.leaflet))
        self.in_words.field.refused.connect(self._problem)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)

    def _texts(self) -> dict[str, Field]:
        return {
            "what": self.what, "title": self.title, "why": self.why, "understood": self.understood, "felt": self.felt,
            "acknowledged": self.acknowledged, "next_step": self.next_step,
        }  # fmt: skip

    def _fit(self) -> None:
        self.title.setVisible(self.leaflet.currentData() == ELSEWHERE)

    def _show(self, answer: tuple[Patient, tuple[Leaflet, ...], str | None]) -> None:
        patient, leaflets, earlier = answer
        self._whose.show_patient(patient)
        for leaflet in leaflets:
            self.leaflet.insertItem(self.leaflet.count() - 1, leaflet_words(leaflet), leaflet.id)
        self.kept.bring_back(earlier)
        self.save_button.setEnabled(True)
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, _notes: tuple[Note, ...]) -> None:
        tools = self._tools
        self.kept.saved()
        tools.messages.say(
            _("Kept. The next brief tells of it."),
            lambda: tools.work.submit(tools.messages, tools.desk.notes.undo, lambda _words: None),
        )
        self.saved.emit(self._patient_id)
        self.accept()

    def _not_saved(self, error: RapportError) -> None:
        self.kept.not_saved()
        self.save_button.setEnabled(True)
        self._problem(error)

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
        self.ask_first.setVisible(isinstance(error, ConsentNeeded))
        self.turn_to(self.what.edit if self.ask_first.isHidden() else self.ask_first)

    def _ask_first(self) -> None:
        """Have the patient asked for consent; what is typed is sealed, and back when the form opens again."""
        self.reject()
        self.command_wanted.emit("consent")

    def _keys(self) -> str:
        return QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText).replace("+Return", " ↵")


def result_words(result: TeachBack) -> str:
    """Return what came of asking them to tell it back, as a choice."""
    return {
        TeachBack.UNDERSTOOD: _("Understood: they told it back"),
        TeachBack.EXPLAINED_AGAIN: _("Explained again"),
        TeachBack.NOT_YET: _("Not yet understood"),
        TeachBack.DECLINED: _("Would rather not tell it back"),
    }[result]


def leaflet_words(leaflet: Leaflet) -> str:
    """Return a leaflet's title, with its language where that is said."""
    return (
        _("{title} ({language})").format(title=leaflet.title, language=leaflet.language)
        if leaflet.language
        else leaflet.title
    )


def _nothing() -> None:
    return None
