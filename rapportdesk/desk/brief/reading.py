"""A clinician's own marks of what they have seen: kept as soon as it is shown, sealed for them alone, never audited.

What is new stays marked on the screen until the card or brief is opened again.
"""

from rapportdesk.desk.session import Session
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.read_marks import ReadMarks
from rapportdesk.model.shown import Brief, Card
from rapportdesk.rules.brief.unread import unread_in


def new_in(session: Session, shown: Card | Brief) -> frozenset[RecordId]:
    """Return the ids of what is new to the clinician in what they are about to read, and keep that it was seen.

    Empty for everybody who is no clinician.
    """
    if not session.viewer.is_clinician:
        return frozenset()
    patient = shown.patient.id
    marks = _marks(session, patient)
    unread = unread_in(shown, session.viewer, frozenset(marks.notes))
    if unread:
        there = {note.id for note in session.known(patient).notes}
        seen = sorted((there & set(marks.notes)) | unread)
        session.store.put(ReadMarks(id=marks.id, patient=patient, author=session.viewer.staff, notes=tuple(seen)))
        session.new[patient] = session.new.get(patient, frozenset()) | unread
    return session.new.get(patient, frozenset())


def opened_anew(session: Session, patient: PatientId) -> None:
    """Let what was new when the card or brief was opened before be new no more."""
    session.new.pop(patient, None)


def _marks(session: Session, patient: PatientId) -> ReadMarks:
    own = (thing for thing in session.store.things(patient) if isinstance(thing, ReadMarks))
    return next(own, ReadMarks(id=RecordId(new_id()), patient=patient, author=session.viewer.staff))
