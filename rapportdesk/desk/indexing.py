"""What the search index holds follows every write at once, and never more than the signed-in person may see."""

from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound
from rapportdesk.model.identity import PatientId
from rapportdesk.readmodel.memory import MemoryIndex


def fill_index(session: Session, index: MemoryIndex) -> None:
    """Read every person, and what is searched and listed of them, into an empty index."""
    for patient in session.store.patients():
        index.put_patient(patient)
        _put_things(session, index, patient.id)


def refresh_patient(session: Session, patient_id: PatientId) -> None:
    """Bring the index up to date with one person after a write, a change of consent or of company."""
    session.tell_index(lambda index: _put_again(session, index, patient_id))


def _put_again(session: Session, index: MemoryIndex, patient_id: PatientId) -> None:
    index.remove_patient(patient_id)
    try:
        index.put_patient(session.store.patient(patient_id))
    except NotFound:
        return
    _put_things(session, index, patient_id)


def _put_things(session: Session, index: MemoryIndex, patient_id: PatientId) -> None:
    seen = session.seen_unopened(session.known(patient_id))
    for visible in seen.notes:
        index.put_note(visible.note, hidden=False)
    for task in seen.tasks:
        index.put_task(task)
    for appointment in seen.appointments:
        index.put_appointment(appointment)
