"""A page or a picture is as wide as there is room and always keeps its shape."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

READABLE = 560
SMALLEST = 240


class KeptShape(QFrame):
    """A frame whose height follows from its width.

    Args:
        shape: The size of what is painted, in any unit.
        name: What a screen reader says.
    """

    def __init__(self, shape: QSize, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ratio = shape.height() / max(shape.width(), 1)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """It keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at `width`."""
        return round(width * self._ratio)

    def sizeHint(self) -> QSize:
        """Large enough to read."""
        return QSize(READABLE, self.heightForWidth(READABLE))

    def minimumSizeHint(self) -> QSize:
        """Small, and still its shape."""
        return QSize(SMALLEST, self.heightForWidth(SMALLEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shape in every layout."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))
