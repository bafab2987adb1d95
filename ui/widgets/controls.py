"""Small widgets every screen is built from: they wrap, never elide, and every one of them has a name to be read out.

Texts are plain text always: what a person typed is never taken for markup.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look.early import never_scroll_sideways, offer_no_menu, show_plain_text, take_no_focus
from ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

BoxT = TypeVar("BoxT", bound=QBoxLayout)
LayoutT = TypeVar("LayoutT", bound=QLayout)

_LONG_WORD = re.compile(r"\S{24,}")
_ZERO_WIDTH_SPACE = "\u200b"


def breakable(text: str) -> str:
    """Return `text` with places to break inside words too long for a column, so that they wrap instead of being cut."""
    return _LONG_WORD.sub(lambda word: re.sub(r"(.{12})(?=.)", rf"\1{_ZERO_WIDTH_SPACE}", word.group()), text)


class Label(QLabel):
    """Words that wrap and are never cut.

    Args:
        text: Plain text.
        role: One of `ui.look.style_sheet.TEXT_ROLES`, or "pill" or "kbd".
        wrap: Whether it may take several lines; only for words known to be short is it not.
        name: What a screen reader says, when that is not the text.
    """

    def __init__(
        self, text: str = "", role: str = "body", *, wrap: bool = True, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        show_plain_text(self)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum
        )
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._spoken = name
        self.say(text)

    def minimumSizeHint(self) -> QSize:
        """As wide as its longest word; what wraps says its height by its width and asks for no more than a line."""
        least = super().minimumSizeHint()
        line = self.fontMetrics().height()
        return QSize(least.width(), min(least.height(), line)) if self.wordWrap() else least

    def say(self, text: str, *, name: str = "") -> None:
        """Show `text`, and have it read out (or `name` in its place)."""
        self._spoken = name or self._spoken
        self.setText(breakable(text) if self.wordWrap() else text)
        self.setAccessibleName(self._spoken or text)


class Section(Label):
    """A small heading in capitals, read out as it is written."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.upper(), "section", name=words, parent=parent)


class Button(QPushButton):
    """A button with a verb on it.

    Args:
        text: The verb. No mnemonics: a "&" is shown as it is.
        role: "secondary", "primary", "quiet", "link" or "chip".
        pressed: Called without arguments when it is pressed by mouse or key.
        shortcut: Words for its key, shown after the verb ("F9"); the command table binds the key itself.
        name: What a screen reader says; the verb unless given.
    """

    def __init__(
        self,
        text: str,
        role: str = "secondary",
        pressed: Callable[[], object] | None = None,
        *,
        shortcut: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setText((f"{text}  {shortcut}" if shortcut else text).replace("&", "&&"))
        self.setAccessibleName(name or text)
        self.setAutoDefault(role == "primary")
        if pressed is not None:
            self.clicked.connect(lambda _checked=False: pressed())

    def minimumSizeHint(self) -> QSize:
        """Never less than its words and never under 24 pixels (WCAG 2.2, 2.5.8)."""
        return self.sizeHint().expandedTo(QSize(24, 24))


class Field(QWidget):
    """A field to type in, with its label above and its fault or hint below.

    Args:
        label: What is asked for.
        secret: Typed letters are not shown.
        hint: One sentence below, or empty.
        edit: What to type in, when it is of a kind of its own.
    """

    def __init__(
        self,
        label: str,
        *,
        secret: bool = False,
        hint: str = "",
        edit: QLineEdit | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.edit = edit or QLineEdit()
        self.edit.setMaxLength(4096)
        self.edit.setAccessibleName(label)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
            offer_no_menu(self.edit)
        self._label = Label(label, "label")
        self._label.setBuddy(self.edit)
        self._hint = hint
        self._problem = False
        self._below = Label("", "detail")
        self.rows = column(self, gap=4)
        self.rows.addWidget(self._label)
        self.rows.addWidget(self.edit)
        self.rows.addWidget(self._below)
        self.clear_problem()
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        """What is typed, as typed."""
        return self.edit.text()

    def say_label(self, label: str) -> None:
        """Ask for something else."""
        self._label.say(label)
        self.edit.setAccessibleName(label)

    def say_hint(self, hint: str) -> None:
        """Show another hint below the field."""
        self._hint = hint
        self.clear_problem()

    def say_problem(self, sentence: str) -> None:
        """Say what is wrong, below the field, and mark it."""
        self._mark("fault", sentence, problem=True)

    def clear_problem(self) -> None:
        """Take the mark away and show the hint again."""
        self._mark("detail", self._hint, problem=False)

    def _mark(self, role: str, sentence: str, *, problem: bool) -> None:
        self._below.say(sentence, name=sentence)
        self._below.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        if self._problem == problem:
            return
        self._problem = problem
        self._below.setProperty("role", role)
        self.edit.setProperty("problem", problem)
        for widget in (self._below, self.edit):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class Tick(QCheckBox):
    """A choice of yes or no."""

    def __init__(self, text: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setChecked(on)
        self.setAccessibleName(text)

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the tick itself, which a style sheet cannot colour."""
        from PySide6.QtCore import QPointF, QRectF  # all of these: milliseconds that the sign-in does not need
        from PySide6.QtGui import QPainter, QPen
        from PySide6.QtWidgets import QStyle, QStyleOptionButton

        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().highlightedText().color(), box.width() / 9)
        painter.setPen(pen)
        points = ((0.27, 0.53), (0.44, 0.69), (0.74, 0.33))
        painter.drawPolyline([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points])
        painter.end()


class Panel(QFrame):
    """A card or another block with a ground of its own.

    Args:
        role: "card", "important", "page", "bar", "quick-line", "quick-line-active", "words-field", "message".
        margins: Left, top, right, bottom at scale 1.0.
        gap: Between its rows, at scale 1.0.
    """

    def __init__(
        self,
        role: str = "card",
        *,
        margins: tuple[int, int, int, int] = (18, 12, 18, 12),
        gap: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.rows = column(self, gap=gap)
        self.rows.setContentsMargins(*margins)

    def add(self, *widgets: QWidget) -> None:
        """Append rows."""
        for widget in widgets:
            self.rows.addWidget(widget)


class Sign(QLabel):
    """A small icon in the colour of a tone that follows the theme; the words stand beside it.

    Args:
        name: File name in resources/icons without its ending.
        tone: A tone named in `ui.look.palette.Palette`.
        size: Side in pixels at scale 1.0.
    """

    def __init__(
        self, theme: Theme, name: str, tone: str = "muted", size: float = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._tone, self._size = theme, name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        self.setPixmap(self._theme.pixmap(self._name, self._tone, self._size, self.devicePixelRatioF()))


class Scroll(QScrollArea):
    """A column that scrolls up and down when it must, and never sideways.

    Args:
        inside: What scrolls.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        never_scroll_sideways(self)
        if inside.property("role") is None:
            inside.setProperty("role", "scrolled")
        self.setWidget(inside)
        take_no_focus(self)
        # What is inside has changed its size; an event filter would tell too, but Python's first one costs 70 ms.
        self.verticalScrollBar().rangeChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than what is inside can be made, so that nothing is cut at the side."""
        inside = self.widget()
        least = super().minimumSizeHint()
        return least if inside is None else least.expandedTo(QSize(inside.minimumSizeHint().width(), 0))


def column(parent: QWidget | None = None, *, gap: int = 8) -> QVBoxLayout:
    """Return a layout from top to bottom without margins."""
    return _bare(QVBoxLayout(parent) if parent is not None else QVBoxLayout(), gap)


def place(outer: QBoxLayout, inner: LayoutT, stretch: int = 0) -> LayoutT:
    """Put an empty layout at the end of another, to be filled there, and return it.

    PySide gives each item that lies in a layout when it is nested a Python object that lives as long as the outer
    layout, though Qt frees the item with its widget; whatever is made next at that address is then taken for the dead
    item, until the program crashes. So every layout is put in its place first and filled afterwards.

    Raises:
        ValueError: `inner` is not empty. A mistake of ours.
    """
    if inner.count():
        raise ValueError("a layout is put in its place before anything is put into it")
    outer.addLayout(inner, stretch)
    return inner


def row(into: QBoxLayout | QWidget, *widgets: QWidget, gap: int = 12, stretch_last: bool = False) -> QHBoxLayout:
    """Return a layout along the line (mirrored where the language is) without margins.

    Args:
        into: The layout at whose end it stands, or the widget it lays out.
        widgets: What stands in it.
        gap: Between neighbours.
        stretch_last: Whether what is left of the line stays free.
    """
    made = _bare(QHBoxLayout(into) if isinstance(into, QWidget) else place(into, QHBoxLayout()), gap)
    for widget in widgets:
        made.addWidget(widget)
    if stretch_last:
        made.addStretch(1)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of `layout` and delete it; nested layouts of every kind too, so that nothing stays behind."""
    for item in _items(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
            inner.deleteLater()


def _items(layout: QLayout) -> Iterator[QLayoutItem]:
    while layout.count():
        item = layout.takeAt(0)
        if item is not None:
            yield item


def _bare(layout: BoxT, gap: int) -> BoxT:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    return layout
