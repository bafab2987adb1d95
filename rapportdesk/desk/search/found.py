"""Whom a key finds, of very many people: where a key finds one, as nearly all do, no list is kept for it.

Strings and numbers alone lie in it, so that the garbage collector has nothing to go through.
"""

from typing import Generic, TypeVar

from rapportdesk.model.identity import PatientId

K = TypeVar("K", str, int, tuple[str, ...])


class Found(Generic[K]):
    """People by a key, those of one key in the order in which they were added."""

    def __init__(self) -> None:
        self._one: dict[K, PatientId] = {}
        self._more: dict[K, list[PatientId]] = {}

    def add(self, key: K, patient: PatientId) -> None:
        """Let the key find somebody too; added twice, it finds them once."""
        if self._one.setdefault(key, patient) == patient:
            return
        more = self._more.setdefault(key, [])
        if patient not in more:
            more.append(patient)

    def of(self, key: K) -> tuple[PatientId, ...]:
        """Return whom the key finds."""
        first = self._one.get(key)
        return () if first is None else (first, *self._more.get(key, ()))
