"""The ledger by keyboard: found, taken over, put off, kept, not kept, and taken back; and it says when nothing fits."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from rapportdesk.model.follow_up import FollowUpStep
from rapportdesk.model.identity import PatientId
from rapportdesk.model.task import FollowUpOutcome, Task, TaskReason, TaskStatus
from tests.ui.counter import Counter
from tests.ui.keys import ALT, CTRL, Key, press, type_in
from ui.promises.ends import EndDialog, HandOnDialog, KeptDialog, NotKeptDialog, PutOffDialog
from ui.promises.ledger import LedgerDialog
from ui.promises.outcome import OutcomeDialog
from ui.promises.promise import PromiseDialog
from ui.today.promised import PromiseList

NIA, RING = "Nia Prydderch", FollowUpStep(days=0, text="Ring: how are you?")
TODAY = dt.date(2026, 11, 20)


def front(counter: Counter, kind: type[QWidget]) -> QWidget:
    """Return the dialog of a kind that is open, with the keys in it."""
    counter.settle()
    found = [each for each in QApplication.topLevelWidgets() if type(each) is kind and each.isVisible()]
    assert found, kind
    found[-1].activateWindow()
    counter.qtbot.waitUntil(found[-1].isActiveWindow)
    return found[-1]


def ledger(counter: Counter) -> LedgerDialog:
    counter.shell.run("promises")
    dialog = front(counter, LedgerDialog)
    assert isinstance(dialog, LedgerDialog)
    counter.settle()
    return dialog


def tasks(counter: Counter, patient: PatientId) -> dict[str, Task]:
    counter.settle()
    return {task.text: task for task in counter.desk.session().known(patient).tasks}


def listed(dialog: LedgerDialog) -> list[str]:
    return [row.task.text for row in dialog.list.promises.rows]


@pytest.fixture
def nia(counter: Counter) -> PatientId:
    patient = counter.open(NIA)
    counter.desk.tasks.add(patient, "Send the school the letter", due=TODAY, owner="Ben Morgan")
    counter.settle()
    return patient


def find(counter: Counter, dialog: LedgerDialog, text: str) -> None:
    """Type what is looked for while standing in the list, and come back to it."""
    dialog.list.setFocus()
    type_in(text[0])
    type_in(text[1:])  # the keys have gone to the field by now
    dialog.refresh()
    counter.settle()
    press(Key.Key_Return)
    assert dialog.list.hasFocus()


def test_letters_find_and_keys_change_what_the_keyboard_stands_on(counter: Counter, nia: PatientId) -> None:
    dialog = ledger(counter)
    assert len(listed(dialog)) > 3
    assert dialog.list.promises.rows[0].overdue
    find(counter, dialog, "school")
    assert listed(dialog) == ["Send the school the letter"]
    press(Key.Key_T, ALT)
    counter.settle()
    changed = tasks(counter, nia)["Send the school the letter"]
    assert (changed.status, changed.owner_name) == (TaskStatus.ACCEPTED, "Ana Ruiz")
    press(Key.Key_Z, CTRL, on=dialog)
    assert tasks(counter, nia)["Send the school the letter"].owner_name == "Ben Morgan"
    assert "Taken back" in dialog._sentence.text()


def test_space_asks_what_came_of_it_and_enter_keeps_it(counter: Counter, nia: PatientId) -> None:
    dialog = ledger(counter)
    find(counter, dialog, "school")
    press(Key.Key_Space)
    front(counter, KeptDialog)
    type_in("posted")
    press(Key.Key_Return)
    kept = tasks(counter, nia)["Send the school the letter"]
    assert (kept.status, kept.outcome) == (TaskStatus.COMPLETED, "posted")
    assert listed(dialog) == []
    assert dialog._count.text() == "Nothing promised fits that."
    dialog.ended.setChecked(True)
    counter.settle()
    assert listed(dialog) == ["Send the school the letter"]


def test_why_it_was_not_kept_is_asked_for(counter: Counter, nia: PatientId) -> None:
    dialog = ledger(counter)
    find(counter, dialog, "school")
    press(Key.Key_N, ALT)
    why = front(counter, NotKeptDialog)
    assert isinstance(why, NotKeptDialog)
    why.save()
    counter.settle()
    assert why.isVisible()
    press(Key.Key_Down)
    press(Key.Key_Space)
    why.save()
    ended = tasks(counter, nia)["Send the school the letter"]
    assert (ended.status, ended.status_reason) == (TaskStatus.FAILED, TaskReason.NO_TIME)


def test_a_day_is_taken_as_it_is_said_and_no_day_is_asked_again(counter: Counter, nia: PatientId) -> None:
    dialog = ledger(counter)
    find(counter, dialog, "school")
    press(Key.Key_O, ALT)
    put_off = front(counter, PutOffDialog)
    assert isinstance(put_off, EndDialog)
    type_in("soon")
    press(Key.Key_Return)
    counter.settle()
    assert put_off._said.isVisible()
    press(Key.Key_A, CTRL)
    type_in("Tuesday at 9:30")
    press(Key.Key_Return)
    changed = tasks(counter, nia)["Send the school the letter"]
    assert (changed.due, changed.due_time, changed.put_off) == (dt.date(2026, 11, 24), dt.time(9, 30), 1)


def test_it_is_handed_on_to_a_colleague(counter: Counter, nia: PatientId) -> None:
    dialog = ledger(counter)
    find(counter, dialog, "school")
    press(Key.Key_H, ALT)
    hand_on = front(counter, HandOnDialog)
    assert isinstance(hand_on, HandOnDialog)
    assert len(hand_on.choices) >= 3
    assert "Ben" not in "".join(choice.accessibleName() for choice in hand_on.choices)
    hand_on.choices[0].click()
    assert tasks(counter, nia)["Send the school the letter"].owner_name != "Ben Morgan"


def test_whose_they_are_is_picked(counter: Counter, nia: PatientId) -> None:
    dialog = ledger(counter)
    every = len(listed(dialog))
    dialog.owner.setCurrentIndex(dialog.owner.findData("Ben Morgan"))
    counter.settle()
    assert listed(dialog) == ["Send the school the letter"]
    assert dialog.owner.currentData() == "Ben Morgan"
    dialog.owner.setCurrentIndex(0)
    counter.settle()
    assert len(listed(dialog)) == every


def test_worse_is_one_key_and_in_front_of_the_clinician(counter: Counter, nia: PatientId) -> None:
    counter.desk.follow_ups.plan(nia, [RING])
    dialog = ledger(counter)
    find(counter, dialog, "how are you")
    press(Key.Key_Space)
    front(counter, OutcomeDialog)
    type_in("dizzy since Monday")
    press(Key.Key_3, ALT)
    made = tasks(counter, nia)
    assert made[RING.text].how is FollowUpOutcome.WORSE
    assert made["dizzy since Monday"].is_open


def test_a_follow_up_ticked_on_today_asks_how_they_are(counter: Counter, nia: PatientId) -> None:
    counter.desk.follow_ups.plan(nia, [RING])
    counter.shell.refresh()
    counter.settle()
    today = counter.shell.screens.today.findChild(PromiseList)
    assert today is not None
    rows = [row.task.text for row in today.promises.rows]
    today.setFocus()
    today.setCurrentIndex(today.promises.index(rows.index(RING.text)))
    press(Key.Key_Space)
    front(counter, OutcomeDialog)
    press(Key.Key_1, ALT)
    assert tasks(counter, nia)[RING.text].how is FollowUpOutcome.BETTER


def test_a_promise_on_the_card_opens_with_enter_and_says_everything(counter: Counter, nia: PatientId) -> None:
    counter.open(NIA)
    counter.stand_on("Send the school the letter")
    press(Key.Key_Return)
    dialog = front(counter, PromiseDialog)
    assert isinstance(dialog, PromiseDialog)
    counter.settle()
    assert "\u2068Ben Morgan\u2069 keeps it" in dialog._about.text()
    press(Key.Key_T, ALT)
    counter.settle()
    assert tasks(counter, nia)["Send the school the letter"].owner_name == "Ana Ruiz"
    assert counter.shell.tools.messages.text == "It is yours now."
    counter.shell.tools.messages._take_back()
    assert tasks(counter, nia)["Send the school the letter"].owner_name == "Ben Morgan"
