"""What may be handed to somebody who decides for the patient: deny by default, and a young person's own is theirs.

A guardian gets what they themselves agreed to have kept, no more: nothing noted since the patient decides, nothing
sealed to clinicians, nothing on a topic that is not welcome before everybody, nothing about themselves, nothing that
rests. What somebody else said, or what is about somebody else, waits for a clinician's look at what this person asked.
"""

import datetime as dt

from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import StaffId
from rapportdesk.model.note import Audience, Note, NoteStatus
from rapportdesk.model.patient import Authority
from rapportdesk.model.patient_file import PatientFile
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.staff import Role, Viewer
from rapportdesk.model.topic import Permission
from rapportdesk.rules.consent.consent_state import deciding_event, has_authority, keep_state
from rapportdesk.rules.known import Known
from rapportdesk.rules.rights.held_back import let_go, note_waits
from rapportdesk.rules.rights.rights_state import not_used
from rapportdesk.rules.visibility import see

_PROVED = frozenset({Authority.ATTORNEY, Authority.COURT_ORDER})
_RECEPTION = Viewer(staff=StaffId(""), name="", roles=frozenset({Role.RECEPTION}))
"""Whoever stands at the desk: what is handed over is the same whoever prints it, but for what a clinician let go."""


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
    # What the desk must know whatever rests, such as an adjustment, rests for everybody else.
    everything_rests, resting = not_used(known.rights, now.date())
    if everything_rests:
        return ()
    at_the_desk = {each.note.id for each in see(known, _RECEPTION, None, now, guardian_until=guardian_until).notes}
    file = PatientFile(patient=known.patient, notes=known.notes, rights=known.rights)
    looked_at = let_go(file, asked_by=person_id)
    return tuple(
        note
        for note in known.notes
        if note.id in at_the_desk
        and note.id not in resting
        and _may_reach(note, known, person_id)
        and (note_waits(note) is None or note.id in looked_at)
    )


def decides_for(known: Known, person_id: str, now: dt.datetime, *, guardian_until: int) -> bool:
    """Return whether notes are kept on this related person's word, by authority in force; arguments as above.

    An attorney's or a court's authority counts once its proof was seen, and nobody's outlives them or the patient.
    """
    today = now.date()
    person = next((each for each in known.patient.people if each.id == person_id), None)
    decides = deciding_event(known.consents, Covers.KEEP_NOTES, today)
    stands = keep_state(known.consents, known.patient, today, guardian_until=guardian_until)
    if person is None or person.unsafe_since is not None or not has_authority(person, today):
        return False
    if person.deceased or known.patient.deceased:
        return False
    if person.authority in _PROVED and not person.authority_proof.strip():
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
