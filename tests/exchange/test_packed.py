"""Things that are held as lines come out as they went in, one at a time."""

import gc
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from rapportdesk.exchange.packed import Packed
from rapportdesk.exchange.plan import IncomingPerson

_FORM = TypeAdapter(IncomingPerson)

people = st.lists(st.builds(IncomingPerson, name=st.text(), relation=st.text()))


def packed(things: Sequence[IncomingPerson]) -> Packed[IncomingPerson]:
    return Packed(_FORM, (_FORM.dump_json(each) for each in things))


@given(people, st.slices(20))
def test_they_are_a_sequence_of_the_same_things(things: list[IncomingPerson], some: slice) -> None:
    held = packed(things)
    assert list(held) == things
    assert held == things
    assert (held == tuple(things)) is (tuple(things) == held)
    assert hash(held) == hash(packed(things))
    assert held[some] == things[some]
    assert held != [*things, IncomingPerson(name="one more")]


def test_they_differ_where_one_thing_differs() -> None:
    assert packed([IncomingPerson(name="Nia")]) != packed([IncomingPerson(name="Huw")])
    assert packed([]) != 0


def test_there_is_no_further_one() -> None:
    with pytest.raises(IndexError):
        packed([IncomingPerson(name="Nia")])[1]


def test_the_collector_has_nothing_of_them_to_go_through() -> None:
    things = [IncomingPerson(name=f"Person {number}") for number in range(1_000)]
    held = packed(things)
    assert sum(map(gc.is_tracked, held._lines)) == 0
    assert sum(map(gc.is_tracked, things)) == 1_000
