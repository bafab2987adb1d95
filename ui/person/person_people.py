"""One person in the patient's life: what they may decide, with which proof and until when, and what they may hear."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import new_id
from rapportdesk.model.patient import Authority, RelatedPerson
from ui.consents.consents_view import authority_words
from ui.look.dates import short_date
from ui.widgets.controls import Field, Tick, column
from ui.widgets.picker import Picker
from ui.widgets.worded import Worded
from ui.widgets.written_date import read_date

_NEWLY_LEARNT = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
"""Stands for now: the desk keeps the moment at which it learnt it, whatever a form says."""


class RelatedRow(QWidget):
    """One related person in the form.

    Args:
        today: For reading dates.
    """

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._id = ""
        self.name = Field(_("Name"))
        self.relation = Field(_("Relation"), hint=_("For example: daughter, neighbour, carer"))
        self.often_with = Tick("")
        self.may_hear = Field(_("What they may hear"))
        self.authority = Picker(_("What they may decide"))
        for authority in Authority:
            self.authority.addItem(authority_words(authority), authority)
        self.proof = Field(_("What was seen of that authority"))
        self.scope = Field(_("What it covers"))
        self.begins = Field(_("From (empty: always)"))
        self.ends = Field(_("Until (empty: open)"))
        self.deceased = Tick("")
        self.died_on = Field(_("Died on (empty: not known)"))
        self.unsafe = Tick("")
        self._unsafe_since: dt.datetime | None = None
        whole = column(self, gap=6)
        often_with = Worded(self.often_with, _("Often comes along"))
        for widget in (self.name, self.relation, often_with, self.may_hear, self.authority):
            whole.addWidget(widget)
        self._proof = QWidget()
        proof = column(self._proof, gap=6)
        for field in (self.proof, self.scope, self.begins, self.ends):
            proof.addWidget(field)
        whole.addWidget(self._proof)
        whole.addWidget(Worded(self.unsafe, _("Not safe for the patient")))
        whole.addWidget(Worded(self.deceased, _("Has died")))
        whole.addWidget(self.died_on)
        self.deceased.toggled.connect(lambda _on: self._fit())
        self.authority.currentIndexChanged.connect(lambda _index: self._fit())
        self._fit()
        self.setFocusProxy(self.name)

    def show_person(self, person: RelatedPerson) -> None:
        """Fill the row with what is known."""
        self._id = person.id
        self.name.edit.setText(person.name)
        self.relation.edit.setText(person.relation)
        self.often_with.setChecked(person.often_with)
        self.may_hear.edit.setText(person.may_hear)
        self.authority.setCurrentIndex(self.authority.findData(person.authority))
        self.proof.edit.setText(person.authority_proof)
        self.scope.edit.setText(person.authority_scope)
        self.begins.edit.setText(short_date(person.authority_from) if person.authority_from else "")
        self.ends.edit.setText(short_date(person.authority_until) if person.authority_until else "")
        self.deceased.setChecked(person.deceased)
        self.died_on.edit.setText(short_date(person.deceased_on) if person.deceased_on else "")
        self._unsafe_since = person.unsafe_since
        self.unsafe.setChecked(person.unsafe_since is not None)

    def fields(self) -> dict[str, Any]:
        """Return everything that stands in the row."""
        return {
            "id": self._id,
            "authority": str(self.authority.currentData()),
            "often_with": self.often_with.isChecked(),
            "deceased": self.deceased.isChecked(),
            "unsafe": self.unsafe.isChecked(),
            **{name: field.text for name, field in self._texts().items()},
        }

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this stand in the row."""
        self._id = fields["id"]
        self.authority.setCurrentIndex(self.authority.findData(fields["authority"]))
        self.often_with.setChecked(fields["often_with"])
        self.deceased.setChecked(fields["deceased"])
        self.unsafe.setChecked(fields.get("unsafe", False))  # a form kept before there was such a tick
        for name, field in self._texts().items():
            field.edit.setText(fields.get(name, ""))  # a form kept before there was such a field

    def person(self) -> RelatedPerson | None:
        """Return what is typed; None for an empty row."""
        if not self.name.text.strip():
            return None
        authority = Authority(self.authority.currentData())
        decides = authority is not Authority.NONE
        return RelatedPerson(
            id=self._id or new_id(), name=self.name.text, relation=self.relation.text,
            often_with=self.often_with.isChecked(), authority=authority,
            authority_proof=self.proof.text if decides else "", authority_scope=self.scope.text if decides else "",
            authority_from=read_date(self.begins.text, self._today) if decides else None,
            authority_until=read_date(self.ends.text, self._today, future=True) if decides else None,
            may_hear=self.may_hear.text, deceased=self.deceased.isChecked(),
            deceased_on=read_date(self.died_on.text, self._today) if self.deceased.isChecked() else None,
            unsafe_since=(self._unsafe_since or _NEWLY_LEARNT) if self.unsafe.isChecked() else None,
        )  # fmt: skip

    def problem(self) -> Field | None:
        """Return the first field that cannot be taken as it is, marked; None when all can."""
        self.died_on.clear_problem()
        if self.deceased.isChecked() and self.died_on.text.strip():
            day = read_date(self.died_on.text, self._today)
            if day is None or day > self._today:
                self.died_on.say_problem(_("That is not a day. For example: 4 May 2026."))
                return self.died_on
        for field in (self.begins, self.ends):
            field.clear_problem()
            unread = field.text.strip() and read_date(field.text, self._today, future=field is self.ends) is None
            if unread and not self._proof.isHidden():
                field.say_problem(_("That is not a day. For example: 31 December 2027."))
                return field
        return None

    def _texts(self) -> dict[str, Field]:
        return {
            "name": self.name, "relation": self.relation, "may_hear": self.may_hear, "proof": self.proof,
            "scope": self.scope, "begins": self.begins, "ends": self.ends, "died_on": self.died_on,
        }  # fmt: skip

    def _fit(self) -> None:
        self._proof.setVisible(self.authority.currentData() != Authority.NONE)
        self.died_on.setVisible(self.deceased.isChecked())
