"""A quiet line beside a field: words that the patient may read as a judgement, and others in their place.

It never stops anybody and never takes the keyboard. One key, or one click, puts the alternative in, and Ctrl+Z takes it
back. It waits until the typist pauses and asks the desk then, so that a keystroke costs nothing.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from rapportdesk.language import _
from rapportdesk.model.wording import HintKind, WordingHint
from ui.card.card_view import Piece
from ui.commands import bind
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Button, Field, column, place
from ui.widgets.flow import FlowLayout
from ui.widgets.running import Running

PAUSE_MS = 400
"""How long the typist pauses before anything is said."""

Edit = QPlainTextEdit | QLineEdit


class WordingBar(QWidget):
    """What is noticed in the fields beside it; hidden while that is nothing.

    Args:
        tools: What a screen works with.
        edits: The fields; it speaks of the one that was typed in last.
        theirs: Whether what is typed is in the patient's own words, of which nothing is said.
    """

    def __init__(
        self, tools: Tools, edits: Sequence[Edit], *, theirs: Callable[[], bool] = lambda: False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._tools, self._edit, self._theirs = tools, edits[0], theirs
        self._hint: WordingHint | None = None
        self._left: set[str] = set()
        self._words = Running(tools.theme)
        self.put = Button("", "small", self.put_in)
        self.leave = Button(_("Leave it"), "chip-quiet", self.let_be)
        flow = place(column(self, gap=0), FlowLayout(gap=8, row_gap=2))
        for widget in (self._words, self.put, self.leave):
            flow.addWidget(widget)
        for button in (self.put, self.leave):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is typed
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        for edit in edits:
            edit.textChanged.connect(partial(self._typed, edit))
            bind(edit, tools.commands, "wording", self.put_in)
        self.setAccessibleName(_("About the wording"))
        self.hide()

    @property
    def said(self) -> str:
        """What is said now; empty while that is nothing."""
        return "" if self.isHidden() else self._words.accessibleName()

    def read(self) -> None:
        """Look again: whose words they are has changed."""
        self._timer.start()

    def put_in(self) -> None:
        """Put the alternative in the place of what was pointed out, so that it can be taken back."""
        hint = self._hint
        if hint is None or not hint.instead or _typed_in(self._edit)[hint.start : hint.end] != hint.words:
            return
        back = self._edit if self.hasFocus() or self.put.hasFocus() else None
        _replace(self._edit, hint)
        self._show(None)
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_be(self) -> None:
        """Leave these words as they are, and say nothing of them while this is being typed."""
        if self._hint is not None:
            self._left.add(self._hint.words.casefold())
            if self.leave.hasFocus():
                self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show(None)
            self._timer.start()

    def _typed(self, edit: Edit, *_signalled: str) -> None:
        self._edit = edit
        if not _typed_in(edit).strip():
            self._left.clear()
            self._timer.stop()
            self._show(None)
        else:
            self._timer.start()

    def _ask(self) -> None:
        edit, text = self._edit, _typed_in(self._edit)
        if self._theirs() or not text.strip():
            self._show(None)
            return
        hints = partial(self._tools.desk.wording.hints, text)
        shown, key = partial(self._read, edit, text), f"wording {id(self)}"
        self._tools.work.submit(self, hints, shown, lambda _error: None, key=key)  # a hint may be missed

    def _read(self, edit: Edit, text: str, hints: tuple[WordingHint, ...]) -> None:
        if edit is self._edit and text == _typed_in(edit):  # else typed on meanwhile; it is asked again
            self._show(next((hint for hint in hints if hint.words.casefold() not in self._left), None))

    def _show(self, hint: WordingHint | None) -> None:
        before, self._hint = self._hint, hint
        if hint is None:
            self.hide()
            return
        words = hint_words(hint)
        self._words.say([Piece(words, 12, 600, "muted")])
        self.put.setVisible(hint.kind is HintKind.JUDGING)
        key = self._tools.commands["wording"].key_words
        self.put.setText(_("“{words}”  {key}").format(words=hint.instead, key=key).replace("&", "&&"))
        self.put.setAccessibleName(_("Write “{words}”, {key}").format(words=hint.instead, key=key))
        self.leave.setAccessibleName(_("Leave “{words}” as it is").format(words=hint.words))
        self.show()
        if before is None or (before.words, before.instead) != (hint.words, hint.instead):
            said = words if not hint.instead else f"{words} {self.put.accessibleName()}"
            event = QAccessibleAnnouncementEvent(self, said)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)


def watch_field(tools: Tools, field: Field) -> WordingBar:
    """Have a hint shown below what is typed in `field`, and return its line."""
    bar = WordingBar(tools, (field.edit,))
    field.rows.addWidget(bar)
    return bar


def hint_words(hint: WordingHint) -> str:
    """Return what is said of a piece of text."""
    if hint.kind is HintKind.CLINICAL:
        return _("“{words}” sounds clinical: that belongs in the record.").format(words=isolate(hint.words))
    return _("The patient may read “{words}”. Perhaps:").format(words=isolate(hint.words))


def _typed_in(edit: Edit) -> str:
    return edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()


def _replace(edit: Edit, hint: WordingHint) -> None:
    """Put the alternative in; the caret stays at the letter where it was. Qt counts in UTF-16."""
    text = _typed_in(edit)
    start, end, length = (_units(part) for part in (text[: hint.start], text[: hint.end], hint.instead))
    if isinstance(edit, QPlainTextEdit):
        cursor = QTextCursor(edit.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(hint.instead)
        return
    caret = edit.cursorPosition()
    edit.setSelection(start, end - start)
    edit.insert(hint.instead)
    edit.setCursorPosition(caret if caret <= start else max(caret - (end - start), start) + length)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
