"""One line of the card that the keyboard can stand on: Enter or a double press changes it.

It paints its own words so that they wrap beside the sign, and has them all as its accessible name.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rapportdesk.model.shown import BlockKey, Line
from ui.card.card_view import Piece, SignOf, line_words, sign_of
from ui.look.laid_out import LaidOut
from ui.look.painting import TextBlock
from ui.theme import Theme
from ui.widgets.running import WIDTHS, words_of

PAD = 6
"""At both sides, as fixed as the margins of the card around."""

TEXT_AT, ABOVE = 26, 3
LEAST = 24
"""The least height of anything to press, in pixels at every scale (WCAG 2.2, 2.5.8)."""


NOTHING = Line(text="")
"""What a line says that is not shown."""


class LineButton(QAbstractButton):
    """A line of one block.

    Signals:
        reached: The keyboard or the mouse stands on it now.
        entered: Enter, Space or a double press of the mouse asks for it to be changed.
        moved: An arrow was pressed: 1 for the next line, -1 for the one before.
    """

    reached = Signal()
    entered = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme, line: Line | None, block: BlockKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.block = theme, block
        self.line = NOTHING
        self._sign: SignOf | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pixmap: QPixmap | None = None
        self._laid = LaidOut[tuple[TextBlock, TextBlock | None, int]](theme, WIDTHS)
        self._heights: dict[int, int] = {}
        theme.changed.connect(self._dress)
        self.show_line(line)

    def show_line(self, line: Line | None) -> None:
        """Say another line; with none nothing is left of what it said, and whoever holds it hides it."""
        new = line or NOTHING
        same, self.line = new == self.line, new
        if not same:
            self._sign = sign_of(new, self.block) if line else None
            words = line_words(new)
            self.setText(words.replace("&", "&&"))
            self.setAccessibleName(words)
            self._laid.forget()
            self._dress()

    @property
    def key(self) -> str:
        """What makes it the same line after a refresh."""
        thing = self.line.note or self.line.task
        return thing.id if thing is not None else f"{self.block}/{self.line.lead}{self.line.text}"

    def _blocks(self, width: int) -> tuple[TextBlock, TextBlock | None, int]:
        """Return text and detail laid out to the widget's `width`, and where they begin."""

        def serves(laid: tuple[TextBlock, TextBlock | None, int]) -> bool:
            text, detail, left = laid
            room = max(width - left - PAD, 1)
            return text.serves(room) and (detail is None or detail.serves(room))

        return self._laid.of(width, lambda: self._lay_out(width), serves=serves)

    def _lay_out(self, width: int) -> tuple[TextBlock, TextBlock | None, int]:
        theme, line = self._theme, self.line
        size = 16 if self.block is BlockKey.IMPORTANT else 14
        left = PAD + (theme.px(TEXT_AT) if self._sign else 0)
        room = max(width - left - PAD, 1)
        joint = "" if not line.lead or line.text[:1] in {",", ".", ";", ":"} else " "
        pieces = [Piece(line.lead, size, 700), Piece(joint + line.text, size)]
        if line.urgent:
            pieces.append(Piece(f" {line.urgent}", size, 600, "overdue"))
        text = TextBlock(*words_of(theme, pieces), width=room)
        detail = [Piece(line.detail, 12, 400, "muted")] if line.detail else []
        return text, TextBlock(*words_of(theme, detail), width=room) if detail else None, left

    def _dress(self) -> None:
        self._pixmap = None
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all its lines at `width`, at least what a finger needs."""
        if width not in self._heights:
            self._heights[width] = self._height(width)
        return self._heights[width]

    def _height(self, width: int) -> int:
        text, detail, _left = self._blocks(width)
        whole = round(text.height + (detail.height if detail else 0)) + 2 * self._theme.px(ABOVE)
        return max(whole, LEAST)

    def changeEvent(self, event: QEvent) -> None:
        """Another font or direction has other heights."""
        super().changeEvent(event)
        self._heights.clear()

    def sizeHint(self) -> QSize:
        """As wide as reads well; its height follows from its width, and is not asked for at this one."""
        return QSize(self._theme.px(320), LEAST)

    def minimumSizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(self._theme.px(120), LEAST)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign, the words, and where the keyboard or the mouse is."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected") if self.hasFocus() else theme.colour("hover"))
            painter.drawRoundedRect(box, px(6), px(6))
        text, detail, left = self._blocks(self.width())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start = PAD if mirrored else left
        text.draw(painter, start, px(ABOVE))
        if detail is not None:
            detail.draw(painter, start, px(ABOVE) + text.height)
        if self._sign is not None:
            side = px(14)
            at = self.width() - PAD - side if mirrored else PAD
            if self._pixmap is None:  # reading and rendering the icon at every move of the mouse would be felt
                self._pixmap = theme.pixmap(self._sign.icon, self._sign.tone, 14, self.devicePixelRatioF())
            painter.drawPixmap(at, px(ABOVE) + px(2), self._pixmap)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that this is the line stood on."""
        super().focusInEvent(event)
        self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbours; Enter presses once."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Ask for it to be changed."""
        self.entered.emit()
