"""Settings say nothing about a patient: window geometry, colours, text size, idle minutes, whose name was last.

Each is declared once with its key and default. A file that is damaged, strange or not writable means defaults.
"""

import math
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from rapportdesk.model.identity import StaffId
from ui.look.palette import ThemeChoice

IDLE_MINUTES_DEFAULT = 5
IDLE_MINUTES_MOST = 30


class Settings:
    """The settings file of this account on this computer.

    Args:
        file: An .ini file; made when something is first set.
    """

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        """Which colours to show."""
        try:
            return ThemeChoice(self._text("look/theme"))
        except ValueError:
            return ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("look/theme", choice.value)

    @property
    def scale(self) -> float:
        """Text scale, 1.0 to 2.0."""
        return min(max(self._number("look/scale", 1.0), 1.0), 2.0)

    @scale.setter
    def scale(self, scale: float) -> None:
        self._store.setValue("look/scale", scale)

    @property
    def geometry(self) -> QByteArray:
        """What `QWidget.saveGeometry` gave; empty at first."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def last_person(self) -> StaffId:
        """Random id of whoever signed in last; empty at first."""
        return StaffId(self._text("door/last"))

    @last_person.setter
    def last_person(self, staff_id: StaffId) -> None:
        self._store.setValue("door/last", str(staff_id))

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or the mouse after which the desk locks; never more than half an hour, never off."""
        return min(max(int(self._number("lock/idle_minutes", IDLE_MINUTES_DEFAULT)), 1), IDLE_MINUTES_MOST)

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        self._store.setValue("lock/idle_minutes", minutes)

    def beside(self, name: str) -> Path:
        """Return the path of a file beside the settings, which is as long-lived as they are."""
        return Path(self._store.fileName()).with_name(name)

    def save(self) -> None:
        """Write to the file now."""
        self._store.sync()

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""

    def _number(self, key: str, default: float) -> float:
        try:
            number = float(str(self._store.value(key, default)))
        except ValueError:
            return default
        return number if math.isfinite(number) else default
