"""Today in words, without a window."""

import dataclasses
import datetime as dt

import pytest

from rapportdesk.model.appointment import AppointmentStatus
from tests.ui.people import NOW, morning, visit
from ui.rows import NowLine, Visit
from ui.today.today_view import has_gone_by, lay_out, minutes


def names(entries: tuple[Visit | NowLine, ...]) -> list[str]:
    return ["now" if isinstance(entry, NowLine) else entry.row.name for entry in entries]


def test_what_has_gone_by_folds_and_now_stands_between_what_began_and_what_comes() -> None:
    shown = lay_out(morning(), NOW, unfolded=False)

    assert shown.earlier_words == "6 earlier"
    assert names(shown.entries)[:4] == ["Tomasz Wójcik", "Nia Prydderch", "now", "Mr Ferreira"]
    assert (shown.heading, shown.date_words) == ("Today", "Friday 20 November")


def test_unfolded_every_visit_is_listed() -> None:
    shown = lay_out(morning(), NOW, unfolded=True)

    assert len(shown.entries) == len(morning().rows) + 1
    assert names(shown.entries).index("now") == 8


def test_waiting_is_loud_and_cancelled_is_grey() -> None:
    by_name = {
        entry.row.name: entry for entry in lay_out(morning(), NOW, unfolded=False).entries if isinstance(entry, Visit)
    }

    assert (by_name["Nia Prydderch"].status, by_name["Nia Prydderch"].loud) == ("waiting 4 min", True)
    assert (by_name["Samira Haddad"].status, by_name["Samira Haddad"].grey) == ("cancelled", True)
    assert (by_name["Tomasz Wójcik"].status, by_name["Tomasz Wójcik"].loud) == ("in the room 12 min", False)
    assert by_name["Li Wei"].status == ""


@pytest.mark.parametrize("status", [AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN])
def test_somebody_who_is_here_is_never_folded_away(status: AppointmentStatus) -> None:
    late = visit("07:00", "Still Here", "Dr Osei", status)

    assert not has_gone_by(late, NOW)
    assert has_gone_by(visit("07:00", "Unmarked", "Dr Osei"), NOW), "the control: nobody marked this one"


def test_an_unmarked_visit_has_gone_by_a_quarter_of_an_hour_after_its_end() -> None:
    row = visit("08:30", "Unmarked", "Dr Osei", minutes=20)

    assert not has_gone_by(row, NOW)
    assert has_gone_by(row, NOW + dt.timedelta(minutes=1))


def test_another_day_has_no_now_and_folds_nothing() -> None:
    day = dataclasses.replace(morning(), date=NOW.date() + dt.timedelta(days=3))
    shown = lay_out(day, NOW, unfolded=False)

    assert "now" not in names(shown.entries)
    assert (shown.heading, shown.date_words, shown.earlier) == ("Monday 23 November", "", 0)


def test_what_was_entered_in_error_leaves_no_trace() -> None:
    wrong = visit("09:30", "Entered Wrongly", "Dr Osei", AppointmentStatus.ENTERED_IN_ERROR)
    day = dataclasses.replace(morning(), rows=(*morning().rows, wrong))

    assert "Entered Wrongly" not in names(lay_out(day, NOW, unfolded=True).entries)


def test_long_waits_are_said_in_hours() -> None:
    assert (minutes(4), minutes(65)) == ("4 min", "1 h 5 min")


def test_an_empty_day_says_so() -> None:
    day = dataclasses.replace(morning(), rows=(), promised=())
    shown = lay_out(day, NOW, unfolded=False)

    assert shown.entries == ()
    assert (shown.empty_words, shown.promised_words) == ("Nobody is booked on this day.", "nothing due")
