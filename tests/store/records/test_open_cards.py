"""A card that is worked on is opened once, and never older than the file: whatever is written about it is seen next."""

from contextlib import suppress
from dataclasses import replace

import pytest

from rapportdesk.errors import NotFound
from rapportdesk.store.records.open_cards import MOST, OpenCards
from tests.store.clinic import Clinic, a_note, a_patient


class _Counted:
    """How many rows were changed, and how often somebody's were opened."""

    def __init__(self) -> None:
        self.changed, self.opened = 0, 0

    def open(self) -> int:
        self.opened += 1
        return self.opened


def test_what_was_opened_stands_until_something_is_written_about_them() -> None:
    rows = _Counted()
    cards = OpenCards(lambda: rows.changed)
    assert [cards.of("nia", "things", rows.open) for _time in range(3)] == [1, 1, 1]
    rows.changed += 1
    cards.told(["huw"])  # a commit that wrote about somebody else
    assert cards.of("nia", "things", rows.open) == 1
    rows.changed += 1
    cards.told(["nia"])
    assert cards.of("nia", "things", rows.open) == 2


def test_a_row_that_was_changed_and_not_told_of_has_everything_opened_anew() -> None:
    rows = _Counted()
    cards = OpenCards(lambda: rows.changed)
    cards.of("nia", "things", rows.open)
    rows.changed += 1
    assert cards.of("nia", "things", rows.open) == 2


def test_what_is_read_while_they_are_written_about_is_not_kept() -> None:
    cards = OpenCards(lambda: 0)

    def read_and_write() -> str:
        cards.told(["nia"])
        return "before the write"

    assert cards.of("nia", "things", read_and_write) == "before the write"
    assert cards.of("nia", "things", lambda: "after it") == "after it"


def test_no_more_cards_are_kept_than_are_worked_on() -> None:
    rows = _Counted()
    cards = OpenCards(lambda: 0)
    for number in range(MOST + 1):
        cards.of(str(number), "things", rows.open)
    assert cards.of("0", "things", rows.open) == MOST + 2
    assert cards.of(str(MOST), "things", rows.open) == MOST + 1


def test_what_was_taken_back_was_never_there(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        note = store.put(a_note(nia))
        with suppress(ZeroDivisionError), store.transaction():
            store.put(replace(note, text="Sings bass"))
            store.put_patient(replace(nia, name="Somebody Else"))
            assert store.things(nia.id) != (note,)
            assert store.patient(nia.id) != nia
            raise ZeroDivisionError
        assert store.things(nia.id) == (note,)
        assert store.patient(nia.id) == nia


def test_a_part_of_a_transaction_that_was_taken_back_was_never_there_either(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        with store.transaction():
            note = store.put(a_note(nia))
            with suppress(ZeroDivisionError), store.transaction():
                store.delete(note.id)
                assert store.things(nia.id) == ()
                raise ZeroDivisionError
            assert store.things(nia.id) == (note,)
        assert store.things(nia.id) == (note,)


def test_what_is_made_of_a_card_follows_every_write_and_every_join(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia, same = store.put_patient(a_patient()), store.put_patient(a_patient())

        def ids() -> set[str]:
            return store.made_of(nia.id, "ids", lambda whose: {each.id for each in store.things(whose.id)})

        assert ids() == set()
        first, second = store.put(a_note(nia)), store.put(a_note(same))
        assert ids() == {first.id}
        store.join(same.id, nia.id)
        assert ids() == {first.id, second.id}
        third = store.put(a_note(same))
        assert ids() == {first.id, second.id, third.id}
        store.take_apart(same.id)
        assert ids() == {first.id, third.id}  # what is new lies on the whole
        store.delete_patient(nia.id)
        with pytest.raises(NotFound):
            ids()


def test_nothing_of_a_card_outlasts_the_keys(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        store.put(a_note(nia))
        cards = store._held().cards
        store.things(nia.id)
        assert cards._cards
        store.forget()
        assert store._opened is None
        assert store._file._cards is None


def test_what_is_opened_in_passing_is_not_kept_and_takes_no_card_s_place() -> None:
    rows = _Counted()
    cards = OpenCards(lambda: rows.changed)
    cards.of("nia", "things", rows.open)
    for number in range(3 * MOST):
        with cards.in_passing():
            made = rows.open()
            assert cards.of(str(number), "things", lambda made=made: made) == made  # type: ignore[misc]
            assert cards.of(str(number), "things", rows.open) == made, "within it, what was opened is there"
    assert cards.of("nia", "things", rows.open) == 1
    before = rows.opened
    assert cards.of("0", "things", rows.open) == before + 1


def test_a_list_that_looks_at_open_cards_leaves_them_in_the_order_in_which_they_are_worked_on() -> None:
    rows = _Counted()
    cards = OpenCards(lambda: 0)
    for patient in ("first", *map(str, range(MOST - 2)), "in front"):
        cards.of(patient, "things", rows.open)
    with cards.in_passing():
        cards.of("first", "things", rows.open)
    cards.of("another", "things", rows.open)
    before = rows.opened
    cards.of("in front", "things", rows.open)
    assert rows.opened == before
    assert cards.of("first", "things", rows.open) == before + 1, "the oldest gave way"


def test_what_is_written_about_somebody_looked_at_in_passing_is_seen_next() -> None:
    rows = _Counted()
    cards = OpenCards(lambda: rows.changed)
    with cards.in_passing():
        assert cards.of("nia", "things", rows.open) == 1
        rows.changed += 1
        cards.told(["nia"])
        assert cards.of("nia", "things", rows.open) == 2
        rows.changed += 1
        assert cards.of("nia", "things", rows.open) == 3, "and what was not told of"


def test_what_is_written_about_an_open_card_meanwhile_is_seen_next() -> None:
    rows = _Counted()
    cards = OpenCards(lambda: rows.changed)
    cards.of("nia", "things", rows.open)
    with cards.in_passing():
        rows.changed += 1
        cards.told(["nia"])
        assert cards.of("nia", "things", rows.open) == 2
    assert [cards.of("nia", "things", rows.open) for _time in range(2)] == [3, 3], "and is kept from then on"
