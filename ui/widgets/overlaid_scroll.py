"""A column whose scroll bar lies over its edge, so that what scrolls is as wide as what stands still above it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.widgets.controls import Scroll


class OverlaidScroll(Scroll):
    """Scrolls up and down; its bar takes no width.

    Args:
        inside: What scrolls.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(inside, parent)
        self._over = QScrollBar(Qt.Orientation.Vertical, self)
        self._over.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own = self.verticalScrollBar()
        own.rangeChanged.connect(self._fit)
        own.valueChanged.connect(self._over.setValue)
        self._over.valueChanged.connect(own.setValue)
        self._fit()

    def sizeHint(self) -> QSize:
        """It has what room is left: asking for more, it would have what scrolls laid out at one more width."""
        return self.minimumSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the bar at the edge."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        own = self.verticalScrollBar()
        self._over.setRange(own.minimum(), own.maximum())
        self._over.setPageStep(own.pageStep())
        self._over.setSingleStep(own.singleStep())
        width = self._over.sizeHint().width()
        left = 0 if self.isRightToLeft() else self.width() - width
        self._over.setGeometry(left, 0, width, self.height())
        self._over.setVisible(own.maximum() > own.minimum())
        self._over.raise_()
