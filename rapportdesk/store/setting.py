"""One setting of the clinic that may say something of its patients or staff, and so lies sealed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A name and what it is set to."""

    id: str
    name: str
    value: str
    revision: int = 1
