"""The same figures as the bars, as a table that a screen reader reads cell by cell."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from rapportdesk.language import _
from rapportdesk.model.feedback import TrendCell
from ui.feedback.trend_view import month_words, number_words, share_words


class TrendTable(QTableWidget):
    """A row for each month, the newest first; as high as its rows, so that the page around it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setProperty("role", "table")
        self.setAccessibleName(_("Answers by month"))
        self.setHorizontalHeaderLabels([_("Month"), _("Answers"), _("Good or very good")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap)
        header.setAccessibleName(_("What each column says"))
        header.setEnabled(False)  # it says what is below, and nothing can be done with it
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cells(self, cells: Sequence[TrendCell]) -> None:
        """Show every month of one question."""
        self.setRowCount(len(cells))
        for row, cell in enumerate(reversed(cells)):
            for column, words in enumerate((month_words(cell), number_words(cell), share_words(cell))):
                self.setItem(row, column, QTableWidgetItem(words))
        self._fit()

    def sizeHint(self) -> QSize:
        """All rows."""
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        return QSize(240, rows + self.horizontalHeader().sizeHint().height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Likewise: the page scrolls, the table does not."""
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap differently at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        self.updateGeometry()
