"""A field for a secret that notices the caps-lock key, because nobody can see what they type."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rapportdesk.language import _
from ui.widgets.controls import Field


class SecretEdit(QLineEdit):
    """Takes the keys.

    Signals:
        caps_changed: Whether the letter just typed came with caps lock on, when that is new.
        stepped: -1 for the up key, 1 for the down key.
    """

    caps_changed = Signal(bool)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.caps = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell a capital without Shift, or a small letter with it: no platform-independent way asks the key itself."""
        from PySide6.QtCore import Qt  # after the first paint: see ui.look.early

        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
            return
        caps = _caps_lock(event, before=self.caps)
        if caps != self.caps:
            self.caps = caps
            self.caps_changed.emit(caps)
        super().keyPressEvent(event)


class SecretField(Field):
    """A labelled field whose letters are not shown.

    Args:
        label: What is asked for.
        hint: One sentence below, or empty.

    Signals:
        stepped: -1 for the up key, 1 for the down key: to choose whose secret it is.
    """

    stepped = Signal(int)

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        self._keys = SecretEdit()
        super().__init__(label, secret=True, hint=hint, edit=self._keys, parent=parent)
        self._plain_hint = hint
        self._keys.stepped.connect(self.stepped)
        self._keys.caps_changed.connect(lambda caps: self.say_hint(_("Caps lock is on.") if caps else self._plain_hint))

    @property
    def caps_lock(self) -> bool:
        """Whether the last letter came with caps lock on."""
        return self._keys.caps

    def take(self) -> str:
        """Return what was typed and empty the field."""
        text = self.text
        self.edit.clear()
        return text


def _caps_lock(event: QKeyEvent, *, before: bool) -> bool:
    from PySide6.QtCore import Qt

    if event.key() == Qt.Key.Key_CapsLock:
        return False  # it changes now; the next letter tells
    text = event.text()
    if len(text) != 1 or not text.isalpha() or text.upper() == text.lower():
        return before
    return text.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
