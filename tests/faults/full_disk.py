"""A disk that runs full in the middle of what people do; and one that is full already, on which erasing still works."""

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from rapportdesk.errors import RapportError
from rapportdesk.model.identity import PatientId
from rapportdesk.store.file.ballast import Ballast
from tests.faults.deeds import Place, ready, state_of
from tests.faults.failing_io import Outcome, Stage
from tests.faults.preload import Disk


def run_full(stage: Stage, room: int, outcome: Outcome) -> None:
    """Let the disk have so much room and no more, do the deed, and look at what is left."""
    place = stage.fresh()
    _run(stage, place, Disk(place.disk).room_for(room), f"{stage.deed.name}, room for {room} bytes", outcome)


def run_read_only(stage: Stage, outcome: Outcome) -> None:
    """Let nothing be written from the deed's beginning on, as when a disk is mounted anew after an error."""
    place = stage.fresh()
    _run(stage, place, Disk(place.disk).read_only(), f"{stage.deed.name}, read-only", outcome)


def _run(stage: Stage, place: Place, fault: AbstractContextManager[None], where: str, outcome: Outcome) -> None:
    done = False
    outcome.runs += 1
    with outcome.telling(where), ready(stage.deed, place) as act, fault:
        act()
        done = True
    stage.look(place, where, outcome, acknowledged=done)


def erase_somebody(place: Place, *, ballast: bool, room: int) -> bool:
    """Sign in and erase a patient on a disk that is as good as full; returns whether it was done and holds.

    Args:
        place: Its vault is changed.
        ballast: Whether room was kept; without it, it is the control.
        room: Bytes that are free.
    """
    if ballast:
        Ballast(place.path).make()
    disk = Disk(place.disk)
    with contextlib.ExitStack() as full:
        full.enter_context(disk.room_for(room))
        return erased_where(place, full.close)


def erased_where(place: Place, make_room: Callable[[], object]) -> bool:
    """Sign in and erase a patient; returns whether it was done and holds.

    Args:
        place: On a full disk.
        make_room: Lets the disk have room again, for whoever looks at what was left.
    """
    gone: PatientId | None = None
    try:
        with place.signed_in() as desk:
            store = desk.session().store
            gone = next(iter(store.patients())).id
            store.delete_patient(gone)
            store.checkpoint()
    except RapportError:
        make_room()
        state_of(place)  # whatever was refused, it opens
        return False
    make_room()
    with place.signed_in() as desk:
        return gone not in [person.id for person in desk.session().store.patients()] and desk.verify().clean
