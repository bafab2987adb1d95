"""What stands beside Today while nobody is open: what is safe, and for an empty desk the three ways to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from ui.theme import Theme
from ui.widgets.controls import Button, Label, Panel, column, row


class Welcome(QWidget):
    """One sentence, or one panel.

    Args:
        theme: For its width.

    Signals:
        command_wanted: "import" or "person.add".
        demo_wanted: The demo is to be tried, in a window of its own.
    """

    command_wanted = Signal(str)
    demo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calm, self._go_on = Label("", "body"), Label(_("Find a person above, or choose one from Today."), "muted")
        for label in (self._calm, self._go_on):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.panel = Panel("card", margins=(28, 24, 28, 24), gap=10)
        self.panel.add(
            Label(_("This desk is still empty"), "heading"),
            Label(_("Begin with whichever is nearest."), "muted"),
            Button(_("Bring in a schedule"), "primary", lambda: self.command_wanted.emit("import")),
            Button(_("Add a person"), "secondary", lambda: self.command_wanted.emit("person.add")),
            Button(_("Try the demo"), "secondary", self.demo_wanted.emit),
            Label(_("The demo opens a window of its own with invented people. It keeps nothing."), "detail"),
        )
        rows = column(self, gap=10)
        rows.addStretch(1)
        rows.addWidget(self._calm)
        rows.addWidget(self._go_on)
        middle = row(rows, gap=0)
        middle.addStretch(1)
        middle.addWidget(self.panel, 1000)
        middle.addStretch(1)
        rows.addStretch(2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._fit)
        self._fit()
        self.show_calm("")

    def show_calm(self, sentence: str) -> None:
        """Say what is kept, and how to go on."""
        self._calm.say(sentence, name=sentence)
        self._calm.setVisible(bool(sentence))
        self._go_on.show()
        self.panel.hide()

    def show_empty(self) -> None:
        """Offer the ways to begin."""
        self._calm.hide()
        self._go_on.hide()
        self.panel.show()

    def _fit(self) -> None:
        self.panel.setMaximumWidth(self._theme.px(420))
