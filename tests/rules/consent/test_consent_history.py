"""The history says of every event what became of it and why, and leaves none out."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.consent_shown import HistoryEntry
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_history import standings
from rapportdesk.rules.consent.consent_state import state
from tests.rules.invented import GWEN, MOTHER, TODAY, ago, consent, person

KEEP = Covers.KEEP_NOTES
NIA = person(people=(GWEN, MOTHER))
DAY = dt.timedelta(days=1)


def entries(*events: ConsentEvent) -> tuple[HistoryEntry, ...]:
    return standings(events, NIA, TODAY, dt.UTC, guardian_until=16)[0].entries


def told(*events: ConsentEvent) -> list[tuple[InactiveReason | None, dt.date | None, bool]]:
    return [(each.ended, each.ended_on, each.in_force) for each in entries(*events)]


def test_a_newer_yes_supersedes_an_older_one_on_its_day() -> None:
    assert told(consent(KEEP, days=9), consent(KEEP, days=2)) == [
        (None, None, True), (InactiveReason.SUPERSEDED, ago(2).date(), False),
    ]  # fmt: skip


def test_a_withdrawal_ends_a_yes_on_its_day_and_so_does_a_no() -> None:
    for status, ended in (
        (ConsentStatus.INACTIVE, InactiveReason.WITHDRAWN),
        (ConsentStatus.REJECTED, InactiveReason.SUPERSEDED),
    ):
        assert told(consent(KEEP, days=9), consent(KEEP, status, days=2)) == [
            (None, None, True), (ended, ago(2).date(), False),
        ]  # fmt: skip


def test_a_yes_that_ran_out_before_it_was_replaced_expired() -> None:
    runs_out = ago(5).date()
    assert told(consent(KEEP, days=9, valid_until=runs_out), consent(KEEP, days=2))[1] == (
        InactiveReason.EXPIRED, runs_out + DAY, False,
    )  # fmt: skip
    assert told(consent(KEEP, days=9, valid_until=runs_out)) == [(InactiveReason.EXPIRED, runs_out + DAY, True)]
    assert told(consent(KEEP, days=9, valid_until=TODAY)) == [(None, None, True)]


def test_every_purpose_is_there_and_talking_with_each_person_by_itself() -> None:
    found = standings((consent(Covers.TALK_WITH, person="gone"),), NIA, TODAY, dt.UTC, guardian_until=16)
    assert {each.covers for each in found} == set(Covers)
    assert [each.person for each in found if each.covers is Covers.TALK_WITH] == ["gwen", "mother", "gone"]
    assert [each.state for each in found if each.person == "gone"] == [KeepConsent.AGREED]


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([KEEP, Covers.TALK_WITH, Covers.PHONE]),
            st.sampled_from([*ConsentStatus]),
            st.integers(0, 30),
            st.sampled_from([None, TODAY, TODAY - DAY, TODAY - 20 * DAY]),
        ),
        max_size=8,
    )
)
def test_no_event_is_left_out_and_the_standing_is_the_rules_own(
    drawn: list[tuple[Covers, ConsentStatus, int, dt.date | None]],
) -> None:
    events = [
        consent(covers, status, days, valid_until=until, person="gwen" if covers is Covers.TALK_WITH else "")
        for covers, status, days, until in drawn
    ]
    found = standings(events, NIA, TODAY, dt.UTC, guardian_until=16)
    assert sorted(entry.event.id for each in found for entry in each.entries) == sorted(each.id for each in events)
    for each in found:
        assert each.state is state(events, each.covers, NIA, TODAY, person=each.person)
        in_force = [entry for entry in each.entries if entry.in_force]
        assert len(in_force) <= 1
        assert [entry.event for entry in in_force] == ([each.decides] if each.decides else [])
        moments = [entry.event.recorded_at for entry in each.entries]
        assert moments == sorted(moments, reverse=True)
        if each.state is KeepConsent.AGREED:
            assert in_force[0].ended is None
