"""A follow-up plan is made from a template or in own words; what a clinician is told is read on their first screen."""

from PySide6.QtWidgets import QApplication

from rapportdesk.model.note import Audience
from rapportdesk.model.task import TaskCode
from tests.ui.consulting import Room
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, Key, press
from tests.ui.promises.test_ledger import front, tasks
from ui.promises.follow_up import FollowUpDialog
from ui.promises.tell import TellDialog
from ui.promises.told import ToldBar, ToldDialog
from ui.widgets.controls import Label

NIA = "Nia Prydderch"


def planning(counter: Counter) -> FollowUpDialog:
    counter.open(NIA)
    press(Key.Key_U, CTRL)
    dialog = front(counter, FollowUpDialog)
    assert isinstance(dialog, FollowUpDialog)
    counter.settle()
    return dialog


def test_a_template_fills_the_steps_in_and_one_key_keeps_them(counter: Counter) -> None:
    dialog = planning(counter)
    assert dialog.templates[0].hasFocus()
    dialog.templates[1].click()
    counter.settle()
    assert [step.days.text for step in dialog.steps.rows] == ["2", "14"]
    press(Key.Key_Space)
    counter.settle()
    made = [task for task in tasks(counter, counter.find(NIA)).values() if task.code is TaskCode.FOLLOW_UP]
    assert len(made) == 2
    assert counter.shell.tools.messages.text == "Planned: 2 steps."
    counter.shell.tools.messages._take_back()
    assert not [task for task in tasks(counter, counter.find(NIA)).values() if task.code is TaskCode.FOLLOW_UP]


def test_own_words_are_kept_and_a_missing_number_is_asked_for(counter: Counter) -> None:
    dialog = planning(counter)
    dialog.steps.rows[0].what.edit.setText("Look in on her")
    dialog.save()
    assert dialog.isVisible()
    dialog.steps.rows[0].days.edit.setText("3")
    dialog.sealed.setChecked(True)
    dialog.save()
    counter.settle()
    assert "Look in on her" not in tasks(counter, counter.find(NIA))  # sealed: not among reception's keys
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, FollowUpDialog)]


def test_somebody_who_rings_and_is_worse_is_told_of(counter: Counter) -> None:
    nia = counter.open(NIA)
    counter.shell.run("tell")
    dialog = front(counter, TellDialog)
    assert isinstance(dialog, TellDialog)
    dialog.save()
    counter.settle()
    assert dialog.isVisible()  # it asks what the clinician is to know
    dialog.words.field.replace("dizzy since Monday")
    press(Key.Key_Return)
    assert tasks(counter, nia)["dizzy since Monday"].code is TaskCode.TELL


def bar(room: Room) -> ToldBar:
    found = room.shell.screens.today.findChild(ToldBar)
    assert found is not None
    return found


def listed(room: Room) -> ToldDialog:
    room.shell.run("told")
    room.settle()
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, ToldDialog) and each.isVisible())


def test_what_was_told_is_on_the_first_screen_until_it_is_read(room: Room) -> None:
    nia = room.find(NIA)
    assert bar(room).isHidden()
    room.shell.tools.desk.follow_ups.tell(nia, "dizzy since Monday")
    room.shell.refresh()
    room.settle()
    assert bar(room).words.text() == "\u2068Nia Prydderch\u2069: worse"
    dialog = listed(room)
    assert "Worse: dizzy since Monday" in [label.text() for label in dialog.findChildren(Label)]
    dialog.verbs[0].click()
    room.settle()
    assert bar(room).isHidden()
    dialog.undo()
    room.settle()
    assert not bar(room).isHidden()


def test_read_next_has_read_what_the_brief_told(room: Room) -> None:
    nia = room.open(NIA)
    desk = room.shell.tools.desk
    desk.follow_ups.tell(nia, "dizzy since Monday")
    room.brief.refresh()
    room.settle()
    assert "Worse: dizzy since Monday" in room.text()
    press(Key.Key_Return, CTRL)
    room.settle()
    assert desk.follow_ups.told() == ()


def test_what_waits_under_the_veil_is_not_read_by_going_on(room: Room) -> None:
    nia = room.open(NIA)
    desk = room.shell.tools.desk
    desk.follow_ups.tell(nia, "bleeding", sealed=True)
    room.brief.refresh()
    room.settle()
    press(Key.Key_Return, CTRL)
    room.settle()
    assert [told.words for told in desk.follow_ups.told()] == ["Something to open when you are alone with her"]
    room.open(NIA)
    press(Key.Key_O, CTRL)
    room.settle()
    assert "Worse: bleeding" in room.text()
    press(Key.Key_Return, CTRL)
    room.settle()
    assert desk.follow_ups.told() == ()
    sealed = [task for task in desk.session().known(nia).tasks if task.code is TaskCode.TELL]
    assert {task.audience for task in sealed} == {Audience.CLINICIANS}


def test_in_a_narrow_window_what_was_told_is_said_at_sign_in(room: Room) -> None:
    shell = room.shell
    shell.tools.desk.follow_ups.tell(room.find(NIA), "dizzy since Monday")
    shell.start()
    room.settle()
    assert "worse" not in shell.tools.messages.text  # wide: it stands on Today
    shell.window().resize(480, 690)
    room.settle()
    shell.start()
    room.settle()
    assert shell.tools.messages.text == "\u2068Nia Prydderch\u2069: worse"
