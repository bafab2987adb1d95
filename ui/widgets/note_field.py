"""A field for what was said: Enter saves, Shift+Enter begins a line, pasted lines stay lines, and Tab leaves.

It grows with what is in it. More than a note can hold is refused whole, with a sentence, so that nothing is cut.
"""

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from rapportdesk.errors import BadInput
from rapportdesk.language import _
from ui.theme import Theme

LONGEST = 20_000
"""Characters in one note, as the Desk takes them."""

MOST_LINES = 6


class NoteField(QPlainTextEdit):
    """Where a note is typed.

    Signals:
        entered: Enter was pressed, not held.
        left_upwards: Up was pressed on the first line.
        undo_wanted: Ctrl+Z was pressed and nothing typed here is left to take back.
        refused: The `BadInput` that says why a paste was not taken.
        focused: Whether the keys go here now.
    """

    entered = Signal()
    left_upwards = Signal()
    undo_wanted = Signal()
    refused = Signal(object)
    focused = Signal(bool)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._invitation = ("", "")
        self.setProperty("role", "quick-field")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(1)
        self.textChanged.connect(self.updateGeometry)
        theme.changed.connect(self.updateGeometry)

    def invite(self, words: str, fewer: str) -> None:
        """Say in the empty field what to type: `fewer` words where `words` do not fit on a line."""
        self._invitation = (words, fewer)
        self._fit_invitation()

    @property
    def text(self) -> str:
        """What is typed, as typed."""
        return self.toPlainText()

    def replace(self, text: str) -> None:
        """Put `text` in place of all there is, with the caret at its end; Ctrl+Z takes it back."""
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def start_with(self, text: str) -> None:
        """Begin anew with `text`; nothing of before can be brought back by Ctrl+Z."""
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def sizeHint(self) -> QSize:
        """One line, or as many as are typed up to six."""
        lines = min(max(int(self.document().size().height()), self._placeholder_lines(), 1), MOST_LINES)
        return QSize(self._theme.px(240), lines * self.fontMetrics().lineSpacing() + self._theme.px(4))

    def _fit_invitation(self) -> None:
        words, fewer = self._invitation
        fits = self.fontMetrics().horizontalAdvance(words) < self.viewport().width() - 4
        self.setPlaceholderText(words if fits else fewer)

    def _placeholder_lines(self) -> int:
        """Return how many lines the words in the empty field take at its width."""
        if self.toPlainText():
            return 1
        room = QRect(0, 0, max(self.viewport().width() - 4, 1), 1 << 20)
        metrics = self.fontMetrics()
        words = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.placeholderText())
        return -(-words.height() // metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap differently at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_invitation()
            self.updateGeometry()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take pasted text with its lines, or refuse it whole."""
        length = len(source.text()) + len(self.text) - len(self.textCursor().selectedText())
        if length > LONGEST:
            self.refused.emit(
                BadInput(
                    _("That is {length:,} characters long; {longest:,} is the most that fits here.").format(
                        length=length, longest=LONGEST
                    ),
                    _("Nothing was pasted. Shorten it, or split it in two."),
                )
            )
            return
        self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves unless it is held; Shift+Enter begins a line; Up on the first line leaves upwards."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and modifiers == Qt.KeyboardModifier.NoModifier:
            if not event.isAutoRepeat():
                self.entered.emit()
            return
        if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            if not event.isAutoRepeat():
                self.undo_wanted.emit()
            return
        if event.key() == Qt.Key.Key_Up and modifiers == Qt.KeyboardModifier.NoModifier:
            before = self.textCursor().position()
            super().keyPressEvent(event)
            if self.textCursor().position() == before and not event.isAutoRepeat():
                self.left_upwards.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keys go here."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.focused.emit(False)
