"""A key finds whoever was added, once, in the order in which they were added, however many they are."""

import gc
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.search.found import _MANY, Found
from rapportdesk.model.identity import PatientId

few = st.integers(0, 3)
many = st.integers(0, 2 * _MANY).map(lambda number: PatientId(f"p{number}"))


@given(st.lists(st.tuples(few, many), max_size=200))
def test_a_key_finds_each_once_in_order(added: list[tuple[int, PatientId]]) -> None:
    found, plainly = Found[int](), defaultdict[int, dict[PatientId, None]](dict)
    for key, patient in added:
        found.add(key, patient)
        plainly[key][patient] = None
    for key in range(5):
        assert found.of(key) == tuple(plainly[key])


def test_the_collector_leaves_out_those_of_whom_a_key_finds_several() -> None:
    found = Found[int]()
    for number in range(900):
        found.add(number // 3, PatientId(f"p{number}"))
    for number in range(3 * _MANY):
        found.add(-1, PatientId(f"p{number}"))
    gc.collect()
    assert {len(found.of(key)) for key in range(300)} == {3}
    assert len(found.of(-1)) == 3 * _MANY
    assert not any(gc.is_tracked(each) for each in found._more.values())
