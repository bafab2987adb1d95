"""A few lines in one's own words, in a frame that shows where the keys are; never more than the Desk takes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.screen import Tools
from ui.theme import set_role
from ui.widgets.controls import Label, Panel, column
from ui.widgets.note_field import NoteField
from ui.wording.wording_bar import WordingBar


class WordsField(QWidget):
    """A label and a field that grows.

    Args:
        tools: What a screen works with.
        label: What is asked for.
        to_patient: The patient will read it: what judges is pointed out while it is typed.

    Signals:
        entered: Enter was pressed.
    """

    entered = Signal()

    def __init__(self, tools: Tools, label: str, parent: QWidget | None = None, *, to_patient: bool = False) -> None:
        super().__init__(parent)
        self.field = NoteField(tools.theme, label)
        self._frame = Panel("words-field", margins=(10, 6, 10, 6))
        self._frame.add(self.field)
        words = Label(label, "label")
        words.setBuddy(self.field)
        rows = column(self, gap=4)
        rows.addWidget(words)
        rows.addWidget(self._frame)
        if to_patient:
            rows.addWidget(WordingBar(tools, (self.field,)))
        self.field.entered.connect(self.entered)
        self.field.refused.connect(tools.messages.problem)
        self.field.focused.connect(lambda here: set_role(self._frame, "quick-line-active" if here else "words-field"))
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """What is typed, as typed."""
        return self.field.text
