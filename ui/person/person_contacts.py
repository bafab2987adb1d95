"""One way to reach somebody, and whether it is safe: shared with whom, between which hours, what may be said there."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from ui.look.dates import clock_time
from ui.widgets.controls import Field, column, place
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Picker

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def read_time(text: str) -> dt.time | None:
    """Return the time of day that `text` writes ("9", "9:30", "17.00", "5 pm"), or None."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if half and hour > 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


class ContactRow(QWidget):
    """One contact point in the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imported: dict[str, Any] | None = None
        self.system = Picker(_("By which way"))
        for system, words in (
            (ContactSystem.PHONE, _("Phone")), (ContactSystem.SMS, _("Text message")),
            (ContactSystem.EMAIL, _("E-mail")), (ContactSystem.POST, _("Post")),
            (ContactSystem.VOICEMAIL, _("Voicemail")),
        ):  # fmt: skip
            self.system.addItem(words, system)
        self.safety = Picker(_("Is it safe"))
        for safety, words in (
            (ContactSafety.SAFE, _("Safe")), (ContactSafety.UNSAFE, _("Not safe: do not use it")),
            (ContactSafety.ONLY_BETWEEN, _("Safe only between hours")),
        ):  # fmt: skip
            self.safety.addItem(words, safety)
        self.value = Field(_("Number or address"))
        self.not_before = Field(_("From"), hint=_("For example 9:00"))
        self.not_after = Field(_("Until"), hint=_("For example 17:00"))
        self.shared_with = Field(_("Who else hears or reads it"))
        self.may_say = Field(_("What may be said or left there"))
        self._hours = QWidget()
        hours = FlowLayout(self._hours, gap=8)
        hours.addWidget(self.not_before)
        hours.addWidget(self.not_after)
        whole = column(self, gap=6)
        choices = place(whole, FlowLayout(gap=8))
        choices.addWidget(self.system)
        choices.addWidget(self.safety)
        for widget in (self.value, self._hours, self.shared_with, self.may_say):
            whole.addWidget(widget)
        self.safety.currentIndexChanged.connect(lambda _index: self._fit())
        self._fit()
        self.setFocusProxy(self.system)

    def show_point(self, point: ContactPoint) -> None:
        """Fill the row with what is known."""
        self.system.setCurrentIndex(self.system.findData(point.system))
        self.safety.setCurrentIndex(self.safety.findData(point.safety))
        self.value.edit.setText(point.value)
        self.shared_with.edit.setText(point.shared_with)
        self.may_say.edit.setText(point.may_say)
        self.not_before.edit.setText(clock_time(point.not_before) if point.not_before else "")
        self.not_after.edit.setText(clock_time(point.not_after) if point.not_after else "")
        self._imported = self._typed() if point.from_import else None

    def fields(self) -> dict[str, Any]:
        """Return everything that stands in the row, and what an import had brought."""
        return {**self._typed(), "imported": self._imported}

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this stand in the row."""
        for picker, name in ((self.system, "system"), (self.safety, "safety")):
            picker.setCurrentIndex(picker.findData(fields[name]))
        for name, field in self._texts().items():
            field.edit.setText(fields[name])
        self._imported = fields["imported"]

    def point(self) -> ContactPoint | None:
        """Return what is typed; None for an empty row. What was set here is never again overwritten by an import."""
        if not self.value.text.strip():
            return None
        between = self.safety.currentData() == ContactSafety.ONLY_BETWEEN
        return ContactPoint(
            system=ContactSystem(self.system.currentData()), value=self.value.text,
            safety=ContactSafety(self.safety.currentData()),
            not_before=read_time(self.not_before.text) if between else None,
            not_after=read_time(self.not_after.text) if between else None,
            shared_with=self.shared_with.text, may_say=self.may_say.text,
            from_import=self._typed() == self._imported,
        )  # fmt: skip

    def problem(self) -> Field | None:
        """Return the first field that cannot be taken as it is, marked; None when all can."""
        if self.safety.currentData() != ContactSafety.ONLY_BETWEEN or not self.value.text.strip():
            return None
        for field in (self.not_before, self.not_after):
            field.clear_problem()
            if read_time(field.text) is None:
                field.say_problem(_("A time of day, such as 9:00."))
                return field
        return None

    def _texts(self) -> dict[str, Field]:
        return {
            "value": self.value, "not_before": self.not_before, "not_after": self.not_after,
            "shared_with": self.shared_with, "may_say": self.may_say,
        }  # fmt: skip

    def _typed(self) -> dict[str, Any]:
        picked = {"system": str(self.system.currentData()), "safety": str(self.safety.currentData())}
        return {**picked, **{name: field.text for name, field in self._texts().items()}}

    def _fit(self) -> None:
        self._hours.setVisible(self.safety.currentData() == ContactSafety.ONLY_BETWEEN)
