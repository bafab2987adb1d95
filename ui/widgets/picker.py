"""A field to pick one of several from, with the sign that says so; it is as wide as its longest words."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QWidget

LEAST_LETTERS = 20
"""So many letters of what is chosen are seen at least, with the sign beside them."""


class Picker(QComboBox):
    """Several choices of which one is shown.

    Args:
        name: What is picked, for a screen reader.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its longest words where there is no room for them: the open list shows them whole."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self.fontMetrics().averageCharWidth() * LEAST_LETTERS), least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign that a style sheet takes away."""
        super().paintEvent(event)
        side = self.fontMetrics().height() / 4
        middle = self.height() / 2
        edge = 1.6 * side + self.height() / 6
        x = edge if self.isRightToLeft() else self.width() - edge
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(self.foregroundRole()), max(1.5, side / 2.5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(
            [QPointF(x - side, middle - side / 2), QPointF(x, middle + side / 2), QPointF(x + side, middle - side / 2)]
        )
        painter.end()
