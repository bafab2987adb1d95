"""One way to reach somebody, and whether it is safe: shared with whom, between which hours, what may be said there."""

import datetime as dt
import re

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from ui.controls import Field, column, place
from ui.dates import clock_time
from ui.flow import FlowLayout
from ui.picker import Picker

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
        self._before: ContactPoint | None = None
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
        self._before = point
        self.system.setCurrentIndex(self.system.findData(point.system))
        self.safety.setCurrentIndex(self.safety.findData(point.safety))
        self.value.edit.setText(point.value)
        self.shared_with.edit.setText(point.shared_with)
        self.may_say.edit.setText(point.may_say)
        self.not_before.edit.setText(clock_time(point.not_before) if point.not_before else "")
        self.not_after.edit.setText(clock_time(point.not_after) if point.not_after else "")

    def point(self) -> ContactPoint | None:
        """Return what is typed; None for an empty row. What was set here is never again overwritten by an import."""
        if not self.value.text.strip():
            return None
        between = self.safety.currentData() == ContactSafety.ONLY_BETWEEN
        made = ContactPoint(
            system=ContactSystem(self.system.currentData()), value=self.value.text,
            safety=ContactSafety(self.safety.currentData()),
            not_before=read_time(self.not_before.text) if between else None,
            not_after=read_time(self.not_after.text) if between else None,
            shared_with=self.shared_with.text, may_say=self.may_say.text,
            from_import=self._before.from_import if self._before else False,
        )  # fmt: skip
        if self._before is not None and made != self._before:
            return ContactPoint(
                system=made.system, value=made.value, safety=made.safety, not_before=made.not_before,
                not_after=made.not_after, shared_with=made.shared_with, may_say=made.may_say,
            )  # fmt: skip
        return made

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

    def _fit(self) -> None:
        self._hours.setVisible(self.safety.currentData() == ContactSafety.ONLY_BETWEEN)
