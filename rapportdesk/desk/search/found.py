"""Whom a key finds, of very many people: where a key finds one, as nearly all do, no list is kept for it.

Strings and numbers alone lie in it, in tuples and dicts, which the garbage collector leaves out when nothing else is in
them; through lists and sets it goes each time.
"""

from typing import Generic, TypeVar

from rapportdesk.model.identity import PatientId

K = TypeVar("K", str, int, tuple[str, ...])

_MANY = 16
"""From so many on a key's people are found among each other by hashing: a birth date may stand for "unknown"."""


class Found(Generic[K]):
    """People by a key, those of one key in the order in which they were added."""

    def __init__(self) -> None:
        self._one: dict[K, PatientId] = {}
        self._more: dict[K, tuple[PatientId, ...] | dict[PatientId, None]] = {}

    def add(self, key: K, patient: PatientId) -> None:
        """Let the key find somebody too; added twice, it finds them once."""
        if self._one.setdefault(key, patient) == patient:
            return
        more: tuple[PatientId, ...] | dict[PatientId, None] = self._more.get(key, ())
        if patient in more:
            return
        if isinstance(more, dict):
            more[patient] = None
        else:
            now = (*more, patient)
            self._more[key] = now if len(now) < _MANY else dict.fromkeys(now)

    def of(self, key: K) -> tuple[PatientId, ...]:
        """Return whom the key finds."""
        first = self._one.get(key)
        return () if first is None else (first, *self._more.get(key, ()))
