"""The clinician's brief by keyboard: read, next; opened only by a press, and veiled again on leaving."""

from threading import Event

from rapportdesk.model.audit import AuditAction
from tests.ui.consulting import Room
from tests.ui.keys import CTRL, Key, press
from ui.card.card import CardScreen
from ui.start.application import Application
from ui.widgets.controls import Button

WAITS = "Something to open when you are alone with her"
SEALED = "Wants to talk about the changes since the operation"


def test_a_clinician_reads_the_brief_and_not_the_card(room: Room) -> None:
    room.open("Nia Prydderch")

    assert room.shell.body.main.currentWidget() is room.brief
    assert "Don’t ask after Huw; he died in May" in room.text()
    assert "Take care" in room.text()
    assert "as of 09:04" in room.text()


def test_what_waits_is_one_sentence_until_it_is_pressed(room: Room) -> None:
    nia = room.open("Nia Prydderch")
    assert WAITS in room.text()
    assert SEALED not in room.text()

    press(Key.Key_O, CTRL)
    room.settle()

    assert SEALED in room.text()
    assert WAITS not in room.text()
    events = room.shell.tools.desk.audit.of(nia)
    assert AuditAction.REVEALED in {event.action for event in events}


def test_the_button_opens_too(room: Room) -> None:
    room.open("Nia Prydderch")
    button = next(each for each in room.brief.findChildren(Button) if each.text() == "Open…")
    button.click()
    room.settle()

    assert SEALED in room.text()


def test_leaving_veils_again(room: Room) -> None:
    nia = room.open("Nia Prydderch")
    press(Key.Key_O, CTRL)
    room.settle()
    room.open("Tomasz Wójcik")
    assert SEALED not in room.text()
    room.shell.open_person(nia)
    room.settle()

    assert WAITS in room.text()
    assert SEALED not in room.text()


def test_whoever_is_coming_comes_though_everything_is_asked_again_meanwhile(room: Room) -> None:
    nia, tomasz = room.open("Nia Prydderch"), room.find("Tomasz Wójcik")
    work, gate = room.shell.tools.work, Event()
    work.submit(work, gate.wait)
    room.shell.open_person(tomasz)
    room.shell.refresh()  # something was brought in, or kept, just now
    assert room.brief.patient_id == nia, "the control: nobody else has come yet"
    gate.set()
    room.settle()
    assert room.brief.patient_id == room.shell.person == tomasz


def test_another_panel_veils_again_at_once(room: Room) -> None:
    room.open("Nia Prydderch")
    press(Key.Key_O, CTRL)
    room.settle()
    room.shell.run("card")
    assert SEALED not in room.text(), "before the desk has answered"
    room.settle()

    assert SEALED not in room.text()


def test_the_cover_veils_again_at_once(room: Room, application: Application) -> None:
    nia = room.open("Nia Prydderch")
    press(Key.Key_O, CTRL)
    room.settle()
    assert SEALED in room.text()
    application.cover.toggle()
    application.cover.toggle()
    assert SEALED not in room.text(), "before the desk has answered"
    room.settle()

    assert SEALED not in room.text()
    assert WAITS in room.text()
    assert nia not in room.shell.tools.desk.session().opened


def test_somebody_coming_in_veils_again(room: Room) -> None:
    nia = room.open("Nia Prydderch")
    press(Key.Key_O, CTRL)
    room.settle()
    room.shell.tools.desk.people.set_company(nia, frozenset({"gwen"}))
    room.shell.refresh()
    room.settle()

    assert SEALED not in room.text()
    assert WAITS in room.text()


def test_what_is_left_before_it_has_opened_does_not_open_behind_ones_back(room: Room) -> None:
    nia = room.open("Nia Prydderch")
    room.brief.open_veiled()
    room.shell.run("card")
    room.settle()

    assert nia not in room.shell.tools.desk.session().opened
    assert SEALED not in room.text()
    assert not any(SEALED in line.line.text for line in room.card.blocks.lines)


def test_ctrl_enter_is_read_and_next(room: Room) -> None:
    first = room.open("Nia Prydderch")
    press(Key.Key_Return, CTRL)
    room.settle()

    assert room.brief.patient_id not in (None, first)
    second = room.brief.patient_id
    press(Key.Key_Return, CTRL)
    room.settle()
    assert room.brief.patient_id not in (first, second)


def test_after_the_last_one_it_says_so(room: Room) -> None:
    room.open("Nia Prydderch")
    for _person in range(30):
        before = room.brief.patient_id
        press(Key.Key_Return, CTRL)
        room.settle()
        if room.brief.patient_id == before:
            break

    assert "last one" in room.shell.tools.messages.text


def test_reading_is_recorded_once_however_often_it_is_painted(room: Room) -> None:
    patient_id = room.open("Grace Okafor")
    room.brief.refresh()
    room.settle()

    events = room.shell.tools.desk.audit.of(patient_id)
    assert [event.who_name for event in events if event.action is AuditAction.BRIEF_READ] == ["Dr Osei"]


def test_what_is_opened_on_the_card_is_veiled_again_on_leaving(room: Room) -> None:
    nia = room.open("Nia Prydderch")
    room.shell.open_person(nia, "card")
    room.settle()
    card = room.shell.screens.panels["card"]
    assert isinstance(card, CardScreen)
    assert not card.veil.isHidden()
    button = card.veil.findChild(Button)
    assert button is not None
    button.click()
    room.settle()
    assert any(SEALED in line.line.text for line in card.blocks.lines)

    room.shell.open_person(room.find("Tomasz Wójcik"), "card")
    room.settle()
    room.shell.open_person(nia, "card")
    room.settle()

    assert not any(SEALED in line.line.text for line in card.blocks.lines)
    assert not card.veil.isHidden()
