"""What an import writes over of who somebody is stays in the card's history, staged and published with the import."""

from rapportdesk.desk.people.identity_changes import change_of
from rapportdesk.desk.session import Session
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.store.bulk.staging import Overtaken, Staging


class ImportChanges:
    """One change for each card, however many descriptions the files hold of somebody.

    Args:
        session: The sign-in.
        staging: Where what changes is put; None where nothing is written.
    """

    def __init__(self, session: Session, staging: Staging | None) -> None:
        self._session, self._staging = session, staging
        self._ids: dict[PatientId, RecordId] = {}

    def keep(self, before: Patient | None, after: Patient) -> None:
        """Stage what a card said before all of the files, in place of what was staged of it; None for somebody new."""
        if self._staging is None or before is None:
            return
        if before == after:
            self.drop(after.id)
            return
        change = change_of(self._session, before, after, brought_in=True, change_id=self._ids.get(after.id))
        self._ids[after.id] = change.id
        self._staging.put(change)

    def drop(self, patient: PatientId) -> None:
        """Stage nothing of it after all: the card stays as it is."""
        if self._staging is not None and patient in self._ids:
            self._staging.drop(Overtaken((), (self._ids.pop(patient),)))
