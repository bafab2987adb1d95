"""Replacing keys is killed at every single request, of the disk and of the password store; done again, it is done."""

from rapportdesk.errors import RapportError
from tests.faults.deeds import Deed, Place, State, ready, state_of
from tests.faults.failing_io import Outcome, Stage


def kill_at(stage: Stage, number: int, outcome: Outcome) -> None:
    """Let it be killed at one request, look at what is left, and do it again where it was not done.

    Args:
        stage: Of something that replaces keys.
        number: The request; one more than there are is none at all.
        outcome: Is counted in.
    """
    place = stage.kill(number, outcome, keys=True)
    where = f"{stage.deed.name}, killed at request {number} and done again"
    try:
        if _keys_aside(state_of(place)) != _keys_aside(stage.after):
            again(stage.deed, place)
        left = state_of(place)
    except RapportError as fault:
        outcome.not_opening += 1
        outcome.examples.append(f"{where}: {fault}")
        return
    keys = _of_keys(left)
    if _keys_aside(left) != _keys_aside(stage.after) or keys != {"computer's keys: 1"}:
        outcome.lost += 1
        outcome.examples.append(f"{where}: {sorted(left ^ stage.after)}")


def again(deed: Deed, place: Place) -> None:
    """Do it, and come in from cold after it."""
    with ready(deed, place) as act:
        act()
    with place.signed_in("Ben Morgan"):
        pass


def _of_keys(state: State) -> State:
    return frozenset({each for each in state if each.startswith("computer's keys")})


def _keys_aside(state: State) -> State:
    return state - _of_keys(state)
