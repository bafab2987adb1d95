"""A clinician in the consulting room, for tests that read the brief and the card."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from rapportdesk.model.identity import PatientId
from ui.brief.brief import BriefScreen
from ui.card.card import CardScreen
from ui.frame.shell import Shell
from ui.widgets.controls import Label
from ui.widgets.running import Running
from ui.work import Work


class Room:
    """A clinician with the window in front of them."""

    def __init__(self, shell: Shell, settle: Callable[[Work], None]) -> None:
        self.shell, self._settle = shell, settle
        panel = shell.screens.panels["brief"]
        assert isinstance(panel, BriefScreen)
        self.brief = panel

    @property
    def card(self) -> CardScreen:
        panel = self.shell.screens.panels["card"]
        assert isinstance(panel, CardScreen)
        return panel

    def settle(self) -> None:
        for _round in range(3):
            self._settle(self.shell.tools.work)
            QApplication.processEvents()

    def find(self, name: str) -> PatientId:
        self.settle()
        return next(hit.id for hit in self.shell.tools.desk.search(name).hits if hit.name == name)

    def open(self, name: str, panel: str = "") -> PatientId:
        patient_id = self.find(name)
        self.shell.open_person(patient_id, panel)
        self.settle()
        return patient_id

    def text(self) -> str:
        """Everything that can be read in the brief now."""
        labels = [*self.brief.findChildren(Running), *self.brief.findChildren(Label)]
        return " | ".join(label.text() for label in labels if label.isVisibleTo(self.brief))
