"""The glass breaks for a clinician who says why; the window shows nothing of it before, nor after they have left."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from rapportdesk.clock import StandingClock
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.emergency import EmergencyReason, Review
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from tests.ui.conftest import SECRET, WAIT_MS, Copy, EnterAs
from tests.ui.consulting import Room
from tests.ui.keys import CTRL, SHIFT, Key, press
from ui.emergency.emergency import EmergencyDialog
from ui.emergency.review import RemarkDialog, ReviewDialog
from ui.frame.shell import Shell
from ui.start.application import Application
from ui.widgets.controls import Button, Label
from ui.work import Work

LI, OTHER, OLAFUR = "Li Wei", "Tomasz Wójcik", "Ólafur Ørsted"
HIDDEN = "Takes grapefruit with the heart tablets"
WHY = "Fell at the counter"
SAYS_SO = "Opened in an emergency"


@pytest.fixture
def room(room: Room) -> Room:
    """Dr Osei, and Li Wei who shares nothing with clinicians: not even this."""
    li = room.find(LI)
    room.shell.tools.desk.consents.record(li, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.REJECTED)
    hide_something(room, li)
    return room


def hide_something(room: Room, patient: PatientId) -> None:
    room.shell.tools.desk.notes.write(patient, HIDDEN, kind=NoteKind.ALSO_WORTH_KNOWING)


def lines(room: Room) -> str:
    """Everything that can be read on the card now."""
    return " | ".join(line.line.text for line in room.card.blocks.lines if line.isVisibleTo(room.card))


def ask(room: Room) -> EmergencyDialog:
    room.shell.run("emergency")
    room.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EmergencyDialog)
    return dialog


def break_glass(room: Room) -> None:
    dialog = ask(room)
    dialog.choose(EmergencyReason.CANNOT_SPEAK)
    dialog.break_glass()
    room.settle()


def is_open(room: Room, patient: PatientId) -> bool:
    return patient in room.shell.tools.desk.session().emergency


def test_it_is_opened_by_keyboard_with_a_reason_and_says_so(room: Room) -> None:
    li = room.open(LI)
    assert HIDDEN not in room.text()
    press(Key.Key_E, CTRL | SHIFT)
    room.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EmergencyDialog)
    press(Key.Key_Space)
    dialog.break_glass()
    room.settle()

    assert HIDDEN in room.text()
    assert SAYS_SO in room.text()
    assert [event.why for event in room.shell.tools.desk.audit.of(li)].count("BTG life-at-risk") == 1


def test_without_a_reason_it_stays_closed(room: Room) -> None:
    li = room.open(LI)
    dialog = ask(room)
    dialog.break_glass()
    room.settle()
    assert dialog.isVisible()
    dialog.choose(EmergencyReason.OTHER)
    dialog.break_glass()
    room.settle()
    assert dialog.isVisible()
    assert not is_open(room, li)
    assert HIDDEN not in room.text()

    dialog.words.field.replace(WHY)
    dialog.break_glass()
    room.settle()
    assert HIDDEN in room.text()


def test_before_it_is_opened_nothing_tells_whether_there_is_anything(room: Room, qtbot: QtBot) -> None:
    def pictures(name: str) -> list[QImage]:
        room.shell.window().activateWindow()
        qtbot.waitUntil(room.shell.isActiveWindow)
        room.open(OTHER)
        room.open(name)
        brief = room.shell.grab().toImage()
        asked = ask(room)
        dialog = asked.grab().toImage()
        asked.reject()
        room.shell.open_person(room.find(name), "card")
        room.settle()
        return [brief, dialog, room.shell.grab().toImage()]

    olafur = room.find(OLAFUR)
    room.shell.tools.desk.consents.record(olafur, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.REJECTED)
    without = pictures(OLAFUR)
    hide_something(room, olafur)
    assert pictures(OLAFUR) == without
    break_glass(room)
    assert room.shell.grab().toImage() != without[2], "the control"


def test_brief_and_card_of_one_person_are_one_sitting(room: Room) -> None:
    li = room.open(LI)
    break_glass(room)
    room.shell.run("card")
    assert HIDDEN not in room.text(), "nothing of it waits in the brief behind the card"
    room.settle()
    assert HIDDEN in lines(room)
    assert not room.card.emergency.isHidden()

    room.shell.open_person(li)
    room.settle()
    assert HIDDEN in room.text()
    assert HIDDEN not in lines(room)


LEAVINGS: dict[str, Callable[[Room, Application], None]] = {
    "another person": lambda room, _application: _go_and_come_back(room),
    "the cover": lambda _room, application: _cover_and_uncover(application),
    "its own button": lambda room, _application: _press_hide(room),
}


def _go_and_come_back(room: Room) -> None:
    here = room.shell.panel is room.card
    room.open(OTHER, "card" if here else "")
    room.open(LI, "card" if here else "")


def _cover_and_uncover(application: Application) -> None:
    application.cover.toggle()
    application.cover.toggle()


def _press_hide(room: Room) -> None:
    bar = room.card.emergency if room.shell.panel is room.card else room.brief.emergency
    button = bar.findChild(Button)
    assert button is not None
    button.click()


@pytest.mark.parametrize("panel", ["brief", "card"])
@pytest.mark.parametrize("leave", LEAVINGS.values(), ids=LEAVINGS)
def test_it_closes_when_the_person_is_left(
    room: Room, application: Application, leave: Callable[[Room, Application], None], panel: str
) -> None:
    li = room.open(LI, panel)
    break_glass(room)
    assert HIDDEN in (room.text() if panel == "brief" else lines(room))

    leave(room, application)
    assert HIDDEN not in room.text(), "before the desk has answered"
    assert HIDDEN not in lines(room), "before the desk has answered"
    room.settle()

    assert not is_open(room, li)
    assert HIDDEN not in room.text() + lines(room)
    assert SAYS_SO not in room.text()
    for panel_again in ("card", "brief"):
        room.open(LI, panel_again)
        assert HIDDEN not in room.text() + lines(room)


def closings(room: Room, person: PatientId) -> int:
    """How often the record says that an emergency of theirs ended."""
    room.settle()
    return sum(event.action is AuditAction.EMERGENCY_CLOSED for event in room.shell.tools.desk.audit.of(person))


def test_it_closes_with_the_lock_with_a_change_of_person_and_with_an_idle_desk(
    room: Room, application: Application, clock: StandingClock, enter_as: EnterAs, settle: Callable[[Work], None]
) -> None:
    li = room.open(LI)
    break_glass(room)

    def idle() -> None:
        clock.seconds += 24 * 3600
        application.idle.look()

    for at, leave in enumerate((application.lock, application.switch, idle), 1):
        leave()
        assert application.shell is None
        settle(application.work)
        again = Room(enter_as("Dr Osei"), settle)
        again.open(LI)
        assert HIDDEN not in again.text()
        assert closings(again, li) == at
        break_glass(again)
        assert HIDDEN in again.text()


def test_it_closes_with_the_window(
    room: Room, application: Application, demo_copy: Copy, clock: StandingClock, qtbot: QtBot
) -> None:
    li = room.open(LI)
    break_glass(room)
    with qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        application.close()
    with demo_copy.open(clock) as desk:
        osei = next(person.id for person in desk.door() if person.name == "Dr Osei")
        desk.sign_in(osei, SECRET)
        actions = [event.action for event in desk.audit.of(li)]
        assert actions.count(AuditAction.EMERGENCY_CLOSED) == 1
        assert HIDDEN not in str(desk.briefs.of(li).sections)


def test_reception_has_neither_key_nor_menu_nor_button(enter_as: EnterAs, settle: Callable[[Work], None]) -> None:
    shell = enter_as("Ana Ruiz")
    settle(shell.tools.work)
    offered = {action.text().split("\t")[0] for menu in shell.findChildren(QMenu) for action in menu.actions()}
    words = {shell.tools.commands[each].words for each in ("emergency", "emergencies")}
    assert not offered & words
    assert not words & {each.text() for each in shell.findChildren(Button)}
    for command in ("emergency", "emergencies"):
        shell.run(command)
        assert "does not include this" in shell.tools.messages.text
        assert QApplication.activeModalWidget() is None


@pytest.fixture
def change_to(application: Application, enter_as: EnterAs, settle: Callable[[Work], None]) -> EnterAs:
    """Locks and signs somebody else in."""

    def change(name: str) -> Shell:
        application.lock()
        settle(application.work)
        shell = enter_as(name)
        settle(application.work)
        return shell

    return change


def in_the_list(shell: Shell, settle: Callable[[Work], None], words: str) -> ReviewDialog:
    """Open the list and press the one button that says so."""
    shell.run("emergencies")
    settle(shell.tools.work)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReviewDialog)
    next(each for each in dialog.findChildren(Button) if each.text() == words).click()
    settle(shell.tools.work)
    return dialog


def write(listed: ReviewDialog, settle: Callable[[Work], None], work: Work, words: str) -> None:
    """Write into the dialog over the list and leave both."""
    dialog = listed.findChild(RemarkDialog)
    assert dialog is not None
    dialog.save()
    settle(work)
    assert dialog.isVisible(), "nothing is sent with nothing in it"
    dialog.words.field.replace(words)
    dialog.save()
    settle(work)
    assert not isValid(dialog) or not dialog.isVisible()
    listed.reject()


def test_a_manager_asks_and_the_clinician_answers(
    room: Room, change_to: EnterAs, settle: Callable[[Work], None]
) -> None:
    room.open(LI)
    dialog = ask(room)
    dialog.choose(EmergencyReason.OTHER)
    dialog.words.field.replace(WHY)
    dialog.break_glass()
    room.settle()

    ben = change_to("Ben Morgan")
    assert "1 emergency opening waits" in ben.tools.messages.text
    write(in_the_list(ben, settle, "Ask about it"), settle, ben.tools.work, "Whom did you ring?")
    osei = change_to("Dr Osei")
    assert "asks about 1 emergency opening of yours" in osei.tools.messages.text
    write(in_the_list(osei, settle, "Answer"), settle, osei.tools.work, "The daughter")
    ben = change_to("Ben Morgan")
    listed = in_the_list(ben, settle, "Seen")
    read = " | ".join(label.text() for label in listed.findChildren(Label))
    for words in (WHY, "Whom did you ring?", "The daughter", "Seen by"):
        assert words in read
    assert HIDDEN not in read
    assert [entry.access.review for entry in ben.tools.desk.emergency.entries()] == [Review.SEEN]
    listed.reject()
    assert "emergency" not in change_to("Ben Morgan").tools.messages.text
