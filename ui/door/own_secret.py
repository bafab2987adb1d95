"""Whoever came in with a passphrase that somebody gave them chooses their own before the desk opens, or leaves.

The desk refuses everything else until then, so there is no way round this page and none is offered.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Practitioner, SecretKind
from ui.door.door_page import DoorPage
from ui.door.first_run_steps import SecretStep
from ui.look.bidi import isolate
from ui.theme import Theme
from ui.widgets.controls import Button, place
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class OwnSecret(DoorPage):
    """One step: a passphrase of one's own, twice.

    Args:
        theme: For its look.
        person: Who came in.
        given: What they came in with; asked for by the desk once more, and forgotten with this page.

    Signals:
        chosen: The given secret and their own. Answered by `refuse`, or by another page.
        left: They would rather not now: nobody is signed in any more.
    """

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme, person: Practitioner, given: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._given = given
        pin = person.secret_kind is SecretKind.PIN
        heading = _("Welcome, {name}. A PIN of your own") if pin else _("Welcome, {name}. A passphrase of your own")
        self.step = SecretStep(
            heading.format(name=isolate(person.name)),
            _("What you typed was given to you, so somebody else knows it. Choose one that nobody else will know."),
            pin=pin,
        )
        self._said = Said()
        self.on = Button(_("Open the desk"), "primary", self._choose)
        self.leave = Button(_("Not now"), "secondary", self.left.emit)
        self.card.add(self.step, self._said)
        buttons = place(self.card.rows, FlowLayout(gap=10))
        buttons.addWidget(self.on)
        buttons.addWidget(self.leave)
        self.step.first.edit.returnPressed.connect(self.step.second.edit.setFocus)
        self.step.second.edit.returnPressed.connect(self._choose)
        self.setFocusProxy(self.step.first)

    def refuse(self, error: RapportError) -> None:
        """Say why it cannot be taken."""
        self.on.setEnabled(True)
        self._said.tell(error)
        self.step.first.edit.setFocus()

    def _choose(self) -> None:
        self._said.hide()
        if self.on.isEnabled() and self.step.ready():
            self.on.setEnabled(False)
            self.chosen.emit(self._given, self.step.secret)
