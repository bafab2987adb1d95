"""What the practice settles for itself, one number in each field, each with a sentence saying what follows from it."""

import dataclasses
import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.practice import BOUNDS, PracticeSettings
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Tick
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.worded import Worded


class PracticeDialog(Dialog):
    """The practice's settings, for a manager.

    Signals:
        saved: They were changed; what anybody sees may have changed with them.
    """

    saved = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("How this practice works"), parent, width=560, height=480)
        self._tools = tools
        self._settings = PracticeSettings()
        self.fields = {
            "grace_days": Field(
                _("Days to take a withdrawal back"),
                hint=_("What somebody withdrew is hidden at once. After these days it is listed to be erased."),
            ),
            "guardian_until": Field(
                _("Age from which people decide for themselves"),
                hint=_("From that birthday what a parent agreed to rests, and the young person is asked."),
            ),
            "audit_years": Field(
                _("Years to keep the record of who looked"), hint=_("It never holds what was read, only that it was.")
            ),
        }
        for field in self.fields.values():
            field.setEnabled(False)
            self.rows.addWidget(field)
        self.day_sheet = Tick("")
        self.day_sheet.setEnabled(False)
        words = _("At closing, offer the next day’s sheet for a sealed envelope")
        self.rows.addWidget(Worded(self.day_sheet, words))
        self._said = Said()
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.save = self.add_button(Button(_("Save"), "primary", self._save))
        self.save.setEnabled(False)
        self.add_close(_("Cancel"))
        desk = tools.desk
        tools.work.submit(self, desk.practice.settings, self._show, self._problem)

    def _show(self, settings: PracticeSettings) -> None:
        self._settings = settings
        for name, field in self.fields.items():
            field.edit.setText(str(getattr(settings, name)))
            field.setEnabled(True)
        self.day_sheet.setChecked(settings.offers_day_sheet)
        self.day_sheet.setEnabled(True)
        self.save.setEnabled(True)
        first = next(iter(self.fields.values()))
        first.setFocus()
        first.edit.selectAll()

    def _save(self) -> None:
        numbers: dict[str, int] = {}
        for name, field in self.fields.items():
            field.clear_problem()
            least, most = BOUNDS[name]
            typed = field.text.strip()
            if not re.fullmatch(r"\d{1,4}", typed) or not least <= int(typed) <= most:
                field.say_problem(_("A number from {least} to {most}.").format(least=least, most=most))
                field.edit.setFocus()
                return
            numbers[name] = int(typed)
        desk, changed = (
            self._tools.desk,
            dataclasses.replace(self._settings, offers_day_sheet=self.day_sheet.isChecked(), **numbers),
        )
        self.save.setEnabled(False)
        self._tools.work.submit(self, lambda: desk.practice.change(changed), lambda _kept: self._done(), self._problem)

    def _done(self) -> None:
        self._tools.messages.say(_("Saved. It counts from now on, for everybody."))
        self.saved.emit()
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self.save.setEnabled(True)
        self._said.tell(error)
