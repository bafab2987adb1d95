"""Who somebody is, put right, leaves what the card said before: sealed under the patient's key, erased with them.

Bring it back by taking the change back: then nothing of it is left. What an import writes over is kept the same way,
and said to be the practice system's word.
"""

import datetime as dt
from dataclasses import replace

from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.identity_change import IdentityChange, IdentityVersion
from rapportdesk.model.patient import Patient
from rapportdesk.rules.card.identity_history import everybody_named, identity_versions


def keep_change(session: Session, before: Patient, after: Patient, *, brought_in: bool = False) -> RecordId | None:
    """Keep what a card said before it is put right; returns the id it is kept under, None when nothing changed."""
    if before == after:
        return None
    last = max((each.changed_at for each in changes_of(session, after.id)), default=None)
    change = change_of(session, before, after, brought_in=brought_in)
    if last is not None:
        change = replace(change, changed_at=max(change.changed_at, last + dt.timedelta(microseconds=1)))
    session.store.put(change)
    return change.id


def change_of(
    session: Session, before: Patient, after: Patient, *, brought_in: bool, change_id: RecordId | None = None
) -> IdentityChange:
    """Return what is to be kept of a change that the signed-in person makes now.

    Args:
        session: The sign-in.
        before: Who the card says they are.
        after: Who it will say they are.
        brought_in: The practice system says so.
        change_id: What it is kept under, where it has been staged before.
    """
    return IdentityChange(
        id=change_id or RecordId(new_id()), patient=after.id, before=before, after=after, changed_at=session.now(),
        changed_by=session.viewer.staff, changed_by_name=session.viewer.name, brought_in=brought_in,
    )  # fmt: skip


def changes_of(session: Session, patient_id: PatientId) -> tuple[IdentityChange, ...]:
    """Return every change that the keys at hand open, oldest first, each as if it had been made on the one card."""
    found = [each for each in session.store.things(patient_id) if isinstance(each, IdentityChange)]
    same = (
        replace(each, before=replace(each.before, id=each.patient), after=replace(each.after, id=each.patient))
        for each in found
    )
    return tuple(sorted(same, key=lambda each: (each.changed_at, each.id)))


def people_read(session: Session, patient_id: PatientId, changes: tuple[IdentityChange, ...]) -> frozenset[str]:
    """Return the ids of those whose lines may be read now, of everybody who ever stood on the card."""
    known = session.known(patient_id)
    everybody = replace(known, patient=replace(known.patient, people=everybody_named(known.patient, changes)))
    return frozenset(each.id for each in session.seen_unopened(everybody).people)


def identity_history(session: Session, patient_id: PatientId) -> tuple[IdentityVersion, ...]:
    """Return what a card said before, newest first, as the signed-in person may read it; recorded as a look at it.

    Raises:
        NotFound: There is no such person.
    """
    patient = session.store.patient(patient_id)
    changes = changes_of(session, patient.id)
    session.record(AuditAction.HISTORY_VIEWED, patient.id)
    return identity_versions(patient, changes, people_read(session, patient.id, changes))
