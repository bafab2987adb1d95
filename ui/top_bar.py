"""The bar over everything: search from anywhere, who is with the patient, the cover, and who is signed in."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rapportdesk.language import _
from ui.commands import Command, CommandTable
from ui.controls import Button, Label, Panel
from ui.flow import FlowLayout
from ui.roles import named
from ui.screen import Tools

SEARCH_WIDTH = 400
BAR_HEIGHT = 50

_MENU = (
    ("switch", "lock"),
    ("secret", "look"),
    ("person.add", "import", "slips"),
    ("staff", "sheets"),
    ("help", "about"),
)
"""The person's menu, by command; a line stands between the groups."""


class TopBar(Panel):
    """Search, company, cover and the person's menu, in one line or in two when there is less room.

    Args:
        tools: For the person's name and the commands' words.
        company: Whether "Someone is with them" has a button: at the counter, not in the consulting room.

    Signals:
        command_wanted: Id of a command that was pressed or chosen.
    """

    command_wanted = Signal(str)

    def __init__(self, tools: Tools, *, company: bool, parent: QWidget | None = None) -> None:
        super().__init__("bar", margins=(0, 0, 0, 0), gap=0, parent=parent)
        self._tools = tools
        table = tools.commands
        self._narrow: bool | None = None
        self.brand = Label("RapportDesk", "brand", wrap=False)
        self.today = self._button("today", _("Today"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(table["find"].words)
        self.search.setAccessibleName(table["find"].words)
        self.search.setMaxLength(1000)
        self.search_key = Label(table["find"].key_words.replace("+", " "), "kbd", wrap=False)
        self.company = self._button("company", table["company"].words)
        self.company.setVisible(company)
        self._company = company
        self.cover = self._button("cover", _("Cover"), shortcut=table["cover"].key_words)
        self.person = QPushButton()
        self.person.setProperty("role", "quiet")
        self.person.setMenu(_menu(self.person, table, tools, self.command_wanted.emit))
        self.person.setAccessibleName(named(tools.viewer.name, tools.viewer.roles))
        self.person.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self.set_narrow(False)
        tools.theme.changed.connect(self._fit)

    def set_narrow(self, narrow: bool) -> None:
        """Lay out in two lines, or in one."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setUpdatesEnabled(False)
        holder = QWidget(self)  # takes the old layout with it when it goes
        item = self.rows.takeAt(0)
        old = item.layout() if item is not None else None
        if old is not None:
            holder.setLayout(old)
        parts = (self.brand, self.today, self.search, self.search_key, self.company, self.cover, self.person)
        for part in parts:
            part.setParent(self)
        self.rows.addLayout(self._two_lines() if narrow else self._one_line())
        self.brand.setVisible(not narrow)
        self.search_key.setVisible(not narrow)
        self.today.setVisible(narrow)
        for part in (self.search, self.cover, self.person):
            part.show()
        self.company.setVisible(self._company)
        holder.deleteLater()
        self._fit()
        self.setUpdatesEnabled(True)

    def fit_person(self) -> None:
        """Break a long name into lines, because a button does not wrap by itself."""
        px = self._tools.theme.px
        width = px(300) if not self._narrow else max(px(120), self.width() - px(48))
        font = self._tools.theme.font(13, 600)
        self.person.setText(
            _wrapped(named(self._tools.viewer.name, self._tools.viewer.roles), QFontMetricsF(font), width)
        )

    def _button(self, command: str, words: str, *, shortcut: str = "") -> Button:
        button = Button(words, "secondary", lambda: self.command_wanted.emit(command), shortcut=shortcut)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click does not take the caret out of the quick line
        return button

    def _one_line(self) -> QHBoxLayout:
        px = self._tools.theme.px
        line = QHBoxLayout()
        line.setContentsMargins(px(18), px(9), px(10), px(8))
        line.setSpacing(0)
        line.addWidget(self.brand)
        line.addSpacing(px(39))
        line.addWidget(self.search, 1000)
        line.addSpacing(px(6))
        line.addWidget(self.search_key)
        line.addSpacing(px(12))
        line.addStretch(1)
        line.addWidget(self.company)
        line.addSpacing(px(12))
        line.addWidget(self.cover)
        line.addSpacing(px(10))
        line.addWidget(self.person)
        return line

    def _two_lines(self) -> QVBoxLayout:
        px = self._tools.theme.px
        lines = QVBoxLayout()
        lines.setContentsMargins(12, px(8), 12, px(8))
        lines.setSpacing(px(6))
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self.today)
        first.addWidget(self.search, 1)
        rest = FlowLayout(gap=px(8), row_gap=px(4))
        for button in (self.company, self.cover, self.person):
            rest.addWidget(button)
        lines.addLayout(first)
        lines.addLayout(rest)
        return lines

    def _fit(self) -> None:
        px = self._tools.theme.px
        self.search.setMinimumWidth(px(120))
        self.search.setMaximumWidth(px(SEARCH_WIDTH) if not self._narrow else 1 << 20)
        self.search.setFixedHeight(px(32))
        self.person.setIcon(self._tools.theme.icon("chevron-down", "muted", 12))
        self.person.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if not self.isRightToLeft() else Qt.LayoutDirection.LeftToRight
        )
        self.person.setIconSize(QSize(px(12), px(12)))
        self.fit_person()


def _wrapped(text: str, metrics: QFontMetricsF, width: float) -> str:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines).replace("&", "&&")


def _menu(parent: QWidget, table: CommandTable, tools: Tools, run: Callable[[str], object]) -> QMenu:
    menu = QMenu(parent)
    for number, group in enumerate(_MENU):
        rows = [table[name] for name in group if table[name].roles & tools.viewer.roles]
        if number and rows:
            menu.addSeparator()
        _fill(menu, rows, run)
    return menu


def _fill(menu: QMenu, commands: Iterable[Command], run: Callable[[str], object]) -> None:
    for command in commands:
        # The key is written beside the words and not set as a shortcut: the window's own action has it already.
        words = command.words.replace("&", "&&")
        action = menu.addAction(f"{words}\t{command.key_words}" if command.key_words else words)
        action.triggered.connect(lambda _checked=False, name=command.id: run(name))
