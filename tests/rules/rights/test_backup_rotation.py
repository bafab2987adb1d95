"""What is let go of among old backups, whatever days they were made on."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.rules.rights.backup_rotation import AGAIN, DAYS, MONTHS, WEEKS, due, gone_by, overdue, to_let_go

DAYS_BACK = st.floats(min_value=0, max_value=3_000)
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
MOMENTS = st.lists(DAYS_BACK.map(lambda back: NOW - dt.timedelta(back)), max_size=60)


@given(MOMENTS)
def test_the_newest_stays_the_count_is_bounded_and_looking_again_lets_nothing_more_go(made: list[dt.datetime]) -> None:
    kept = set(made) - to_let_go(made)
    assert not made or max(made) in kept
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert to_let_go(kept) == frozenset()


@given(MOMENTS)
def test_of_each_of_the_last_days_the_last_one_stays(made: list[dt.datetime]) -> None:
    kept = set(made) - to_let_go(made)
    for day in sorted({each.date() for each in made}, reverse=True)[:DAYS]:
        assert max(each for each in made if each.date() == day) in kept


def test_three_years_of_daily_backups_leave_seven_days_four_weeks_and_twelve_months() -> None:
    noon = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    made = [noon - dt.timedelta(days=back) for back in range(3 * 365)]
    kept = sorted(set(made) - to_let_go(made), reverse=True)
    assert kept[:DAYS] == made[:DAYS]
    assert len({(each.year, each.month) for each in kept}) == MONTHS
    assert len(kept) == DAYS + (WEEKS - 2) + (MONTHS - 1)  # two weeks and a month end among the days


def test_after_three_days_without_one_somebody_is_told() -> None:
    now = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    assert overdue(None, now)
    assert overdue(now - dt.timedelta(days=3), now)
    assert not overdue(now - dt.timedelta(days=2, hours=23), now)


@given(st.integers(min_value=0, max_value=900), st.integers(min_value=0, max_value=60))
def test_where_one_is_made_every_day_none_is_left_after_the_day_it_is_gone_by(age: int, hour: int) -> None:
    kept: set[dt.datetime] = set()
    begin = NOW + dt.timedelta(minutes=hour)
    for day in range(0, 420, 7):  # every week is often enough, and quicker than every day
        kept.add(begin + dt.timedelta(age + day))
        kept -= to_let_go(kept)
        assert all(gone_by(each.date()) >= (begin + dt.timedelta(age + day)).date() for each in kept)


@given(MOMENTS.filter(bool), DAYS_BACK, st.floats(min_value=0, max_value=100))
def test_one_is_due_only_for_a_change_that_none_holds(made: list[dt.datetime], back: float, later: float) -> None:
    last, now = max(made), NOW + dt.timedelta(later)
    changed = NOW - dt.timedelta(back)
    assert not due(last, None, now)
    assert due(None, changed, now)
    wanted = changed > last and (last.date() != now.date() or now - last >= AGAIN)
    assert due(last, changed, now) is wanted


def test_a_backup_from_when_the_clock_was_ahead_neither_holds_the_next_one_up_nor_passes_for_a_late_one() -> None:
    now = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    ahead = now + dt.timedelta(days=3_650)
    assert due(ahead, now, now)
    assert due(ahead, ahead, now), "the recorded clock stays where it once was"
    assert not due(ahead, None, now)
    assert overdue(ahead, now)
    assert not overdue(now + dt.timedelta(hours=1), now)
