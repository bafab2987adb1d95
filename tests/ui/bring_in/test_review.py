"""What an import could not tell is decided by one press, and two cards become one after both were looked at."""

import datetime as dt

import pytest

from rapportdesk.desk.bring_in.review_list import WaitingMerge, keep_review, read_review, with_merge
from rapportdesk.exchange.plan import IncomingPatient
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from tests.desk.feeds import bring_in, plan_of
from tests.ui.counter import Counter
from tests.ui.dialogs.conftest import on_top, opened, press_named, said
from ui.bring_in.join import JoinDialog
from ui.bring_in.review import ReviewDialog

BORN = dt.date(1951, 2, 3)


@pytest.fixture
def asked(counter: Counter) -> Counter:
    """Somebody in a file is nearly somebody here."""
    counter.settle()
    counter.desk.people.add(Patient(id=PatientId(""), name="Eluned Gwynne", birth_date=BORN))
    said_of = IncomingPatient(key="k", identifiers=(), name="Eluned Gwyne", birth_date=BORN, languages=("Welsh",))
    bring_in(counter.desk, plan_of([said_of], []))
    return counter


def everybody(counter: Counter) -> list[str]:
    counter.settle()
    return sorted(each.name for each in counter.desk.session().store.patients() if each.birth_date == BORN)


def test_the_same_person_is_one_press(asked: Counter) -> None:
    dialog = opened(asked, "import-review", ReviewDialog)
    assert "One question waits" in said(dialog)
    press_named(dialog, "The same person")
    assert everybody(asked) == ["Eluned Gwyne"]
    assert "Nothing waits" in said(dialog)
    dialog.close()


def test_somebody_new_is_one_press(asked: Counter) -> None:
    dialog = opened(asked, "import-review", ReviewDialog)
    press_named(dialog, "Somebody new")
    assert everybody(asked) == ["Eluned Gwyne", "Eluned Gwynne"]
    dialog.close()


def test_leaving_out_changes_nobody(asked: Counter) -> None:
    dialog = opened(asked, "import-review", ReviewDialog)
    press_named(dialog, "Leave out")
    assert everybody(asked) == ["Eluned Gwynne"]
    assert "Nothing waits" in said(dialog)
    dialog.close()


def test_two_cards_are_looked_at_before_they_are_joined_and_can_be_taken_apart(counter: Counter) -> None:
    counter.settle()
    desk = counter.desk
    one, other = (
        desk.people.add(Patient(id=PatientId(""), name=name, birth_date=BORN)).id for name in ("Iolo Rees", "I. Rees")
    )
    store = desk.session().store
    keep_review(store, with_merge(read_review(store), WaitingMerge(survivor=one, other=other, since=desk.clock.now())))
    dialog = opened(counter, "import-review", ReviewDialog)
    press_named(dialog, "Look at both")
    counter.settle()
    join = on_top(JoinDialog)
    assert said(join).count("3 Feb 1951") == 2
    assert not join.whose.isVisible(), "each of the two is named by its own card"
    assert everybody(counter) == ["I. Rees", "Iolo Rees"]
    join.join.click()
    assert everybody(counter) == ["Iolo Rees"]
    dialog.close()
    counter.shell.open_person(one)
    counter.settle()
    again = opened(counter, "person.join", JoinDialog)
    assert "Iolo Rees" in again.whose.text(), "which of two cards is asked about"
    press_named(again, "Take them apart")
    assert everybody(counter) == ["I. Rees", "Iolo Rees"]
