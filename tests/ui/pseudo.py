"""A language nobody speaks: every string through gettext is longer and in brackets, so that others stand out."""

import gettext
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from babel.dates import get_day_names, get_month_names
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QMenu, QPlainTextEdit, QPushButton, QWidget

from rapportdesk.paths import RESOURCES

OPEN, CLOSE = "⟦", "⟧"
_ACCENTED = str.maketrans(
    "abcdeghijklnorstuwyzACDEGHIJKLNORSTUWYZ", "àƀçďéğĥîĵķļñöŕšţûŵýžÀÇĎÉĞĤÎĴĶĻÑÖŔŠŢÛŴÝŽ"
)  # fmt: skip
_PLACEHOLDER = re.compile(r"(\{[^}]*\})")


class PseudoTranslations(gettext.NullTranslations):
    """Answers every message with itself: accented, two fifths longer, in brackets; placeholders stay."""

    def gettext(self, message: str) -> str:
        """Return the message, disguised."""
        parts = [part if part.startswith("{") else part.translate(_ACCENTED) for part in _PLACEHOLDER.split(message)]
        longer = "~" * round(0.4 * sum(len(part) for part in parts if not part.startswith("{")))
        return f"{OPEN}{''.join(parts)}{_in_words(longer)}{CLOSE}"

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form for `count`, disguised."""
        return self.gettext(singular if count == 1 else plural)

    def pgettext(self, _context: str, message: str) -> str:
        """Return the message, disguised."""
        return self.gettext(message)


def _in_words(padding: str) -> str:
    """Break the padding where words would break, so that it wraps as another language does."""
    return "".join(f" {padding[at : at + 6]}" for at in range(0, len(padding), 6))


class Untranslated:
    """Finds words that did not come through gettext.

    Args:
        data: Texts that are nobody's to translate: what patients said, names, what a scene typed.
    """

    def __init__(self, data: Iterable[str]) -> None:
        texts = sorted({text for text in (*data, *_invented()) if text}, key=len, reverse=True)
        self._data = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(text) for text in texts)})(?!\w)", re.IGNORECASE)
        calendar = [get_month_names(width, locale="en_GB") for width in ("wide", "abbreviated")]
        calendar += [get_day_names(width, locale="en_GB") for width in ("wide", "abbreviated")]
        self._known = {name for names in calendar for name in names.values()}
        self._known |= {"RapportDesk", "Ctrl", "Alt", "Shift", "Return", "Enter", "Esc", "Left", "Right", "PDF"}
        self._known |= {"PgUp", "PgDown"}

    def words(self, text: str) -> list[str]:
        """Return the words of `text` that should have been translated."""
        rest = self._data.sub(" ", _outside(text).replace("\u00a0", " "))
        return [word for word in re.findall(r"[^\W\d_]{2,}", rest) if word not in self._known]

    def shown(self, top: QWidget) -> Iterator[str]:
        """Find words in whatever is seen or read out in a window."""
        for text in sorted(set(_texts(top))):
            if words := self.words(text):
                yield f"“{text}”: {', '.join(words)}"


def _outside(text: str) -> str:
    """Return what stands outside of all brackets; brackets nest where one string was put into another."""
    depth, kept = 0, []
    for char in text:
        depth += (char == OPEN) - (char == CLOSE)
        if depth <= 0 and char not in {OPEN, CLOSE}:
            kept.append(char)
    return "".join(kept)


def _texts(top: QWidget) -> Iterator[str]:
    for widget in (top, *(each for each in top.findChildren(QWidget) if each.isVisible() and each.window() is top)):
        if widget.property("verbatim"):
            continue
        yield widget.toolTip()
        yield widget.windowTitle()
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            yield interface.text(QAccessible.Text.Name)
            yield interface.text(QAccessible.Text.Description)
        if isinstance(widget, QLabel | QPushButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        elif isinstance(widget, QListView) and widget.model() is not None:
            model = widget.model()
            rows = [model.index(row, 0) for row in range(model.rowCount())]
            yield from (str(index.data(Qt.ItemDataRole.DisplayRole)) for index in rows)
        elif isinstance(widget, QMenu):
            yield from (action.text() for action in widget.actions())


def _invented() -> Iterator[str]:
    """Go through every text of the invented clinic."""
    clinic = json.loads((RESOURCES / "demo" / "clinic.json").read_text(encoding="utf-8"))
    yield from _strings(clinic)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield value.partition(":")[0]
        yield from value.split() if value.istitle() else ()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
