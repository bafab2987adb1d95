"""What files hold, before anything is done with it: plain data in which every count adds up.

Nothing here touches the vault. A plan is whole or there is none: one file that cannot be read means no plan.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.patient import ContactPoint, Identifier

FHIR_ID = "fhir:id"
"""System of a FHIR resource's logical id, where the file does not say which server gave it. Two servers may give the
same one to different people, so it is no proof by itself."""


ENDS = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.ENTERED_IN_ERROR})
"""States that a message may give to an appointment without repeating its time."""


class FileFormat(StrEnum):
    """The formats that can be read."""

    FHIR_JSON = "FHIR JSON"
    FHIR_NDJSON = "FHIR NDJSON"
    HL7V2 = "HL7 v2"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPerson:
    """Somebody in a patient's life (FHIR R4 Patient.contact, HL7 v2 NK1). An import never says what they may hear."""

    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPatient:
    """A patient as a file describes them; an empty field means that the file does not say.

    Attributes:
        key: Names this patient within the plan; says nothing outside it.
        identifiers: At least system or value tell people apart; those of the sending system come first.
        name, sort_name, own_script_name, preferred_name, former_names: As in `rapportdesk.model.patient.Patient`.
        contact_points: All with `from_import` set.
        languages: In English words, the preferred one first.
        interpreter: The language an interpreter is needed for.
        deceased: None when the file does not say.
        sent_at: When the sending system wrote this, UTC; None when unknown.
    """

    key: str
    identifiers: tuple[Identifier, ...]
    name: str
    sort_name: str = ""
    own_script_name: str = ""
    preferred_name: str = ""
    former_names: tuple[str, ...] = ()
    birth_date: dt.date | None = None
    contact_points: tuple[ContactPoint, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: str = ""
    deceased: bool | None = None
    deceased_on: dt.date | None = None
    people: tuple[IncomingPerson, ...] = ()
    sent_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingAppointment:
    """An appointment in the last state that the files give it.

    Attributes:
        identifiers: "system|value" each; `rapportdesk.exchange.same_appointment` compares two sets of them.
        patient: Key of the patient in the same plan; empty when no file of the plan describes them.
        patient_identifiers: How the sending system names the patient, for finding one who is known already.
        start, end: UTC. `start` is None only where a cancellation or the like does not repeat it.
        sent_at: When the sending system wrote this, UTC; None when unknown.
    """

    identifiers: tuple[str, ...]
    patient: str
    patient_identifiers: tuple[Identifier, ...] = ()
    start: dt.datetime | None
    end: dt.datetime | None = None
    status: AppointmentStatus = AppointmentStatus.BOOKED
    practitioner_name: str = ""
    location: str = ""
    reason: str = ""
    sent_at: dt.datetime | None = None

    @property
    def minutes(self) -> int:
        """Length in whole minutes, 0 when unknown."""
        if self.start is None or self.end is None:
            return 0
        return int((self.end - self.start).total_seconds() // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """What was left out: how many of which type, and why.

    Attributes:
        resource_type: FHIR resource type ("Observation") or HL7 v2 message type ("ADT^A40").
    """

    resource_type: str
    reason: SkipReason
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file's counts: `read` is patients, appointments and everything skipped together.

    Attributes:
        name: The file's name without its directory.
        version: "R4B" or "STU3" (the release its resources were read as) or HL7 v2's number ("2.8"); may be empty.
        patients, appointments: How many times the file describes one, before several about the same are settled.

    Raises:
        ValueError: The counts do not add up.
    """

    name: str
    format: FileFormat
    version: str
    read: int
    patients: int
    appointments: int
    skipped: tuple[Skipped, ...]

    def __post_init__(self) -> None:
        if self.read != self.patients + self.appointments + sum(each.count for each in self.skipped):
            raise ValueError("the counts of a file do not add up")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What all files hold together, each patient and each appointment once, in its last state."""

    files: tuple[FileRead, ...]
    patients: tuple[IncomingPatient, ...]
    appointments: tuple[IncomingAppointment, ...]

    @property
    def read(self) -> int:
        """How much all files hold."""
        return sum(file.read for file in self.files)

    @property
    def earlier_states(self) -> int:
        """How many patients and appointments were read that later ones of the same plan replaced."""
        described = sum(file.patients + file.appointments for file in self.files)
        return described - len(self.patients) - len(self.appointments)
