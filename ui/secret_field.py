"""A field for a secret that notices the caps-lock key, because nobody can see what they type."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from ui.controls import Field


class SecretField(Field):
    """A labelled field whose letters are not shown.

    Args:
        label: What is asked for.
        hint: One sentence below, or empty.
    """

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, secret=True, hint=hint, parent=parent)
        self._plain_hint = hint
        self._caps = False
        self.edit.installEventFilter(self)

    @property
    def caps_lock(self) -> bool:
        """Whether the last letter came with caps lock on."""
        return self._caps

    def take(self) -> str:
        """Return what was typed and empty the field."""
        text = self.text
        self.edit.clear()
        return text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell a capital without Shift, or a small letter with it: no platform-independent way asks the key itself."""
        if watched is self.edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            caps = _caps_lock(event, before=self._caps)
            if caps != self._caps:
                self._caps = caps
                self.say_hint(_("Caps lock is on.") if caps else self._plain_hint)
        return False


def _caps_lock(event: QKeyEvent, *, before: bool) -> bool:
    if event.key() == Qt.Key.Key_CapsLock:
        return False  # it changes now; the next letter tells
    text = event.text()
    if len(text) != 1 or not text.isalpha() or text.upper() == text.lower():
        return before
    return text.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
