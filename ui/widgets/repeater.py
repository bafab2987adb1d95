"""A list of like rows in a form: each can be taken out, one more can be added, and the keys go to what is new."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.controls import Button, Panel, column

RowT = TypeVar("RowT", bound=QWidget)


class Repeater(QWidget, Generic[RowT]):
    """Rows of one kind.

    Args:
        make: Makes an empty row.
        add_words, remove_words: What the buttons say.
        most: How many rows there may be.

    Signals:
        added: A row that has been appended.
    """

    added = Signal(QWidget)

    def __init__(
        self, make: Callable[[], RowT], add_words: str, remove_words: str, *, most: int = 40,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._make, self._remove_words, self._most = make, remove_words, most
        self._rows: dict[RowT, Panel] = {}
        self._column = column(self, gap=8)
        self._add = Button(add_words, "secondary", self.add_and_go)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)

    @property
    def rows(self) -> tuple[RowT, ...]:
        """Every row, in order."""
        return tuple(self._rows)

    def add(self) -> RowT:
        """Append an empty row and return it."""
        made = self._make()
        panel = Panel("important", margins=(12, 8, 12, 8), gap=6)
        panel.add(made)
        remove = Button(self._remove_words, "small", lambda: self._take_out_and_go(made))
        panel.rows.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeading)
        self._rows[made] = panel
        self._column.insertWidget(len(self._rows) - 1, panel)
        self._add.setEnabled(len(self._rows) < self._most)
        self.added.emit(made)
        return made

    def clear(self) -> None:
        """Take every row out."""
        for made in self.rows:
            self._take_out(made)

    def add_and_go(self) -> None:
        """Append an empty row and put the keys into it."""
        self.add().setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_out(self, made: RowT) -> None:
        panel = self._rows.pop(made)
        panel.hide()
        panel.deleteLater()
        self._add.setEnabled(True)

    def _take_out_and_go(self, made: RowT) -> None:
        self._take_out(made)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
