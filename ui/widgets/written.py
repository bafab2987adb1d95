"""A labelled field for a few lines: it grows with them, Shift+Enter begins one, and Enter says that it is filled in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import Theme, set_role
from ui.widgets.controls import Label, Panel, column
from ui.widgets.note_field import NoteField


class Written(QWidget):
    """A field for a few lines with its label above and its hint below.

    Args:
        theme: For its size.
        label: What is asked for; empty where the empty field says it, and `name` is given.
        hint: One sentence below, or empty.
        name: What a screen reader says; the label unless given.

    Signals:
        entered: Enter was pressed.
        changed: Something else stands in it.
    """

    entered = Signal()
    changed = Signal()

    def __init__(
        self, theme: Theme, label: str, *, hint: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = NoteField(theme, name or label)
        self.field.setAccessibleDescription(hint)
        self._frame = Panel("words-field", margins=(10, 5, 10, 5), gap=0)
        self._frame.add(self.field)
        rows = column(self, gap=4)
        if label:
            words = Label(label, "label")
            words.setBuddy(self.field)
            rows.addWidget(words)
        rows.addWidget(self._frame)
        if hint:
            rows.addWidget(Label(hint, "detail"))
        self.field.entered.connect(self.entered)
        self.field.textChanged.connect(self.changed)
        self.field.focused.connect(self._dress)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """What is typed, as typed."""
        return self.field.text

    def start_with(self, text: str) -> None:
        """Begin anew with `text`."""
        self.field.start_with(text)

    def _dress(self, focused: bool) -> None:
        set_role(self._frame, "quick-line-active" if focused else "words-field")
