"""Qt's own enumerations by their numbers, for what is made before the sign-in is painted.

Python's first touch of the `Qt` namespace makes some ninety enumerations and takes 20 ms, a sixth of what a bare window
takes to appear. The tests hold these numbers against their names.
"""

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

PLAIN_TEXT = 0
SCROLL_BAR_ALWAYS_OFF = 1
NO_FOCUS = 0
NO_CONTEXT_MENU = 0


def show_plain_text(label: QLabel) -> None:
    """Take what is shown for text and never for markup (Qt.TextFormat.PlainText)."""
    label.setProperty("textFormat", PLAIN_TEXT)


def never_scroll_sideways(area: QScrollArea) -> None:
    """Have no horizontal scroll bar (Qt.ScrollBarPolicy.ScrollBarAlwaysOff)."""
    area.setProperty("horizontalScrollBarPolicy", SCROLL_BAR_ALWAYS_OFF)


def take_no_focus(widget: QWidget) -> None:
    """Let the keys pass by (Qt.FocusPolicy.NoFocus)."""
    widget.setProperty("focusPolicy", NO_FOCUS)


def offer_no_menu(widget: QWidget) -> None:
    """Have no menu to copy from (Qt.ContextMenuPolicy.NoContextMenu)."""
    widget.setProperty("contextMenuPolicy", NO_CONTEXT_MENU)
