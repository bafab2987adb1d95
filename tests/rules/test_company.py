"""Who was named today is known today; that somebody is alone is never taken from a record."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.company import NOT_ON_THE_CARD, Companions
from rapportdesk.rules.company import companions_words, named_today, others
from tests.rules.invented import ANA, GWEN, NOW, PATIENT, TODAY, fresh_id, person


def said(*people: str, on: dt.date = TODAY, minutes_ago: int = 0) -> Companions:
    return Companions(
        id=fresh_id(), patient=PATIENT, on=on, people=people, said_at=NOW - dt.timedelta(minutes=minutes_ago),
        said_by=ANA, said_by_name="Ana Ruiz",
    )  # fmt: skip


@given(st.lists(st.tuples(st.sets(st.sampled_from(["gwen", "huw"])), st.integers(-2, 2), st.integers(0, 60))))
def test_no_record_says_that_somebody_is_alone(rows: list[tuple[set[str], int, int]]) -> None:
    log = tuple(said(*people, on=TODAY + dt.timedelta(days=days), minutes_ago=ago) for people, days, ago in rows)
    assert named_today(log, TODAY) != frozenset()


def test_the_last_word_of_today_counts() -> None:
    assert named_today((said("gwen"),), TODAY) == frozenset({"gwen"})
    assert named_today((said("gwen", minutes_ago=5), said()), TODAY) is None
    assert named_today((said("gwen", on=TODAY - dt.timedelta(days=1)),), TODAY) is None


def test_they_are_called_as_the_card_calls_them() -> None:
    company = frozenset({"gwen", f"{NOT_ON_THE_CARD}Bob"})
    assert companions_words(person(people=(GWEN,)), company) == ("Gwen, daughter", "Bob")
    assert others(company) == ("Bob",)
    assert companions_words(person(people=(GWEN,)), None) == ()
