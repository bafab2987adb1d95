"""What the lists show, as Qt models over frozen rows: rows come whole from the Desk and are replaced, never edited.

A row that stays keeps its place among those that stay, so a refresh moves neither the selection nor what is being read.
Search hits keep the stronger promise that nothing painted for a text ever moves or disappears while that text stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from rapportdesk.language import _
from rapportdesk.model.shown import PersonHit, PromiseRow, SearchResults, TodayRow
from ui.look.bidi import isolate
from ui.look.dates import short_date

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The frozen row itself."""


class RowsModel(QAbstractListModel, Generic[Row]):
    """A list of frozen rows, each known by a key that survives a refresh."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def key(self, row: Row) -> str:
        """Return what makes `row` the same row after a refresh."""
        raise NotImplementedError  # abstract: Qt's metaclass and ABC's cannot be one

    def words(self, row: Row) -> str:
        """Return the whole row as one sentence, for a screen reader."""
        raise NotImplementedError  # abstract: Qt's metaclass and ABC's cannot be one

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the number of rows; rows have no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, or its words for display and for a screen reader."""
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        row = self._rows[index.row()]
        if role == RowRole.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(row)
        return None

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> Row | None:
        """Return the row behind `index`, or None when it is none of ours."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of the row with `key`, invalid when there is none."""
        return next((self.index(at) for at, row in enumerate(self._rows) if self.key(row) == key), QModelIndex())

    def replace(self, rows: Sequence[Row]) -> None:
        """Show `rows` from now on, telling the views only what changed."""
        old, new = [self.key(row) for row in self._rows], [self.key(row) for row in rows]
        for what, start, end, new_start, new_end in reversed(SequenceMatcher(None, old, new, False).get_opcodes()):
            if what == "equal":
                self._refresh(start, rows[new_start:new_end])
                continue
            if end > start:
                self.beginRemoveRows(QModelIndex(), start, end - 1)
                del self._rows[start:end]
                self.endRemoveRows()
            if new_end > new_start:
                self.beginInsertRows(QModelIndex(), start, start + new_end - new_start - 1)
                self._rows[start:start] = rows[new_start:new_end]
                self.endInsertRows()

    def _refresh(self, start: int, rows: Sequence[Row]) -> None:
        for at, row in enumerate(rows, start):
            if self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))


@dataclass(frozen=True, slots=True)
class NowLine:
    """The line that says where the day stands; `time` as it is read."""

    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One appointment in the words that Today prints.

    Attributes:
        loud: Waiting: the loudest thing in Today.
        grey: It will not take place.
    """

    row: TodayRow
    time: str
    status: str = ""
    loud: bool = False
    grey: bool = False


class TodayModel(RowsModel[Visit | NowLine]):
    """The day's visits with the now-line among them."""

    def key(self, row: Visit | NowLine) -> str:
        """Return the appointment's id; there is one now-line."""
        return "now" if isinstance(row, NowLine) else row.row.appointment.id

    def words(self, row: Visit | NowLine) -> str:
        """Return "09:00, Nia Prydderch, Dr Osei · 20 min, waiting 4 min"."""
        if isinstance(row, NowLine):
            return _("now {time}").format(time=row.time)
        return ", ".join(part for part in (row.time, isolate(row.row.name), row.row.detail, row.status) if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The now-line is no row to stop on."""
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if isinstance(row, NowLine):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class PromiseModel(RowsModel[PromiseRow]):
    """What was promised and is still to be done; Space or the box ticks it."""

    def key(self, row: PromiseRow) -> str:
        """Return the task's id."""
        return row.task.id

    def words(self, row: PromiseRow) -> str:
        """Return "Nia's results letter, due yesterday, Ana, for Nia Prydderch"."""
        whom = _("for {name}").format(name=isolate(row.patient_name)) if row.patient_name else ""
        parts = (row.task.text, row.due_words, row.task.owner_name, whom, row.detail)
        return ", ".join(part for part in parts if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every promise can be chosen and ticked."""
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the box as unticked besides what every row has; a ticked promise leaves the list."""
        if role == Qt.ItemDataRole.CheckStateRole and self.row_at(index) is not None:
            return Qt.CheckState.Unchecked
        return super().data(index, role)


class HitsModel(RowsModel[PersonHit]):
    """What was found for one text; what is painted for it stays where it is.

    Signals:
        wanted: The rows after these are about to be seen: everything is to be asked for, and shown.
    """

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text: str | None = None
        self._further = False

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether more was found than is here."""
        return self._further

    def fetchMore(self, _parent: Index) -> None:
        """Ask for the rest, once; Qt calls it when the last row comes into sight."""
        if self._further:
            self._further = False
            self.wanted.emit()

    def key(self, row: PersonHit) -> str:
        """Return person, note and promise: one person may be found by name and by several notes."""
        return f"{row.id}/{row.note or row.task or ''}"

    def words(self, row: PersonHit) -> str:
        """Return "Nia Prydderch, 14 Mar 1958, no. 40218, in a note: grows leeks, found: leeks"."""
        born = short_date(row.birth_date) if row.birth_date else _("birth date not known")
        number = _("no. {number}").format(number=row.number) if row.number else ""
        own = isolate(row.own_script_name)
        near = _("another person is near this one") if row.near_namesake else ""
        return ", ".join(part for part in (isolate(row.name), own, born, number, near, _found_in(row)) if part)

    def show(self, results: SearchResults) -> None:
        """Show `results`: for a new text all of them, for the text already shown only what comes after."""
        self._further = bool(results.further)
        if results.text != self._text:
            self.beginResetModel()
            self._text, self._rows = results.text, list(results.hits)
            self.endResetModel()
            return
        painted = {self.key(row) for row in self._rows}
        later = [hit for hit in results.hits if self.key(hit) not in painted]
        if later:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(later) - 1)
            self._rows += later
            self.endInsertRows()

    def clear(self) -> None:
        """Show nothing, for no text."""
        self.beginResetModel()
        self._text, self._rows, self._further = None, [], False
        self.endResetModel()


def _found_in(row: PersonHit) -> str:
    """Return where the words stand, and which they are, for those who cannot see them marked."""
    if not row.snippet:
        return ""
    words = _("promised: {words}") if row.task else _("in a note: {words}")
    marked = dict.fromkeys(row.snippet[first:last] for first, last in row.marks)
    found = _("found: {words}").format(words=", ".join(marked)) if marked else ""
    return ", ".join(part for part in (words.format(words=row.snippet), found) if part)
