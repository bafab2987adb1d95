"""The record as a list that grows as it is scrolled: never more is asked for than is looked at.

Lines come from the desk in stretches, newest first; a stretch may hold none that is wanted, and then the next is asked
for by itself, until one does or the record ends.
"""

from PySide6.QtCore import QModelIndex, QObject, Signal

from rapportdesk.model.looked import ListedLine, ListedPage
from ui.audit.audit_view import listed_words
from ui.rows import Index, RowsModel


class ListedModel(RowsModel[ListedLine]):
    """Lines of the record, newest first.

    Signals:
        wanted: More lines are to be asked for, with `add` as the answer.
    """

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: int | None = None
        self._more = self._asked = False

    @property
    def before(self) -> int | None:
        """Where the next stretch goes on from; None for the newest."""
        return self._before

    @property
    def at_end(self) -> bool:
        """Whether everything that is wanted is here."""
        return not self._more

    def key(self, row: ListedLine) -> str:
        """Return the line's number."""
        return str(row.sequence)

    def words(self, row: ListedLine) -> str:
        """Return the line as one sentence."""
        return listed_words(row)

    def begin(self) -> None:
        """Show nothing, and ask for the newest lines."""
        self.beginResetModel()
        self._rows = []
        self._before, self._more, self._asked = None, True, True
        self.endResetModel()
        self.wanted.emit()

    def add(self, page: ListedPage) -> None:
        """Take a stretch; while nothing in it was wanted, ask for the next."""
        if page.lines:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.lines) - 1)
            self._rows += page.lines
            self.endInsertRows()
        self._before, self._more, self._asked = page.before, page.before is not None, False
        if self._more and not page.lines:
            self.fetchMore(QModelIndex())

    def stop(self) -> None:
        """Ask for nothing more; what is here stays."""
        self._more = self._asked = False

    def canFetchMore(self, parent: Index) -> bool:
        """Whether scrolling further brings more."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next stretch, once."""
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit()
