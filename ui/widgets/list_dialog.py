"""What waits for a person is one list in a dialog: asked for when it opens, and again after each answer."""

from PySide6.QtWidgets import QWidget

from ui.screen import Tools
from ui.widgets.controls import Panel
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said


class ListDialog(Dialog):
    """A sentence when something went wrong, the list, and a way out, which has the keys until there is an entry.

    Args:
        tools: The desk to ask.
        heading: What waits; never a name.
        width, height: At scale 1.0.

    Attributes:
        list: Where the entries go.
    """

    def __init__(self, tools: Tools, heading: str, parent: QWidget | None, *, width: int, height: int) -> None:
        super().__init__(tools.theme, heading, parent, width=width, height=height)
        self._tools = tools
        self._said = Said()
        self.list = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        self.rows.addWidget(self._said)
        self.rows.addWidget(self.list)
        self.rows.addStretch(1)
        self._close = self.add_close()
        self._close.setFocus()
