"""What the search index holds follows every write at once, and never more than the signed-in person may see."""

from rapportdesk.desk.session import Session
from rapportdesk.desk.task_keeping import ended_and_seen, waits_under_veil
from rapportdesk.errors import NotFound
from rapportdesk.model.consent import ConsentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.readmodel.index import ConsentTrace
from rapportdesk.readmodel.memory import MemoryIndex
from rapportdesk.rules.known import Known


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
    known = session.known(patient_id)
    if known.consents:
        index.put_consents(patient_id, _trace(known))
    seen = session.seen_unopened(known)
    for visible in seen.notes:
        index.put_note(visible.note, hidden=False)
    for task in seen.tasks:
        index.put_task(task)
    for task in ended_and_seen(session, known):
        index.put_ended_task(task)
    if waits_under_veil(known, seen):
        index.put_told(patient_id)
    for appointment in seen.appointments:
        index.put_appointment(appointment)


def _trace(known: Known) -> ConsentTrace:
    yes = [event.recorded_at for event in known.consents if event.status is ConsentStatus.ACTIVE]
    no = any(event.status in {ConsentStatus.REJECTED, ConsentStatus.INACTIVE} for event in known.consents)
    dated = any(event.ask_again_on or event.valid_until or event.given_by for event in known.consents)
    unsafe = any(person.unsafe_since is not None for person in known.patient.people)
    return ConsentTrace(agreed_at=max(yes, default=None), said_no=no, may_be_due=no or dated or unsafe)
