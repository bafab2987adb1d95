"""What stands before the desk is open: one calm card in the middle, no wider than reads well."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.controls import Label, Panel, Scroll, column, place

WIDTH = 460


class DoorPage(QFrame):
    """The page with its card; rows are added to `card`.

    Args:
        theme: For the card's width, which grows with the text.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("role", "page")
        self.card = Panel("card", margins=(28, 24, 28, 24), gap=12)
        inner = QWidget()
        middle = QHBoxLayout(inner)
        middle.setContentsMargins(12, 18, 12, 18)
        middle.addStretch(1)
        upright = place(middle, QVBoxLayout(), 1000)
        upright.addStretch(1)
        upright.addWidget(Label("RapportDesk", "brand"))
        upright.addSpacing(6)
        upright.addWidget(self.card)
        upright.addStretch(2)
        middle.addStretch(1)
        rows = column(self, gap=0)
        rows.addWidget(Scroll(inner))
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.card.setMaximumWidth(self.theme.px(WIDTH))
