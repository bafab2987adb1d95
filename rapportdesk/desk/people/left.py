"""Whoever is left is closed: what was opened of them, that they were alone, and the emergency, whose end is recorded.

Somebody is left when somebody else is opened, when their card is covered or put away, and when the desk locks, however
that comes about: by its key, a switch of person, an idle desk, a closed window.
"""

from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction, PurposeOfUse
from rapportdesk.model.identity import PatientId

RECENT = 20
"""Cards that search lists first."""


def turn_to(session: Session, patient_id: PatientId) -> None:
    """Remember that this person was opened, for search's "recent first"; everybody else is left."""
    for other in _open(session) - {patient_id}:
        leave(session, other)
    if patient_id in session.recent:
        session.recent.remove(patient_id)
    session.recent.insert(0, patient_id)
    del session.recent[RECENT:]


def leave(session: Session, patient_id: PatientId) -> None:
    """Close everything that was open of one person; who came along stays known."""
    session.opened.pop(patient_id, None)
    if session.company.get(patient_id) == frozenset():
        del session.company[patient_id]
        session.index_follows(patient_id)
    close_emergency(session, patient_id)


def leave_everybody(session: Session) -> None:
    """Close everything that is open of anybody."""
    for patient_id in _open(session):
        leave(session, patient_id)


def close_emergency(session: Session, patient_id: PatientId) -> None:
    """Hide again what was opened in an emergency; that it ended is recorded, if it was open."""
    if patient_id in session.emergency:
        session.emergency.discard(patient_id)  # first: a full disk must not keep it open
        session.record(
            AuditAction.EMERGENCY_CLOSED, patient_id, purpose=PurposeOfUse.BREAK_THE_GLASS, clinicians_only=True
        )


def _open(session: Session) -> set[PatientId]:
    alone = {each for each, company in session.company.items() if company == frozenset()}
    return session.opened.keys() | session.emergency | alone
