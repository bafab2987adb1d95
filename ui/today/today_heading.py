"""Which day is shown, and the ways to another: the days beside it, today, and the week when it is unfolded."""

import datetime as dt

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.shown import Day
from ui.theme import Theme
from ui.today.today_view import DayShown, heading_pieces
from ui.today.week_strip import WeekStrip
from ui.widgets.controls import Button, column, row
from ui.widgets.running import Running


class TodayHeading(QWidget):
    """The day's name with its buttons, and the week below.

    Args:
        theme: For icons and sizes.

    Signals:
        step_wanted: Days to go on, or back.
        today_wanted: Back to today.
        day_wanted: A date of the week.
        resized: The week has come or gone.
    """

    step_wanted = Signal(int)
    today_wanted = Signal()
    day_wanted = Signal(dt.date)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._unfolded = False
        self._is_today = True
        self._has_week = False
        self._words = Running(theme)
        self._before = Button("", "icon", lambda: self.step_wanted.emit(-1), name=_("The day before"))
        self._after = Button("", "icon", lambda: self.step_wanted.emit(1), name=_("The day after"))
        self._to_today = Button(_("Today"), "link", self.today_wanted.emit, name=_("Back to today"))
        self._fold = Button("", "icon", self.fold_week)
        self.week = WeekStrip()
        whole = column(self, gap=0)
        line = row(whole, self._words, self._to_today, self._fold, self._before, self._after, gap=4)
        line.setStretch(0, 1)
        whole.addWidget(self.week)
        self.week.hide()
        self.week.day_wanted.connect(self.day_wanted)
        theme.changed.connect(self._dress)
        self._dress()
        self._fit()

    def show_heading(self, shown: DayShown, day: Day, today: dt.date) -> None:
        """Say which day it is; another day than today brings its week along."""
        self._words.say(heading_pieces(shown))
        self._is_today, self._has_week = day.date == today, bool(day.week)
        self._to_today.setHidden(self._is_today)
        self.week.show_week(day.week, day.date, today)
        self._fit()

    def fold_week(self) -> None:
        """Show the week and go there, or fold it again; beside another day than today it stays."""
        self._unfolded = not self._unfolded or not self._is_today
        self._fit()
        if not self.week.isHidden():
            self.week.focus_day()

    def changeEvent(self, event: QEvent) -> None:
        """The arrows point the way the line runs."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._dress()

    def _fit(self) -> None:
        seen = self._has_week and (self._unfolded or not self._is_today)
        words = _("Fold the week") if seen else _("Show the week")
        self._fold.setAccessibleName(words)
        self._fold.setVisible(self._is_today)  # another day keeps its week, by which one comes back
        if seen is self.week.isHidden():
            self.week.setVisible(seen)
            self.resized.emit()

    def _dress(self) -> None:
        theme = self._theme
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ways = ("chevron-right", "chevron-left") if mirrored else ("chevron-left", "chevron-right")
        for button, icon in ((self._before, ways[0]), (self._after, ways[1]), (self._fold, "calendar")):
            button.setIcon(theme.icon(icon, "muted"))
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
            button.setFixedSize(theme.px(26), theme.px(24))
