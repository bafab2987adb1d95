"""The bar over everything: search from anywhere, who is with the patient, the cover, and who is signed in."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rapportdesk.language import _
from ui.frame.person_button import PersonButton
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, empty, place
from ui.widgets.flow import FlowLayout

SEARCH_WIDTH = 400
HEIGHT = 50
COMPANY_FROM = 420


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
        self._company = company
        self._narrow: bool | None = None
        table = tools.commands
        self.brand = Label("RapportDesk", "brand", wrap=False)
        self.today = self._button("today", _("Today"))
        self.search = QLineEdit()
        self.search.setAccessibleName(table["find"].words)
        self.search.setMaxLength(1000)
        self.search_key = Label(table["find"].key_words.replace("+", " "), "kbd", wrap=False)
        self.said = QWidget()
        self.said_line = QHBoxLayout(self.said)
        self.said_line.setContentsMargins(0, 0, 0, 0)
        self.company = self._button("company", table["company"].words)
        self.cover = self._button("cover", _("Cover"), shortcut=table["cover"].key_words)
        self.person = PersonButton(tools, self.command_wanted.emit, company=company, parent=self)
        self.set_narrow(False)
        tools.theme.changed.connect(self._lay_out)

    def set_narrow(self, narrow: bool) -> None:
        """Lay out in two lines, or in one."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the name and the search's words."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Mirror with the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange and self._narrow is not None:
            self._lay_out()

    def _button(self, command: str, words: str, *, shortcut: str = "") -> Button:
        button = Button(words, "secondary", lambda: self.command_wanted.emit(command), shortcut=shortcut)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click does not take the caret out of the quick line
        return button

    def _lay_out(self) -> None:
        focus = QApplication.focusWidget()
        holder = QWidget(self)
        for part in self._parts():
            part.setParent(holder)  # out of the old layout, which must be empty before it goes
        empty(self.rows)
        if self._narrow:
            self._two_lines()
        else:
            self._one_line()
        for part in self._parts():
            if part.parentWidget() is holder:
                part.setParent(self)
        for part in (self.search, self.cover, self.person):
            part.show()
        for part in (self.brand, self.search_key, self.said):
            part.setVisible(not self._narrow)
        self.today.setVisible(bool(self._narrow))
        holder.deleteLater()
        self._fit()
        if focus is not None and focus in self._parts():
            focus.setFocus()

    def _parts(self) -> tuple[QWidget, ...]:
        return (
            self.brand, self.today, self.search, self.search_key, self.said, self.company, self.cover, self.person,
        )  # fmt: skip

    def _one_line(self) -> None:
        px = self._tools.theme.px
        line = place(self.rows, QHBoxLayout())
        before, after = (px(10), px(18)) if self.isRightToLeft() else (px(18), px(10))  # margins are not mirrored by Qt
        line.setContentsMargins(before, 0, after, 0)
        line.setSpacing(0)
        middle = Qt.AlignmentFlag.AlignVCenter
        line.addWidget(self.brand, 0, middle)
        line.addSpacing(px(39))
        line.addWidget(self.search, 1000, middle)
        line.addSpacing(px(6))
        line.addWidget(self.search_key, 0, middle)
        line.addSpacing(px(12))
        line.addWidget(self.said, 1)
        line.addSpacing(px(12))
        for button, gap in ((self.company, 12), (self.cover, 10), (self.person, 0)):
            line.addWidget(button, 0, middle)
            line.addSpacing(px(gap) if button is not self.company or self._company else 0)

    def _two_lines(self) -> None:
        px = self._tools.theme.px
        lines = place(self.rows, QVBoxLayout())
        lines.setContentsMargins(12, px(8), 12, px(8))
        lines.setSpacing(px(6))
        first = place(lines, QHBoxLayout())
        first.setSpacing(px(8))
        first.addWidget(self.today)
        first.addWidget(self.search, 1)
        rest = place(lines, FlowLayout(gap=px(8), row_gap=px(4)))
        for button in (self.company, self.cover, self.person):
            rest.addWidget(button)

    def _fit(self) -> None:
        px = self._tools.theme.px
        self.setMinimumHeight(px(HEIGHT))
        self.search.setMinimumWidth(px(120))
        self.search.setMaximumWidth(px(SEARCH_WIDTH) if not self._narrow else 1 << 20)
        self.search.setFixedHeight(px(32))
        self.search.setPlaceholderText(self._placeholder())
        self.company.setVisible(self._company and (not self._narrow or self.width() >= px(COMPANY_FROM)))
        self.person.fit(px(300) if not self._narrow else max(px(90), self.width() - px(48) - self.cover.width()))

    def _placeholder(self) -> str:
        room = self.search.width() - self._tools.theme.px(30)
        words = (self._tools.commands["find"].words, _("Find a person"), _("Find"))
        return next((each for each in words if self.search.fontMetrics().horizontalAdvance(each) <= room), "")
