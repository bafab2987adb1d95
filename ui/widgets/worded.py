"""A choice whose words may be long: they stand beside its box in a label that wraps, and a press on them chooses."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import set_role
from ui.widgets.controls import Label, row


class Worded(QWidget):
    """A tick box or a round one with its words.

    Args:
        button: The box, without words of its own.
        words: What it means.
    """

    def __init__(self, button: QAbstractButton, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        button.setAccessibleName(words)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "worded")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        button.installEventFilter(self)
        label = Label(words, "body")
        label.setBuddy(button)
        line = row(self, gap=2)
        line.setContentsMargins(4, 0, 4, 0)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(button)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show where the keys are."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            set_role(self, "worded-active" if event.type() == QEvent.Type.FocusIn else "worded")
        return False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the words is a press on the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.button.click()
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
