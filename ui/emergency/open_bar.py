"""While somebody is open as an emergency, the screen says so, and one press hides again what that showed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Sign, place


class OpenBar(Panel):
    """One sentence and one button above what is read; the same whether or not anything was hidden.

    Signals:
        closed: It has been hidden again; what is shown is to be asked for anew.
    """

    closed = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("message-problem", margins=(14, 6, 10, 6), parent=parent)
        self._tools = tools
        self._patient: PatientId | None = None
        line = place(self.rows, QHBoxLayout())
        line.setSpacing(10)
        line.addWidget(Sign(tools.theme, "triangle-alert", "caution"))
        line.addWidget(Label(_("Opened in an emergency. A manager reviews it."), "strong"), 1)
        line.addWidget(Button(_("Hide again"), "secondary", self._hide_again))
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether what is shown may hold what was opened."""
        return self._patient is not None

    def show_for(self, patient_id: PatientId, *, emergency: bool) -> None:
        """Say whether this person is open as an emergency."""
        self._patient = patient_id if emergency else None
        self.setVisible(emergency)

    def leave(self) -> bool:
        """Have it hidden again, and return whether anything was open. It is never overtaken, so it has no key."""
        patient_id, self._patient = self._patient, None
        self.hide()
        if patient_id is None:
            return False
        self._tools.work.submit(self._tools.messages, partial(self._tools.desk.emergency.close, patient_id))
        return True

    def _hide_again(self) -> None:
        if self.leave():
            self.closed.emit()
