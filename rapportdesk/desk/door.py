"""Who may sign in, as plain data: importing it costs nothing, for the window waits on it."""

from dataclasses import dataclass, field

from rapportdesk.model.staff import Practitioner


@dataclass(frozen=True, slots=True)
class Door:
    """The people who may sign in, and the key that their names were read with.

    Attributes:
        people: By name.
        device_key: Given on to `Desk.open`, so that the password store is asked once.
    """

    people: tuple[Practitioner, ...]
    device_key: bytes = field(repr=False)
