"""What a session's keys open about one patient, put together from one card or from several that are one person's."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.communication import Communication
from rapportdesk.model.company import Companions
from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.identity import PatientId
from rapportdesk.model.joined import Joined
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.question import QuestionAsked
from rapportdesk.model.rights import RightsEvent
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Asking, TopicPermission
from rapportdesk.rules.consent.asked import all_askings
from rapportdesk.rules.joined import as_one
from rapportdesk.rules.known import Known
from rapportdesk.store.records.envelope import for_clinicians
from rapportdesk.store.sealed_store import SealedStore

T = TypeVar("T")


def known_of(store: SealedStore, patient: Patient) -> Known:
    """Return everything that the store opens about a patient, whose card may have several parts."""
    return _put_together(store, patient, _things(store, patient))


def known_and_open(store: SealedStore, patient: Patient) -> tuple[Known, Known]:
    """Return everything that the store opens about a patient, and what of it every colleague's keys open.

    They are one object where nothing that a decision depends on is sealed to clinicians.
    """
    things = _things(store, patient)
    known = _put_together(store, patient, things)
    if not any(for_clinicians(thing) for part in things.values() for thing in part if not isinstance(thing, BriefRead)):
        return known, known
    left = {part: tuple(thing for thing in every if not for_clinicians(thing)) for part, every in things.items()}
    return known, _put_together(store, patient, left)


def _things(store: SealedStore, patient: Patient) -> dict[PatientId, tuple[object, ...]]:
    parts = store.parts(patient.id)
    if len(parts) == 1:
        return {patient.id: store.things(patient.id)}
    return {part: store.things_of_part(part) for part in parts}


def _put_together(store: SealedStore, patient: Patient, things: dict[PatientId, tuple[object, ...]]) -> Known:
    if len(things) == 1:
        return known_of_part(patient, things[patient.id])
    joined = [each for part in things.values() for each in part if isinstance(each, Joined)]
    apart = [known_of_part(store.part(part), every) for part, every in things.items()]
    return as_one(patient, apart, joined)


def known_of_part(patient: Patient, things: Iterable[object]) -> Known:
    """Return what lies on one card."""
    things = tuple(things)
    return Known(
        patient=patient,
        notes=_of_type(things, Note),
        consents=_of_type(things, ConsentEvent),
        topics=one_for_each_code(_of_type(things, TopicPermission)),
        tasks=_of_type(things, Task),
        appointments=_of_type(things, Appointment),
        questions=_of_type(things, QuestionAsked),
        companions=_of_type(things, Companions),
        briefs_read=_of_type(things, BriefRead),
        communications=_of_type(things, Communication),
        rights=_of_type(things, RightsEvent),
    )


def _of_type(things: Iterable[object], kind: type[T]) -> tuple[T, ...]:
    return tuple(thing for thing in things if isinstance(thing, kind))


def one_for_each_code(topics: tuple[TopicPermission, ...]) -> tuple[TopicPermission, ...]:
    """Let every handle of one topic follow the newest thing the patient said about it.

    Reception cannot read back a topic that is sealed to clinicians, so it may have made a second handle for the same
    topic; the patient's answer counts for both, and so does every asking.
    """
    newest: dict[str, TopicPermission] = {}
    for topic in sorted(topics, key=lambda topic: (topic.permission is not None, topic.recorded_at)):
        newest[topic.code.casefold()] = topic
    logs: dict[str, tuple[Asking, ...]] = {}
    for topic in topics:
        code = topic.code.casefold()
        logs[code] = all_askings(logs.get(code, ()), topic.askings)
    return tuple(
        replace(newest[topic.code.casefold()], id=topic.id, handle=topic.handle, askings=logs[topic.code.casefold()])
        for topic in topics
    )
