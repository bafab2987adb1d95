"""Who may sign in, as plain data: importing it costs nothing, for the window waits on it."""

from typing import NamedTuple

from rapportdesk.model.staff import Practitioner


class Door(NamedTuple):
    """The people who may sign in, and the key that their names were read with.

    Attributes:
        people: By name.
        device_key: Given on to `Desk.open`, so that the password store is asked once.
    """

    people: tuple[Practitioner, ...]
    device_key: bytes

    def __repr__(self) -> str:
        """Return the people alone: a key is shown to nobody."""
        return f"Door(people={self.people!r})"
