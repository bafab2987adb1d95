"""A practice in which one method of the Desk is called at a time, and what is said of the lines that it leaves."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapportdesk.desk.desk import Desk
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId, RecordId, StaffId, new_id
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import Authority, Identifier, Patient, RelatedPerson
from rapportdesk.model.staff import Role
from rapportdesk.model.task import Task
from tests.desk.conftest import SECRET, Practice

ANA, OSEI, BEN = "Ana Ruiz", "Dr Osei", "Ben Morgan"
HOBBY, EVERYBODY, CLINICIANS = NoteKind.HOBBY, Audience.EVERYONE, Audience.CLINICIANS
SCAN = b"%PDF-1.7 signed"


@dataclass
class World:
    """A practice to do one thing in; whatever is asked for is made anew, so that no case meets another's."""

    practice: Practice
    folder: Path

    @property
    def desk(self) -> Desk:
        """The desk, with whoever does it signed in."""
        return self.practice.desk

    def person(self, *, agreed: bool = True) -> PatientId:
        """Somebody with a mother who decides, who has agreed to notes."""
        mother = RelatedPerson(
            id="", name="Gwen", relation="mother", authority=Authority.ATTORNEY, authority_proof="seen"
        )  # fmt: skip
        made = self.desk.people.add(
            Patient(id=PatientId(""), name=f"Nia {new_id()[:8]}", people=(mother,), birth_date=dt.date(1958, 3, 14),
                    identifiers=(Identifier(value=new_id()),))
        ).id  # fmt: skip
        if agreed:
            self.desk.consents.agree(made)
        return made

    def patient(self, *, agreed: bool = True) -> Patient:
        """The same, whole."""
        return self.desk.people.get(self.person(agreed=agreed))

    def note(self, audience: Audience = EVERYBODY) -> Note:
        """A note on somebody new."""
        return self.desk.notes.write(self.person(), "Sings alto", kind=HOBBY, audience=audience)

    def task(self) -> Task:
        """A promise to somebody new."""
        return self.desk.tasks.add(self.person(), "Send the form")

    def visit(self, days: int = 0) -> Appointment:
        """A visit of somebody new."""
        now = self.practice.clock.now() + dt.timedelta(days=days)
        return self.desk.today.add_appointment(self.person(), now, practitioner=OSEI)

    def emergency(self) -> RecordId:
        """An opening of one's own; for a clinician."""
        person = self.person()
        self.desk.emergency.open(person, EmergencyReason.OTHER, "why")
        return next(each.access.id for each in self.desk.emergency.entries() if each.access.patient == person)

    def colleague(self, *roles: Role) -> StaffId:
        """Somebody who works here; for a manager."""
        return self.desk.staff.add(f"Eve {new_id()[:8]}", frozenset(roles or {Role.RECEPTION}), SECRET).id

    def file(self) -> Path:
        """A file to bring in, with one person."""
        made = self.folder / f"{new_id()}.json"
        patient = {"resourceType": "Patient", "id": new_id(), "name": [{"text": "Huw Eynon"}]}
        made.write_text(json.dumps(patient), encoding="utf-8")
        return made


Given = Callable[[World], Any]
Do = Callable[[World, Any], object]


@dataclass(frozen=True)
class Case:
    """One method, done once.

    Attributes:
        given: Makes what is needed; its lines do not count.
        do: Does it with what was made.
        leaves: The lines, in order.
        who: Does it.
        why: For a method that leaves nothing: why it need not.
    """

    given: Given
    do: Do
    leaves: tuple[Did, ...] = ()
    who: str = ANA
    why: str = ""


def leaves(do: Do, *actions: Did, given: Given = lambda _world: None, who: str = ANA) -> Case:
    """Return a case that leaves lines."""
    return Case(given, do, actions, who)


def nothing(why: str, do: Do, *, given: Given = lambda _world: None, who: str = ANA) -> Case:
    """Return a case that leaves none, and why."""
    return Case(given, do, (), who, why)
