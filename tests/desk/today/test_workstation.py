"""What is amiss with the computer is said to whoever is there, and nothing is said of one that is well."""

import datetime as dt

import pytest

from tests.desk.conftest import MORNING, Practice


def amiss(practice: Practice, name: str) -> str:
    desk = practice.sign_in(name)
    return "\n".join(each.words for each in desk.reminders.mine() if not each.command)


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei", "Ben Morgan"])
def test_a_clock_that_stands_behind_is_said_to_everybody(practice: Practice, name: str) -> None:
    assert amiss(practice, name) == ""
    practice.clock.moment = MORNING - dt.timedelta(minutes=50)
    assert amiss(practice, name) == ""  # an hour of daylight saving is none
    practice.clock.moment = MORNING - dt.timedelta(days=365)
    assert "clock is wrong" in amiss(practice, name)


def test_a_disk_without_room_is_said(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapportdesk.desk.today.workstation.LEAST_ROOM", 2**62)
    assert "disk is full" in amiss(practice, "Ana Ruiz")
