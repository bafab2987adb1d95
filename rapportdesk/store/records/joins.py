"""Which cards are a part of another, by their random ids alone: whoever asks for a part is given the whole.

Nothing is moved: what was noted on a part lies under that part's own key, and is told as the whole's.
"""

import dataclasses
import json
from typing import Any

from rapportdesk.model.identity import PatientId
from rapportdesk.store.settings import Settings
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.faults import tampered

_SETTING = "joined"


class Joins:
    """The parts of one vault.

    Args:
        settings: Where they are kept, sealed: {part: the card it became a part of}.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._into: dict[PatientId, PatientId] | None = None

    def whole(self, patient_id: PatientId) -> PatientId:
        """Return the card that this one is a part of in the end, or itself."""
        into = self._known()
        for _step in range(len(into)):
            if patient_id not in into:
                break
            patient_id = into[patient_id]
        return patient_id

    def is_part(self, patient_id: PatientId) -> bool:
        """Whether this card became a part of another."""
        return patient_id in self._known()

    def parts(self, patient_id: PatientId) -> tuple[PatientId, ...]:
        """Return this card and every one that became a part of it, itself first."""
        found = [patient_id]
        for each in found:
            found += [part for part, whole in self._known().items() if whole == each]
        return tuple(found)

    def shown(self, thing: Any) -> Any:
        """Return a thing of a part as the whole's."""
        patient = getattr(thing, "patient", None)
        if patient is None or not self.is_part(patient):
            return thing
        return dataclasses.replace(thing, patient=self.whole(patient))

    def join(self, writing: Transaction, part: PatientId, whole: PatientId) -> None:
        """Make one card a part of another."""
        self._keep(writing, {**self._known(), part: whole})
        writing.also_about(part, whole)

    def take_apart(self, writing: Transaction, part: PatientId) -> None:
        """Let a card stand by itself again; one that does already is left as it is."""
        if not self.is_part(part):
            return
        writing.also_about(part, self.whole(part))
        self._keep(writing, {each: whole for each, whole in self._known().items() if each != part})

    def _keep(self, writing: Transaction, into: dict[PatientId, PatientId]) -> None:
        writing.if_undone(self._forget)
        self._settings.put(_SETTING, json.dumps(into))
        self._into = into

    def _forget(self) -> None:
        self._into = None

    def _known(self) -> dict[PatientId, PatientId]:
        if self._into is None:
            kept = self._settings.get(_SETTING)
            try:
                self._into = {} if kept is None else dict(json.loads(kept))
            except ValueError:
                raise tampered() from None
        return self._into
