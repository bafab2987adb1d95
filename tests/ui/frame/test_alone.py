"""That somebody is alone holds while their card or brief is open, and is over when it is covered or left."""

from collections.abc import Callable

import pytest

from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from tests.ui.consulting import Room
from ui.start.application import Application

NIA, OTHER = "Nia Prydderch", "Tomasz Wójcik"
BETWEEN = "Waits for a result"


@pytest.fixture
def room(room: Room) -> Room:
    """Dr Osei, and Nia of whom something is for a moment alone."""
    room.shell.tools.desk.notes.write(
        room.find(NIA), BETWEEN, kind=NoteKind.ALSO_WORTH_KNOWING, audience=Audience.CLINICIANS
    )
    return room


def say_alone(room: Room, patient: PatientId) -> None:
    """Say what the dialog says, and let the window follow."""
    room.shell.tools.desk.people.set_company(patient, frozenset())
    room.shell.refresh()
    room.settle()


def seen(room: Room) -> str:
    """What stands on the panel that is open."""
    if room.shell.panel is room.brief:
        return room.text()
    return " | ".join(line.line.text for line in room.card.blocks.lines if line.isVisibleTo(room.card))


def _covered(_room: Room, application: Application) -> None:
    application.cover.toggle()
    application.cover.toggle()


def _turned(room: Room, application: Application) -> None:
    room.shell.run("turn")
    room.settle()
    application.window.turn_back()


def _went_and_came_back(room: Room, _application: Application) -> None:
    name = "card" if room.shell.panel is room.card else "brief"
    room.open(OTHER, name)
    room.open(NIA, name)


LEFT: dict[str, Callable[[Room, Application], None]] = {
    "covered": _covered, "turned to the patient": _turned, "another person": _went_and_came_back,
}  # fmt: skip


@pytest.mark.parametrize("panel", ["brief", "card"])
@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT)
def test_it_is_over_when_they_are_left(
    room: Room, application: Application, leave: Callable[[Room, Application], None], panel: str
) -> None:
    nia = room.open(NIA, panel)
    assert BETWEEN not in seen(room)
    say_alone(room, nia)
    assert BETWEEN in seen(room), "the control"

    leave(room, application)
    assert BETWEEN not in seen(room), "before the desk has answered"
    room.settle()
    assert BETWEEN not in seen(room)
    assert room.shell.tools.desk.people.company(nia) is None


def test_it_holds_between_the_brief_and_the_card_of_one_person(room: Room) -> None:
    nia = room.open(NIA)
    say_alone(room, nia)
    room.shell.run("card")
    room.settle()
    assert room.shell.panel is room.card
    assert BETWEEN in seen(room)
    room.open(NIA, "brief")
    assert BETWEEN in seen(room)
