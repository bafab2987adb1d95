"""Where the parts of a card stand: its head and its foot still, and what is read scrolling between.

Where room is short all but the quick line scrolls, because the line itself says name and birth date, and nothing may
be cut.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import Theme
from ui.widgets.controls import column
from ui.widgets.overlaid_scroll import OverlaidScroll

GAP = 10
LEAST_READING = 110
"""Height (scale 1.0) that must be left for reading, or the head and the foot scroll too."""

LEAST_VIEW = 36
"""Height (scale 1.0) of what scrolls in the lowest window: two lines."""


class _Read(QWidget):
    """What scrolls. Qt asks how tall it would like to be whenever it scrolls, and would lay all of it out for that."""

    def sizeHint(self) -> QSize:
        """As little as it can do with: its height follows from its width."""
        return self.minimumSizeHint()


class CardColumn(QWidget):
    """The parts of a card from top to bottom.

    Args:
        theme: Sizes grow with its text.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head: tuple[QWidget, ...] = ()
        self._foot: tuple[QWidget, ...] = ()
        self._last: QWidget | None = None
        self.tight = False
        self._inside = _Read()
        self._rows = column(self._inside, gap=GAP)
        self._rows.addStretch(1)
        self.reading = OverlaidScroll(self._inside)
        self._whole = column(self, gap=GAP)
        self._whole.addWidget(self.reading, 1)

    def hold(
        self,
        *,
        head: Sequence[QWidget] = (),
        read: Sequence[QWidget] = (),
        foot: Sequence[QWidget] = (),
        last: QWidget | None = None,
    ) -> None:
        """Take more parts in, each under those of its kind; before it is first laid out.

        Args:
            head: Stand still over what is read.
            read: What is read.
            foot: Stand still under it, above the last.
            last: Always at the foot, whole.
        """
        for part in head:
            self._whole.insertWidget(len(self._head), part)
            self._head = (*self._head, part)
        for part in read:
            self._rows.insertWidget(self._rows.count() - 1, part)
        for part in foot:
            self._whole.insertWidget(len(self._head) + 1 + len(self._foot), part)
            self._foot = (*self._foot, part)
            part.installEventFilter(self)
        if last is not None:
            self._whole.addWidget(last)
            self._last = last

    @property
    def laid_out(self) -> tuple[QWidget, ...]:
        """What is laid out anew when its parts come and go."""
        return self, self._inside

    def settle(self) -> None:
        """Fit what is read into what scrolls it, now that all of it has been said and laid out."""
        QApplication.sendEvent(self.reading, QEvent(QEvent.Type.LayoutRequest))

    def to_top(self) -> None:
        """Begin reading anew."""
        self.reading.verticalScrollBar().setValue(0)

    def arrange(self) -> None:
        """Choose what scrolls for the present height and text."""
        parts = [part for part in (*self._head, *self._foot, self._last) if part is not None and not part.isHidden()]
        needed = sum(_height(part, self.width()) + GAP for part in parts) + self._theme.px(LEAST_READING)
        tight = needed > self.height()
        self.reading.setMinimumHeight(self._theme.px(LEAST_VIEW))
        if tight is not self.tight:
            self._place(tight=tight)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring a part that has come into sight, where it scrolls."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            QTimer.singleShot(0, watched, lambda: self._bring(watched))
        return False

    def _bring(self, part: QWidget) -> None:
        if self.tight and not part.isHidden():
            self.reading.verticalScrollBar().setValue(part.y())

    def hasHeightForWidth(self) -> bool:
        """It takes what height there is."""
        return False

    def minimumSizeHint(self) -> QSize:
        """The last part whole, and some room to read: the window may be made as low as that."""
        width = self._inside.minimumSizeHint().width()
        last = self._last
        height = _height(last, max(self.width(), 1)) if last is not None and not last.isHidden() else 0
        return QSize(width, height + GAP + self._theme.px(LEAST_VIEW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """Choose anew when a part comes, goes or grows."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.arrange()
        return done

    def _place(self, *, tight: bool) -> None:
        self.tight = tight
        focus = QApplication.focusWidget()
        hidden = {part: part.isHidden() for part in (*self._head, *self._foot)}
        for at, part in enumerate(self._head):
            (self._rows if tight else self._whole).insertWidget(at, part)
        for at, part in enumerate(self._foot):
            if tight:
                self._rows.insertWidget(self._rows.count() - 1, part)
            else:
                self._whole.insertWidget(len(self._head) + 1 + at, part)
        for part, was_hidden in hidden.items():
            part.setVisible(not was_hidden)
        if focus is not None and any(part is focus or part.isAncestorOf(focus) for part in hidden):
            focus.setFocus()  # moving a part from one column to the other takes the keys away from it


def _height(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
