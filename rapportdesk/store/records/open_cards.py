"""What was opened of the cards that are worked on is opened once, and is good until anything is written about them.

Whoever writes a row about somebody, takes it back, or makes a card a part of another, has what was kept of them
forgotten (`Transaction`), so that nothing here is older than the file. A row that was changed otherwise, which nobody
told of here, has everything forgotten: SQLite counts what is changed. It goes with the session's keys at lock.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 4
"""Cards: the one that stands open, and those just before it."""


class OpenCards:
    """The cards worked on last, each with what was made of its rows.

    Args:
        changed: How many rows were changed since the file was opened, by SQLite's own count.
    """

    def __init__(self, changed: Callable[[], int]) -> None:
        self._changed = changed
        self._told_of = -1
        self._cards: dict[str, dict[str, Any]] = {}
        self._passing: dict[str, dict[str, Any]] | None = None

    def of(self, patient_id: str, what: str, make: Callable[[], T]) -> T:
        """Return what was made of somebody's rows, or make it and keep it.

        Args:
            patient_id: About whom; everything that it is made of lies on this one card.
            what: Which of the things that are made of them.
            make: Reads and opens the rows; what it raises is not kept.
        """
        self.look()
        kept = self._place_of(patient_id)
        if what not in kept:
            kept[what] = make()  # should it write about them, `kept` is nobody's any more
        found: T = kept[what]
        return found

    @contextmanager
    def in_passing(self) -> Iterator[None]:
        """Keep nothing that is opened meanwhile, and let it take no card's place: a list that looks at a hundred."""
        before, self._passing = self._passing, {}
        try:
            yield
        finally:
            self._passing = before

    def _place_of(self, patient_id: str) -> dict[str, Any]:
        if self._passing is not None:  # who is worked on keeps their place among the others
            if patient_id in self._cards:
                return self._cards[patient_id]
            return self._passing.setdefault(patient_id, {})
        kept = self._cards[patient_id] = self._cards.pop(patient_id, {})
        while len(self._cards) > MOST:
            del self._cards[next(iter(self._cards))]
        return kept

    def look(self) -> None:
        """Forget everything if rows were changed of which `told` was not called."""
        if (changed := self._changed()) != self._told_of:
            self._cards.clear()
            if self._passing is not None:
                self._passing.clear()
            self._told_of = changed

    def told(self, patients: Iterable[str]) -> None:
        """Drop what was kept of these people: rows about them, and perhaps of nobody, were just written."""
        self.forget(patients)
        self._told_of = self._changed()

    def forget(self, patients: Iterable[str]) -> None:
        """Drop what was kept of these people."""
        for patient_id in patients:
            self._cards.pop(patient_id, None)
            if self._passing is not None:
                self._passing.pop(patient_id, None)
