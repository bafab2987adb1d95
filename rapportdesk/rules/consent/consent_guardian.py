"""What may be handed to somebody who decides for the patient: deny by default, and a young person's own is theirs.

A guardian gets what they themselves agreed to have kept, no more: nothing noted since the patient decides, nothing
sealed to clinicians, nothing on a topic that is not welcome before everybody, nothing about themselves.
"""

import datetime as dt

from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.note import Audience, Note, NoteStatus
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.topic import Permission
from rapportdesk.rules.consent.consent_state import deciding_event, has_authority, keep_state
from rapportdesk.rules.known import Known


def for_guardian(known: Known, person_id: str, now: dt.datetime, *, guardian_until: int) -> tuple[Note, ...]:
    """Return the notes that may be handed to a related person who decides for the patient; none without authority.

    Args:
        known: Everything the keys at hand open about the patient.
        person_id: Id of the related person.
        now: The recorded clock in the practice's zone, aware.
        guardian_until: The age at which a parent's consent ends.
    """
    if not decides_for(known, person_id, now, guardian_until=guardian_until):
        return ()
    return tuple(note for note in known.notes if _may_reach(note, known, person_id))


def decides_for(known: Known, person_id: str, now: dt.datetime, *, guardian_until: int) -> bool:
    """Return whether notes are kept on this related person's word, by authority in force; arguments as above."""
    today = now.date()
    person = next((each for each in known.patient.people if each.id == person_id), None)
    decides = deciding_event(known.consents, Covers.KEEP_NOTES, today)
    stands = keep_state(known.consents, known.patient, today, guardian_until=guardian_until)
    if person is None or person.unsafe_since is not None or not has_authority(person, today):
        return False
    return stands is KeepConsent.AGREED and decides is not None and decides.given_by == person_id


def _may_reach(note: Note, known: Known, person_id: str) -> bool:
    open_to_all = note.status is NoteStatus.ACTIVE and note.audience is Audience.EVERYONE
    return open_to_all and note.about_person != person_id and _welcome(note, known) and _theirs(note, known, person_id)


def _welcome(note: Note, known: Known) -> bool:
    if note.topic is None:
        return True
    topics = [topic for topic in known.topics if topic.handle == note.topic]
    return bool(topics) and all(
        topic.permission is Permission.WELCOME and topic.name_for is Audience.EVERYONE for topic in topics
    )


def _theirs(note: Note, known: Known, person_id: str) -> bool:
    """Return whether the guardian's own agreement was the one in force when the note was made."""
    before = [
        event for event in known.consents if event.covers is Covers.KEEP_NOTES and event.recorded_at <= note.noted_at
    ]
    newest = max(before, key=lambda event: event.recorded_at, default=None)
    return newest is not None and newest.status is ConsentStatus.ACTIVE and newest.given_by == person_id
