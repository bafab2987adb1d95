"""A dialog about somebody says whose it is: the card behind it may be another's by then, or too narrow to see."""

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.patient import Patient
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.widgets.controls import Label


class Whose(Label):
    """The name as written and the birth date, as a dialog's first line; empty until they are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "name-strong", parent=parent)

    def show_patient(self, patient: Patient) -> None:
        """Say who it is."""
        born = long_date(patient.birth_date) if patient.birth_date else _("birth date not known")
        words = _("{name}, {born}").format(name=isolate(patient.name), born=born)
        self.say(words, name=words)
