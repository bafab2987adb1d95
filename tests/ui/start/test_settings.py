"""Settings survive a restart, never turn a lock off, and a damaged file means defaults."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from rapportdesk.model.identity import StaffId
from ui.look.palette import ThemeChoice
from ui.start.settings import IDLE_MINUTES_DEFAULT, IDLE_MINUTES_MOST, Settings


def test_what_was_set_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "made" / "settings.ini"
    before = Settings(file)
    before.theme, before.scale, before.idle_minutes = ThemeChoice.DARK, 1.5, 10
    before.last_person, before.geometry = StaffId("a" * 32), QByteArray(b"\x01\xd9")
    before.save()
    after = Settings(file)
    assert (after.theme, after.scale, after.idle_minutes) == (ThemeChoice.DARK, 1.5, 10)
    assert (after.last_person, after.geometry) == ("a" * 32, QByteArray(b"\x01\xd9"))


def test_nothing_set_means_defaults(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    assert (settings.theme, settings.scale, settings.idle_minutes) == (ThemeChoice.SYSTEM, 1.0, IDLE_MINUTES_DEFAULT)
    assert settings.geometry.isEmpty()


@pytest.mark.parametrize(
    ("written", "minutes"), [("0", 1), ("-5", 1), ("100000", IDLE_MINUTES_MOST), ("never", IDLE_MINUTES_DEFAULT)]
)
def test_the_idle_lock_can_not_be_turned_off(tmp_path: Path, written: str, minutes: int) -> None:
    file = tmp_path / "settings.ini"
    file.write_text(f"[lock]\nidle_minutes={written}\n", encoding="utf-8")
    assert Settings(file).idle_minutes == minutes


@pytest.mark.parametrize(
    "damage",
    [b"\x00\xff\xfe rubbish", b"[look]\ntheme=@Invalid()\nscale=nan\n", b"[look]\nscale=@Rect(1 2 3 4)\n", b""],
)
def test_a_damaged_file_means_defaults(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(damage)
    settings = Settings(file)
    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.scale == 1.0


def test_a_text_size_that_no_screen_could_show_is_brought_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[look]\nscale=90\n", encoding="utf-8")
    assert Settings(file).scale == 2.0
