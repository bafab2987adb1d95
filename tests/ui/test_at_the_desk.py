"""From "a person stands at the desk" to "note saved, promise made, arrived" in 25 keystrokes at most, and no mouse."""

import datetime as dt

import pytest

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.note import NoteKind
from tests.ui.at_the_desk import NOTE, PROMISE, Hand, greet_and_keep
from tests.ui.conftest import MORNING
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, Key, press

MOST = 25
"""Keystrokes, the words of note and promise left out."""


@pytest.fixture
def hand(counter: Counter) -> Hand:
    """A receptionist's, with Nia booked and not marked yet."""
    counter.settle()
    nia = counter.find("Nia Prydderch")
    visit = next(row.appointment for row in counter.desk.today.day().rows if row.patient == nia)
    counter.desk.today.mark(visit.id, AppointmentStatus.BOOKED)
    counter.today.refresh()
    counter.settle()
    return Hand(counter.settle)


def test_found_arrived_noted_and_promised_in_few_keystrokes(counter: Counter, hand: Hand) -> None:
    greet_and_keep(hand)

    nia = counter.find("Nia Prydderch")
    note = next(each for each in counter.notes(nia) if each.text == NOTE)
    assert note.kind is NoteKind.HOBBY
    task = next(line.task for line in counter.lines(nia) if line.task is not None and "parking" in line.task.text)
    assert task.due == MORNING.date() + dt.timedelta(days=4), "the Tuesday that comes"
    visit = next(row.appointment for row in counter.desk.today.day().rows if row.patient == nia)
    assert (visit.status, visit.arrived_at) == (AppointmentStatus.ARRIVED, MORNING)
    assert counter.shell.person == nia
    assert hand.words == len(NOTE + PROMISE)
    assert hand.strokes <= MOST, f"{hand.strokes} keystrokes"


def test_it_takes_no_more_from_a_dialog_left_open_than_the_esc_that_closes_it(counter: Counter, hand: Hand) -> None:
    press(Key.Key_F1)
    counter.settle()
    hand.press(Key.Key_Escape)
    counter.come_back()
    greet_and_keep(hand)
    assert NOTE in counter.texts(counter.find("Nia Prydderch"))
    assert hand.strokes <= MOST


def test_every_key_counts(hand: Hand) -> None:
    hand.press(Key.Key_K, CTRL)
    hand.type("abc")
    hand.write("words")
    assert (hand.strokes, hand.words) == (4, 5), "the control: a way with more keys has a greater count"
