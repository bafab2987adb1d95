"""What a patient's file is made of: all that this person's keys open, or what the front desk may know of it.

For the front it is composed as for a receptionist while somebody may listen, whoever is signed in, so that two files
that differ only in what reception may not know give the same.
"""

import datetime as dt
from dataclasses import replace

from rapportdesk.desk.people.identity_changes import changes_of
from rapportdesk.desk.session import ANY_RECEPTIONIST, Session
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.patient_file import PatientFile
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.rules.card.identity_history import everybody_named, only_of
from rapportdesk.rules.known import Known
from rapportdesk.rules.rights.held_back import without_waiting
from rapportdesk.rules.visibility import see


def everything(session: Session, patient_id: PatientId) -> PatientFile:
    """Return all that the keys at hand open about a patient, as if all of it lay on one card.

    Raises:
        NotFound: There is no such person.
    """
    known = session.known(patient_id)
    return PatientFile(
        patient=known.patient,
        notes=known.notes,
        earlier=_earlier(session, known.notes),
        consents=known.consents,
        forms=_forms(session, known),
        topics=known.topics,
        tasks=known.tasks,
        appointments=known.appointments,
        questions=known.questions,
        companions=known.companions,
        communications=known.communications,
        rights=known.rights,
        identity_changes=changes_of(session, known.patient.id),
    )


def for_the_front(session: Session, patient_id: PatientId) -> PatientFile:
    """Return what reception may hand out of a patient, without what waits for a look; raises as `everything`.

    What waits because of somebody who is not safe is taken out while everybody is still there: a card that rests, or
    whose consent was taken back, shows nobody, and what such a person said for the patient would name them.
    """
    known = session.known(patient_id)
    now, until = session.local_now(), session.practice.guardian_until
    seen = see(known, ANY_RECEPTIONIST, None, now, guardian_until=until)
    notes = tuple(each.note for each in seen.notes)
    earlier = _earlier(session, tuple(each for each in notes if each.audience is Audience.EVERYONE))
    changes = changes_of(session, known.patient.id)
    named = everybody_named(known.patient, changes)
    if named == known.patient.people:
        seen_with_all = seen
    else:
        everybody = replace(known, patient=replace(known.patient, people=named))
        seen_with_all = see(everybody, ANY_RECEPTIONIST, None, now, guardian_until=until)
    read = frozenset(each.id for each in seen_with_all.people)
    handed = without_waiting(
        PatientFile(
            patient=known.patient,
            notes=notes,
            earlier=tuple(each for each in earlier if each.audience is Audience.EVERYONE),
            consents=known.consents,
            forms=_forms(session, known),
            topics=seen.topics,
            tasks=(*seen.tasks, *_ended(known, now, until)),
            appointments=known.appointments,
            questions=known.questions,
            companions=known.companions,
            communications=seen.communications,
            rights=tuple(
                each for each in known.rights if each.about is None or each.about in {note.id for note in notes}
            ),
            identity_changes=changes,
        )
    )
    people = tuple(each for each in handed.patient.people if each.id in read)
    told = (only_of(each, read) for each in handed.identity_changes)
    return replace(
        handed,
        patient=replace(handed.patient, people=people),
        identity_changes=tuple(each for each in told if each.before != each.after),
    )


def _ended(known: Known, now: dt.datetime, guardian_until: int) -> tuple[Task, ...]:
    """Return the promises that have ended and could be read if they had not."""
    ended = {task.id: task for task in known.tasks if not task.is_open}
    if not ended:
        return ()
    standing = tuple(replace(task, status=TaskStatus.REQUESTED) for task in ended.values())
    seen = see(replace(known, tasks=standing), ANY_RECEPTIONIST, None, now, guardian_until=guardian_until)
    return tuple(ended[task.id] for task in seen.tasks)


def _earlier(session: Session, notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(each for each in session.store.histories([note.id for note in notes]) if isinstance(each, Note))


def _forms(session: Session, known: Known) -> tuple[ConsentForm, ...]:
    heads = [each for each in session.store.things(known.patient.id) if isinstance(each, ConsentForm)]
    return tuple(_with_scan(session, each.id, each) for each in heads)


def _with_scan(session: Session, form_id: RecordId, head: ConsentForm) -> ConsentForm:
    whole = [each for each in session.store.history(form_id) if isinstance(each, ConsentForm) and each.content]
    return replace(whole[0], patient=head.patient) if whole else head
