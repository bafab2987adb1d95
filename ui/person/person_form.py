"""Who somebody is, as a form: names as they are written and said, birth date, numbers, languages, ways, people.

Nothing but a name is required, and one name is a name. A birth date is read back in words beside what was typed.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Identifier, Patient
from ui.look.dates import long_date, short_date
from ui.person.person_contacts import ContactRow
from ui.person.person_people import RelatedRow
from ui.widgets.controls import Field, Panel, Section, column
from ui.widgets.repeater import Repeater
from ui.widgets.written_date import read_date


class NumberRow(QWidget):
    """One number that another system knows the person by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._system = ""
        self.value = Field(_("Number"))
        self.label = Field(_("What it is called"), hint=_("For example: practice number"))
        whole = column(self, gap=6)
        whole.addWidget(self.value)
        whole.addWidget(self.label)
        self.setFocusProxy(self.value)

    def show_number(self, identifier: Identifier) -> None:
        """Fill the row with what is known."""
        self._system = identifier.system
        self.value.edit.setText(identifier.value)
        self.label.edit.setText(identifier.label)

    def fields(self) -> dict[str, Any]:
        """Return everything that stands in the row."""
        return {"system": self._system, "value": self.value.text, "label": self.label.text}

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this stand in the row."""
        self._system = fields["system"]
        self.value.edit.setText(fields["value"])
        self.label.edit.setText(fields["label"])

    def number(self) -> Identifier | None:
        """Return what is typed; None for an empty row."""
        if not self.value.text.strip():
            return None
        return Identifier(system=self._system, value=self.value.text, label=self.label.text)


class PersonForm(Panel):
    """Every field of a person.

    Args:
        today: For reading dates.

    Signals:
        identity_typed: Name or birth date has changed: somebody near may have to be looked for.
    """

    identity_typed = Signal()

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("scrolled", margins=(0, 0, 0, 0), gap=10, parent=parent)
        self._today = today
        self._before = Patient(id=PatientId(""), name="")
        self.name = Field(_("Name, as they write it"))
        self.preferred = Field(_("What they want to be called"))
        self.say = Field(_("How to say it"), hint=_("For example: NEE-ah PRUTH-erkh"))
        self.pronouns = Field(_("Pronouns"), hint=_("As they say them: she / her"))
        self.birth_date = Field(_("Birth date (empty: not known)"))
        self.own_script = Field(_("Name in their own script"))
        self.former = Field(_("Former names"), hint=_("They find the person and are never shown. Commas between them."))
        self.languages = Field(_("Languages, the one they like best first"), hint=_("Commas between them."))
        self.interpreter = Field(_("Interpreter needed for"))
        self.numbers = Repeater(NumberRow, _("Add a number"), _("Take it out"))
        self.contacts = Repeater(ContactRow, _("Add a contact"), _("Take it out"))
        self.people = Repeater(lambda: RelatedRow(today), _("Add a person"), _("Take them out"))
        self.add(
            self.name, self.preferred, self.say, self.pronouns, self.birth_date, self.own_script, self.former,
            Section(_("Numbers")), self.numbers, Section(_("Languages")), self.languages,
            self.interpreter, Section(_("Ways to reach them")), self.contacts,
            Section(_("People in their life")), self.people,
        )  # fmt: skip
        for field in (self.name, self.birth_date):
            field.edit.textEdited.connect(lambda _text: self.identity_typed.emit())
        self.birth_date.edit.textChanged.connect(self._read_back)
        self.setFocusProxy(self.name)

    def show_patient(self, patient: Patient) -> None:
        """Fill the form with what is known."""
        self._before = patient
        for field, text in (
            (self.name, patient.name), (self.preferred, patient.preferred_name), (self.say, patient.say),
            (self.pronouns, patient.pronouns), (self.own_script, patient.own_script_name),
            (self.former, ", ".join(patient.former_names)), (self.languages, ", ".join(patient.languages)),
            (self.interpreter, patient.interpreter),
            (self.birth_date, short_date(patient.birth_date) if patient.birth_date else ""),
        ):  # fmt: skip
            field.edit.setText(text)
        for identifier in patient.identifiers:
            self.numbers.add().show_number(identifier)
        for point in patient.contact_points:
            self.contacts.add().show_point(point)
        for person in patient.people:
            self.people.add().show_person(person)

    def fields(self) -> dict[str, Any]:
        """Return everything that stands in the form."""
        return {
            **{name: field.text for name, field in self._texts().items()},
            **{name: [row.fields() for row in repeater.rows] for name, repeater in self._repeaters().items()},
        }

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this stand in the form."""
        for name, field in self._texts().items():
            if field.text != fields[name]:
                field.edit.setText(fields[name])
        for name, repeater in self._repeaters().items():
            if [row.fields() for row in repeater.rows] != fields[name]:
                repeater.clear()
                for each in fields[name]:
                    repeater.add().fill(each)

    def patient(self) -> Patient:
        """Return the person as the form stands."""
        return replace(
            self._before,
            name=self.name.text, preferred_name=self.preferred.text, say=self.say.text, pronouns=self.pronouns.text,
            own_script_name=self.own_script.text, former_names=_split(self.former.text),
            birth_date=read_date(self.birth_date.text, self._today),
            identifiers=tuple(number for row in self.numbers.rows if (number := row.number())),
            languages=_split(self.languages.text), interpreter=self.interpreter.text,
            contact_points=tuple(point for row in self.contacts.rows if (point := row.point())),
            people=tuple(person for row in self.people.rows if (person := row.person())),
        )  # fmt: skip

    def problem(self) -> QWidget | None:
        """Return the first field that cannot be taken as it is, marked; None when all can."""
        for field in (self.name, self.birth_date):
            field.clear_problem()
        self._read_back()
        if not self.name.text.strip():
            self.name.say_problem(_("A person needs a name. One name is enough."))
            return self.name
        if self.birth_date.text.strip() and read_date(self.birth_date.text, self._today) is None:
            self.birth_date.say_problem(_("That is not a day. For example: 14 March 1958, or 14/3/58."))
            return self.birth_date
        wrong = [row.problem() for row in self.contacts.rows] + [row.problem() for row in self.people.rows]
        return next((field for field in wrong if field is not None), None)

    def _texts(self) -> dict[str, Field]:
        return {
            "name": self.name, "preferred": self.preferred, "say": self.say, "pronouns": self.pronouns,
            "birth_date": self.birth_date, "own_script": self.own_script, "former": self.former,
            "languages": self.languages, "interpreter": self.interpreter,
        }  # fmt: skip

    def _repeaters(self) -> "dict[str, Repeater[Any]]":
        return {"numbers": self.numbers, "contacts": self.contacts, "people": self.people}

    def _read_back(self) -> None:
        day = read_date(self.birth_date.text, self._today)
        self.birth_date.say_hint(long_date(day) if day else "")


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("،", ",").replace("、", ",").split(",") if part.strip())
