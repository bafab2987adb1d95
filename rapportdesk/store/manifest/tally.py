"""Rows counted page by page still add up to one moment's manifest, though others write between two pages.

What is written where the count has been is added to what was found; what is written where it has yet to come is found
there.
"""

from collections.abc import Sequence
from typing import Any

from rapportdesk.store.manifest.covered import COVERED, Covered
from rapportdesk.store.transaction import Change
from rapportdesk.vault.manifest import Manifest

_ORDER = {covered.table.name: number for number, covered in enumerate(COVERED)}
_RANKS = {int: 0, str: 1, bytes: 2}  # as SQLite sorts


class Tally:
    """What a walk through every table in the order of `COVERED` has counted so far.

    Attributes:
        found: The manifest of the rows met, and of what was written behind.
    """

    def __init__(self) -> None:
        self.found = Manifest()
        self._at: tuple[Any, ...] = (-1, ())

    def met(self, covered: Covered, key: tuple[Any, ...], mac: int | None) -> None:
        """Count a row, by its term unless it has none, and be there."""
        if mac is not None:
            self.found = self.found.add(mac)
        self._at = position(covered, key)

    def left(self, covered: Covered) -> None:
        """Be past the whole table."""
        self._at = (_ORDER[covered.table.name] + 1, ())

    def committed(self, changes: Sequence[Change]) -> None:
        """Add what was written behind."""
        for change in changes:
            if position(change.covered, change.key) <= self._at:
                self.found = change.applied_to(self.found)


def position(covered: Covered, key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return where a row is met on the walk, to be compared with another's."""
    return _ORDER[covered.table.name], tuple((_RANKS.get(type(value), 3), value) for value in key)
