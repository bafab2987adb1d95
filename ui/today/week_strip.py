"""The week around the day that is shown: seven days with their numbers of visits; arrows move, Enter turns to a day."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rapportdesk.language import _, ngettext
from rapportdesk.model.day import WeekDay
from ui.look.dates import day_name, short_weekday
from ui.widgets.controls import Button, row


class WeekStrip(QWidget):
    """Seven days in a line.

    Signals:
        day_wanted: The date that was pressed.
    """

    day_wanted = Signal(dt.date)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("The week"))
        self.days: list[Button] = []
        self._dates: list[dt.date] = []
        self._line = row(self, gap=2)
        self._line.setContentsMargins(0, 4, 0, 4)
        for number in range(7):
            day = Button("", "day", partial(self._pressed, number))
            day.setCheckable(True)
            day.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._line.addWidget(day, 1)
            self.days.append(day)

    def show_week(self, week: tuple[WeekDay, ...], shown: dt.date, today: dt.date) -> None:
        """Show the days with their counts; the one that is shown is marked, and today has its sign."""
        self._dates = [each.date for each in week]
        for button, each in zip(self.days, week, strict=False):
            number = f"•{each.date.day}•" if each.date == today else f"{each.date.day}"
            button.setText(f"{short_weekday(each.date)}\n{number}\n{each.visits or '–'}")
            button.setChecked(each.date == shown)
            button.setAccessibleName(_day_words(each, today))

    def focus_day(self) -> None:
        """Put the keys on the day that is shown."""
        chosen = next((day for day in self.days if day.isChecked()), self.days[0])
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from day to day, the way the line runs."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        at = next((number for number, day in enumerate(self.days) if day.hasFocus()), -1)
        if not step or at < 0:
            super().keyPressEvent(event)
            return
        step = -step if self.isRightToLeft() else step
        self.days[min(max(at + step, 0), len(self.days) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _pressed(self, number: int) -> None:
        if number < len(self._dates):
            self.days[number].setChecked(True)  # pressing the day that is shown does not take its mark away
            self.day_wanted.emit(self._dates[number])


def _day_words(day: WeekDay, today: dt.date) -> str:
    visits = ngettext("{count} visit", "{count} visits", day.visits).format(count=day.visits)
    name = _("today") if day.date == today else day_name(day.date)
    return _("{day}, {visits}").format(day=name, visits=visits)
