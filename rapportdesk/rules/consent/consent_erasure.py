"""What a withdrawal hides at once is erased when the days to take it back are over, and nothing else is.

Boundaries, adjustments and contact safety need no consent and stay; so does a topic that one of them speaks about. What
was said about consent stays too: it shows that the practice did as it was told.
"""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.consent_shown import Withdrawn
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_state import deciding_event, keep_state
from rapportdesk.rules.known import Known


def withdrawn(
    patient: Patient,
    consents: Sequence[ConsentEvent],
    today: dt.date,
    zone: dt.tzinfo | None,
    *,
    grace_days: int,
    guardian_until: int,
) -> Withdrawn | None:
    """Return what is to be erased of one patient and when, or None when nothing is.

    Args:
        patient: About whom.
        consents: Every event of theirs.
        today: The local date of the recorded clock.
        zone: The practice's, in which days are told.
        grace_days: Days after the withdrawal on which it can be taken back.
        guardian_until: The age at which a parent's consent ends.
    """
    stands = keep_state(consents, patient, today, guardian_until=guardian_until)
    if stands not in {KeepConsent.WITHDRAWN, KeepConsent.REFUSED}:
        return None
    event = deciding_event(consents, Covers.KEEP_NOTES, today)
    if event is None or event.erased or not _agreed_before(consents, event):
        return None
    since = _first_no(consents, event).recorded_at.astimezone(zone).date()
    until = since + dt.timedelta(days=grace_days)
    return Withdrawn(patient=patient, event=event, hidden_since=since, until=until, due=today > until)


def resting_on_consent(known: Known) -> tuple[RecordId, ...]:
    """Return the ids of everything in `known` that may not be kept without the patient's consent to notes."""
    staying = {note.topic for note in known.notes if stays(note)}
    return (
        *(note.id for note in known.notes if not stays(note)),
        *(task.id for task in known.tasks),
        *(each.id for each in known.briefs_read),
        *(topic.id for topic in known.topics if topic.handle not in staying),
    )


def stays(note: Note) -> bool:
    """Return whether a note needs no consent, by the visibility rule: a legal duty, or the patient's protection."""
    return note.boundary or note.kind is NoteKind.ADJUSTMENT


def _agreed_before(consents: Sequence[ConsentEvent], event: ConsentEvent) -> bool:
    return any(
        each.covers is Covers.KEEP_NOTES
        and each.status is ConsentStatus.ACTIVE
        and each.recorded_at <= event.recorded_at
        for each in consents
    )


def _first_no(consents: Sequence[ConsentEvent], event: ConsentEvent) -> ConsentEvent:
    """Return the oldest no since the last yes: a second no does not begin the days anew."""
    said = sorted(
        (each for each in consents if each.covers is Covers.KEEP_NOTES and each.recorded_at <= event.recorded_at),
        key=lambda each: each.recorded_at,
    )
    first = event
    for each in reversed(said):
        if each.status not in {ConsentStatus.REJECTED, ConsentStatus.INACTIVE}:
            break
        first = each
    return first
