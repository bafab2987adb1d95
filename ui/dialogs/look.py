"""Colours, text size and when to lock, changed before one's eyes and kept for this account on this computer."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QWidget

from rapportdesk.language import _, ngettext
from ui.look.palette import ThemeChoice
from ui.start.settings import Settings
from ui.theme import SCALES, Theme
from ui.widgets.controls import Button, Section, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout

IDLE_CHOICES = (2, 5, 10, 15)


def theme_words(choice: ThemeChoice) -> str:
    """Return what a choice of colours is called."""
    return {
        ThemeChoice.SYSTEM: _("As the computer"),
        ThemeChoice.LIGHT: _("Light"),
        ThemeChoice.DARK: _("Dark"),
        ThemeChoice.HIGH_CONTRAST: _("High contrast"),
    }[choice]


class LookDialog(Dialog):
    """Three rows of choices.

    Args:
        theme: Changed at once.
        settings: Where the choices are kept.
        changed: Called after each choice, to dress everything anew.
    """

    def __init__(self, theme: Theme, settings: Settings, changed: Callable[[], object], parent: QWidget | None) -> None:
        super().__init__(theme, _("Colours and text size"), parent, width=560, height=420)
        self._settings, self._changed = settings, changed
        self._themes = self._choices(_("Colours"), [theme_words(choice) for choice in ThemeChoice])
        self._scales = self._choices(_("Text size"), [f"{round(scale * 100)} %" for scale in SCALES])
        minutes = [ngettext("{count} minute", "{count} minutes", count).format(count=count) for count in IDLE_CHOICES]
        self._idle = self._choices(_("Lock when nobody has touched it for"), minutes)
        self.rows.addStretch(1)
        self.add_close()
        self._check(self._themes, list(ThemeChoice).index(settings.theme))
        nearest = min(range(len(SCALES)), key=lambda number: abs(SCALES[number] - settings.scale))
        self._check(self._scales, nearest)
        closest = min(range(len(IDLE_CHOICES)), key=lambda number: abs(IDLE_CHOICES[number] - settings.idle_minutes))
        self._check(self._idle, closest)
        self._themes.idClicked.connect(self._choose_theme)
        self._scales.idClicked.connect(self._choose_scale)
        self._idle.idClicked.connect(self._choose_idle)

    def _choices(self, heading: str, words: list[str]) -> QButtonGroup:
        self.rows.addWidget(Section(heading))
        group = QButtonGroup(self)
        flow = place(self.rows, FlowLayout(gap=8))
        for number, each in enumerate(words):
            button = Button(each, "secondary", name=f"{heading}: {each}")
            button.setCheckable(True)
            group.addButton(button, number)
            flow.addWidget(button)
        return group

    @staticmethod
    def _check(group: QButtonGroup, number: int) -> None:
        group.button(number).setChecked(True)

    def _choose_theme(self, number: int) -> None:
        self._settings.theme = list(ThemeChoice)[number]
        self._changed()

    def _choose_scale(self, number: int) -> None:
        self._settings.scale = SCALES[number]
        self._changed()

    def _choose_idle(self, number: int) -> None:
        self._settings.idle_minutes = IDLE_CHOICES[number]
        self._changed()
