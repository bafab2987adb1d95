"""What may be talked about, how, and who may even know its name: the patient's choice, taken down in plain words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId, TopicHandle
from rapportdesk.model.note import Audience
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission, TopicPermission, default_name_for
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.topic.asking import AskingPart
from ui.topic.topic_view import PLAIN, name_for_words, others, permission_words
from ui.widgets.controls import Button, Field, Section, place
from ui.widgets.flow import FlowLayout
from ui.widgets.kept_form import FormDialog, KeptForm
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded
from ui.widgets.written_date import read_date


@dataclass(frozen=True, slots=True)
class _Loaded:
    patient: Patient
    topics: tuple[TopicPermission, ...]
    choices: Mapping[str, str]
    asked: Mapping[str, tuple[str, ...]]
    earlier: str | None


class TopicDialog(FormDialog):
    """Takes down how one topic may be raised with one patient.

    Args:
        tools: What a screen works with.
        patient_id: With whom.
        parent: The window.
        topic: The topic that is chosen at first: that of the line on which the keyboard stands.

    Signals:
        saved: The patient's id.
    """

    saved = Signal(str)

    def __init__(
        self, tools: Tools, patient_id: PatientId, parent: QWidget | None, *, topic: TopicHandle | None = None
    ) -> None:
        super().__init__(tools.theme, _("What may be talked about"), parent, width=620, height=640)
        self._tools, self._patient_id, self._first = tools, patient_id, topic
        self._topics: dict[str, TopicPermission] = {}
        self._asked: Mapping[str, tuple[str, ...]] = {}
        self._codes: dict[QAbstractButton, str] = {}
        self._topic_buttons = QButtonGroup(self)
        self._permissions = QButtonGroup(self)
        self._names = QButtonGroup(self)
        self._more = Picker(_("Another topic"))
        self.own = Field(_("Or in their own words"))
        self.person = Picker(_("In front of whom it must not be raised"))
        self.since = Field(_("From (empty: today)"))
        self.until = Field(_("Until (empty: until they say otherwise)"))
        self.asking = AskingPart(tools)
        self._said_by = Field(_("Who said so (empty: the patient)"))
        self._said = Said()
        self.whose = Whose()
        self.rows.addWidget(self.whose)
        self.kept = KeptForm(tools, Form.TOPIC, patient_id, self)
        self.rows.addWidget(self.kept)
        self._save = self.add_button(Button(_("Save"), "primary", self.save))
        self._save.setAutoDefault(False)
        self._save.setEnabled(False)
        self.add_button(Button(_("Leave it"), "secondary", self.leave)).setAutoDefault(False)
        desk, earlier = tools.desk, self.kept.earlier
        tools.work.submit(
            self,
            lambda: _Loaded(
                desk.people.get(patient_id),
                desk.topics.of(patient_id),
                desk.topics.choices(),
                desk.topics.asked(patient_id),
                earlier(),
            ),
            self._show,
            self._problem,
        )

    @property
    def code(self) -> str:
        """The topic that is chosen: a code, or the patient's own word; empty for none."""
        chosen = self._topic_buttons.checkedButton()
        return self.own.text.strip() or (self._codes[chosen] if chosen else str(self._more.currentData() or ""))

    @property
    def permission(self) -> Permission | None:
        """How it may be raised; None until chosen."""
        chosen = self._permissions.checkedButton()
        return Permission(chosen.property("value")) if chosen else None

    def offered_words(self) -> list[str]:
        """Return the words on the topics offered at once."""
        return [button.text() for button in self._topic_buttons.buttons()]

    def choose(self, code: str) -> None:
        """Choose one of the topics offered at once."""
        next(button for button, each in self._codes.items() if each == code).click()

    def allow(self, permission: Permission) -> None:
        """Choose how the topic may be raised."""
        _check(self._permissions, permission)

    def fields(self) -> dict[str, Any]:
        """Return everything that is chosen and typed."""
        topic, permission, name_for = map(_checked, (self._topic_buttons, self._permissions, self._names))
        return {
            "topic": topic,
            "more": str(self._more.currentData() or ""),
            "permission": permission,
            "name_for": name_for,
            "person": str(self.person.currentData() or ""),
            **{name: field.text for name, field in self._texts().items()},
        }

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this be chosen and typed, as far as it is still offered."""
        for group, name in (
            (self._topic_buttons, "topic"), (self._permissions, "permission"), (self._names, "name_for"),
        ):  # fmt: skip
            _check(group, fields[name])
        for picker, name in ((self._more, "more"), (self.person, "person")):
            picker.setCurrentIndex(max(picker.findData(fields[name]), 0))
        for name, field in self._texts().items():
            field.edit.setText(fields[name])

    def save(self) -> None:
        """Keep what is chosen, or say what is missing."""
        code, permission = self.code, self.permission
        today = self._today()
        since, until = (read_date(field.text, today, future=True) for field in (self.since, self.until))
        not_a_day = _not_a_day((self.since, since), (self.until, until))
        if not code:
            self._say(_("Choose a topic, or write one."))
        elif permission is None:
            self._say(_("Choose how it may be raised."))
        elif not_a_day is not None:
            not_a_day.say_problem(_("That is not a day. For example: 31 December 2027."))
            not_a_day.edit.setFocus()
        else:
            person = str(self.person.currentData() or "") if permission is Permission.NOT_IN_FRONT_OF else ""
            chosen = self._names.checkedButton()
            name_for = Audience(chosen.property("value")) if chosen else None
            desk, patient_id, sentence = self._tools.desk, self._patient_id, self.asking.sentence.text
            said_by, answer = self._said_by.text, self.asking.answer.text
            self._save.setEnabled(False)

            def keep() -> None:
                desk.topics.set(
                    patient_id, code, permission, name_for=name_for, since=since, until=until, person=person,
                    asking_sentence=sentence, said_by=said_by, answer=answer,
                )  # fmt: skip

            self._tools.work.submit(self, self.kept.saving(keep), lambda _none: self._done(), self._not_saved)

    def _show(self, loaded: _Loaded) -> None:
        self.whose.show_patient(loaded.patient)
        self._topics = {topic.code: topic for topic in loaded.topics}
        self._asked = loaded.asked
        self.rows.addWidget(Section(_("Topic")))
        chips = place(self.rows, FlowLayout(gap=6, row_gap=6))
        offered = [code for code in PLAIN if code in loaded.choices]
        known = [code for code in self._topics if code not in offered]
        for code in (*offered, *known):
            chip = Button(loaded.choices.get(code, code), "small")
            chip.setCheckable(True)
            chip.setProperty("value", code)
            self._codes[chip] = code
            self._topic_buttons.addButton(chip)
            chips.addWidget(chip)
        self._topic_buttons.buttonClicked.connect(lambda _button: self._turned_to(self.code))
        self._more.addItem(_("Another topic…"), "")
        for code, words in others(loaded.choices):
            self._more.addItem(words, code)
        self._more.activated.connect(self._picked_more)
        self.rows.addWidget(self._more)
        self.rows.addWidget(self.own)
        self.rows.addWidget(self.asking.before)
        self.own.edit.textEdited.connect(lambda _text: self._leave_chips())
        self._add_permissions(loaded.patient)
        self._add_names()
        for part in (self.since, self.until, self._said_by, self.asking):
            self.rows.addWidget(part)
        self.own.edit.editingFinished.connect(lambda: self._suggest(self.code))
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self._save.setEnabled(True)
        chosen = next((each.code for each in loaded.topics if each.handle == self._first), "")
        if chosen:
            self.choose(chosen)
        self.kept.begin()
        self.kept.bring_back(loaded.earlier)
        first = self._topic_buttons.checkedButton() or self._topic_buttons.buttons()[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_permissions(self, patient: Patient) -> None:
        self.rows.addWidget(Section(_("How it may be raised")))
        for permission in Permission:
            if permission is Permission.NOT_IN_FRONT_OF and not patient.people:
                continue
            self._permissions.addButton(self._radio(permission_words(permission), permission))
        self._permissions.buttonToggled.connect(lambda _button, _on: self._fit_person())
        for person in patient.people:
            self.person.addItem(f"{isolate(person.name)}, {person.relation}".rstrip(", "), person.id)
        self.rows.addWidget(self.person)
        self._fit_person()

    def _add_names(self) -> None:
        self.rows.addWidget(Section(_("Who may know its name")))
        for audience in Audience:
            self._names.addButton(self._radio(name_for_words(audience), audience))

    def _radio(self, words: str, value: str) -> QRadioButton:
        radio = QRadioButton()
        radio.setProperty("value", str(value))
        self.rows.addWidget(Worded(radio, words))
        return radio

    def _picked_more(self) -> None:
        self.own.edit.clear()
        self._leave_chips()
        self._turned_to(self.code)

    def _leave_chips(self) -> None:
        chosen = self._topic_buttons.checkedButton()
        if chosen is not None:
            self._topic_buttons.setExclusive(False)
            chosen.setChecked(False)
            self._topic_buttons.setExclusive(True)
        self._turned_to(self.code)

    def _turned_to(self, code: str) -> None:
        """Show what was said about this topic before, or its usual answer."""
        self.asking.show_before(self._asked.get(code, ()))
        self._suggest(code)
        before = self._topics.get(code)
        name_for = before.name_for if before else default_name_for(code)
        _check(self._names, name_for)
        if before is None:
            return
        if before.permission is not None:
            _check(self._permissions, before.permission)
        self.person.setCurrentIndex(max(self.person.findData(before.person), 0))
        self.until.edit.setText(short_date(before.valid_until) if before.valid_until else "")
        if before.valid_from is not None and before.valid_from > self._today():
            self.since.edit.setText(short_date(before.valid_from))
        self.asking.sentence.edit.setText(before.asking_sentence)
        self._said_by.edit.setText(before.said_by)

    def _suggest(self, code: str) -> None:
        desk = self._tools.desk
        ask = partial(desk.topics.suggestions, code)
        self._tools.work.submit(self, ask, self.asking.suggest, key="ways to ask")

    def _today(self) -> dt.date:
        clock = self._tools.clock
        return clock.local(clock.now()).date()

    def _texts(self) -> dict[str, Field]:
        return {
            "own": self.own, "since": self.since, "until": self.until, "sentence": self.asking.sentence,
            "said_by": self._said_by, "asked": self.asking.answer,
        }  # fmt: skip

    def _fit_person(self) -> None:
        self.person.setVisible(self.permission is Permission.NOT_IN_FRONT_OF)

    def _say(self, sentence: str) -> None:
        self._said.tell(sentence)

    def _not_saved(self, error: RapportError) -> None:
        self.kept.not_saved()
        self._save.setEnabled(True)
        self._problem(error)

    def _problem(self, error: RapportError) -> None:
        self._say(str(error))

    def _done(self) -> None:
        self.kept.saved()
        self._tools.messages.say(_("Kept: how it may be raised."))
        self.saved.emit(self._patient_id)
        self.accept()


def _check(group: QButtonGroup, value: str) -> None:
    """Have the button with this value be the checked one; none for a value that is not offered."""
    group.setExclusive(False)
    for button in group.buttons():
        button.setChecked(button.property("value") == str(value))
    group.setExclusive(True)


def _not_a_day(*written: tuple[Field, dt.date | None]) -> Field | None:
    """Return the first field in which something is written that is no day."""
    return next((field for field, day in written if field.text.strip() and day is None), None)


def _checked(group: QButtonGroup) -> str:
    chosen = group.checkedButton()
    return str(chosen.property("value")) if chosen else ""
