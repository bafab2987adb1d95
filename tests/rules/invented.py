"""Invented patients and what is known of them, each thing made in one short call."""

import datetime as dt
import itertools
from typing import Any

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.communication import Communication, Direction
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from rapportdesk.model.staff import Role, Viewer
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Permission, TopicPermission

NOW = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
TODAY = NOW.date()
PATIENT = PatientId("p" * 32)
ANA = StaffId("a" * 32)
OSEI = StaffId("o" * 32)

RECEPTION = Viewer(staff=ANA, name="Ana Ruiz", roles=frozenset({Role.RECEPTION}))
CLINICIAN = Viewer(staff=OSEI, name="Dr Osei", roles=frozenset({Role.CLINICIAN}))
MANAGER = Viewer(staff=ANA, name="Ben Morgan", roles=frozenset({Role.MANAGER}))
NOBODY = Viewer(staff=ANA, name="Nobody", roles=frozenset())

GWEN = RelatedPerson(
    id="gwen", name="Gwen", relation="daughter", often_with=True, may_hear="appointments, nothing else"
)
MOTHER = RelatedPerson(id="mother", name="Eira", relation="mother", authority=Authority.PARENTAL)

ALONE: frozenset[str] = frozenset()
WITH_GWEN = frozenset({"gwen"})

_numbers = itertools.count(1)


def fresh_id() -> RecordId:
    """Return an id that no other invented thing has, in an order that does not change from run to run."""
    return RecordId(f"{next(_numbers):032x}")


def ago(days: float) -> dt.datetime:
    """Return the moment so many days before `NOW`."""
    return NOW - dt.timedelta(days=days)


def person(name: str = "Nia Prydderch", **fields: Any) -> Patient:
    """Return an invented patient."""
    return Patient(**{"id": PATIENT, "name": name, "preferred_name": name.split()[0], **fields})


def note(kind: NoteKind, text: str, days: float = 10, **fields: Any) -> Note:
    """Return a note that was made so many days ago."""
    made = {
        "id": fresh_id(), "patient": PATIENT, "kind": kind, "text": text, "noted_at": ago(days), "noted_by": ANA,
        "noted_by_name": "Ana Ruiz",
    }  # fmt: skip
    return Note(**{**made, **fields})


def consent(
    covers: Covers, status: ConsentStatus = ConsentStatus.ACTIVE, days: float = 100, **fields: Any
) -> ConsentEvent:
    """Return what was said about one purpose so many days ago."""
    if status is ConsentStatus.INACTIVE:
        fields = {"inactive_reason": InactiveReason.WITHDRAWN, **fields}
    made = {
        "id": fresh_id(), "patient": PATIENT, "covers": covers, "status": status, "recorded_at": ago(days),
        "recorded_by": ANA, "recorded_by_name": "Ana Ruiz",
    }  # fmt: skip
    return ConsentEvent(**{**made, **fields})


def agreed() -> tuple[ConsentEvent, ...]:
    """Return the consents of somebody who agreed to both at the counter."""
    return consent(Covers.KEEP_NOTES), consent(Covers.SHARE_WITH_CLINICIANS)


def topic(code: str, permission: Permission | None, **fields: Any) -> TopicPermission:
    """Return a topic permission; its handle is the code with "handle-" before it."""
    made = {
        "id": fresh_id(), "patient": PATIENT, "handle": handle(code), "code": code, "permission": permission,
        "recorded_at": ago(50), "recorded_by": ANA, "recorded_by_name": "Ana Ruiz",
    }  # fmt: skip
    return TopicPermission(**{**made, **fields})


def handle(code: str) -> TopicHandle:
    """Return the handle that `topic` gives to a code."""
    return TopicHandle(f"handle-{code}")


def task(text: str, **fields: Any) -> Task:
    """Return a promise."""
    made = {
        "id": fresh_id(), "patient": PATIENT, "text": text, "recorded_at": ago(3), "recorded_by": ANA,
        "recorded_by_name": "Ana Ruiz",
    }  # fmt: skip
    return Task(**{**made, **fields})


def appointment(start: dt.datetime = NOW, **fields: Any) -> Appointment:
    """Return a visit with Dr Osei."""
    made = {"id": fresh_id(), "patient": PATIENT, "start": start, "practitioner_name": "Dr Osei"}
    return Appointment(**{**made, **fields})


def communication(days: float = 1, **fields: Any) -> Communication:
    """Return a call that came in so many days ago."""
    made = {
        "id": fresh_id(), "patient": PATIENT, "direction": Direction.INCOMING, "recorded_at": ago(days),
        "recorded_by": ANA, "recorded_by_name": "Ana Ruiz",
    }  # fmt: skip
    return Communication(**{**made, **fields})
