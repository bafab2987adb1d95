"""What is searched and listed follows every write at once, and never holds more than its readers may see.

The rule by which things are told to the index is `index_entries`.
"""

from collections.abc import Iterable

from rapportdesk.desk.index_entries import Telling
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound
from rapportdesk.model.identity import PatientId
from rapportdesk.readmodel.compartment import Compartment, Sight
from rapportdesk.readmodel.database import in_memory
from rapportdesk.readmodel.layers import Layers


class Indexing:
    """The read model of one sign-in.

    Args:
        session: Whose.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        sight = Sight(clinician=session.viewer.is_clinician, today=lambda: session.today().toordinal())
        self._desk, self._alone = Compartment(in_memory(), sight), Compartment(in_memory(), sight)
        self._clinicians = Compartment(in_memory(), sight) if session.store.keys.clinicians else None
        over = [self._alone] if self._clinicians is None else [self._clinicians, self._alone]
        self.index = Layers(self._desk, *over)

    def fill(self) -> None:
        """Read everybody."""
        self.follow([patient.id for patient in self._session.store.patients()])

    def follow(self, patients: Iterable[PatientId]) -> None:
        """Bring the index up to date with these people."""
        session = self._session
        telling = Telling(store=session.store, now=session.local_now(), guardian_until=session.practice.guardian_until)
        for patient in patients:
            try:
                told = telling.of(patient, alone=session.company.get(patient) == frozenset())
            except NotFound:
                self._forget(patient)
                continue
            if told.desk.id != patient:
                self._forget(patient)  # it became a part of another card, which is told in its place
            self._desk.put(told.desk)
            for compartment, entry in ((self._clinicians, told.clinicians), (self._alone, told.alone)):
                if compartment is not None and entry is not None:
                    compartment.put(entry)
                elif compartment is not None and compartment.holds(told.desk.id):
                    compartment.remove_patient(told.desk.id)

    def close(self) -> None:
        """Close the index and drop what was decrypted for it."""
        self.index.close()

    def _forget(self, patient: PatientId) -> None:
        for compartment in (self._desk, self._clinicians, self._alone):
            if compartment is not None:
                compartment.remove_patient(patient)


def open_read_model(session: Session) -> Indexing:
    """Return the read model of a sign-in, with everybody in it."""
    opened = Indexing(session)
    opened.fill()
    return opened
