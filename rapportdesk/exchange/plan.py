"""What files hold, before anything is done with it: plain data in which every count adds up.

Nothing here touches the vault. A plan is whole or there is none: one file that cannot be read means no plan.
"""

import datetime as dt
from collections.abc import Sequence
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
    ICALENDAR = "iCalendar"
    TABLE = "CSV"


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
        is_clue: Somebody's words for whom an appointment may be for: they never replace a name that is known.
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
    is_clue: bool = False
    sent_at: dt.datetime | None = None


class ClueSource(StrEnum):
    """Where a file that gives patients no numbers names somebody."""

    ATTENDEE = "attendee"
    SUMMARY = "summary"
    ROW = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientClue:
    """Whom an appointment may be for, where the file has no number: a hint for a person, never an answer.

    A name alone is shared by many. A clue may be taken without asking only where it gives a name *and* a birth date or
    an e-mail address, and both fit exactly one patient; everything else waits in the list of doubtful matches.

    Attributes:
        source: The attendee of a calendar's event, its summary, or a row of a table.
        name: As written. Of a summary it is the whole line, which may say more than a name or none at all.
        birth_date: None when the file does not say.
        email: An attendee's address; may be empty.
    """

    source: ClueSource
    name: str
    birth_date: dt.date | None = None
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMerge:
    """The sending system says that two of its patients are one (HL7 v2 ADT A40, A39, A36, A34, A30, A18).

    It is a proposal: nothing is joined before a person says yes.

    Attributes:
        survivor: Key in the same plan of the patient who stays (PID); empty when they have no name.
        survivor_identifiers: Their numbers as sent, those of the sending system first; never empty.
        retired_identifiers: Numbers of the patient who is joined to them (MRG-1, MRG-4); never empty, and none of them
            is among the survivor's.
        retired_name: What that patient was called (MRG-7); may be empty.
        sent_at: When the sending system wrote this, UTC; None when unknown.
    """

    survivor: str
    survivor_identifiers: tuple[Identifier, ...]
    retired_identifiers: tuple[Identifier, ...]
    retired_name: str = ""
    sent_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingAppointment:
    """An appointment in the last state that the files give it.

    Attributes:
        identifiers: "system|value" each; `rapportdesk.exchange.same_appointment` compares two sets of them.
        patient: Key of the patient in the same plan; empty when no file of the plan describes them.
        patient_identifiers: How the sending system names the patient, for finding one who is known already.
        clues: Whom it may be for, where neither of the two says; more than one when several people attend.
        whole_series: The state is that of every appointment with one of these identifiers, of which the file repeats
            none (a calendar's METHOD:CANCEL for a series); `start` is None then.
        start, end: UTC. `start` is None only where a cancellation or the like does not repeat it.
        sent_at: When the sending system wrote this, UTC; None when unknown.
    """

    identifiers: tuple[str, ...]
    patient: str
    patient_identifiers: tuple[Identifier, ...] = ()
    clues: tuple[PatientClue, ...] = ()
    whole_series: bool = False
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
    """One file's counts: `read` is patients, appointments, people, merges and everything skipped together.

    Attributes:
        name: The file's name without its directory.
        version: How it was read: FHIR's release ("R4B", "STU3"), HL7 v2's number ("2.8"), a table's encoding, separator
            and order of dates; may be empty.
        patients, appointments, merges: How many times the file describes one, before several about the same are
            settled.
        people: How many related persons came in with their patient.
        followed: First and last day on which repeating appointments were taken up; None when nothing repeats.

    Raises:
        ValueError: The counts do not add up.
    """

    name: str
    format: FileFormat
    version: str
    read: int
    patients: int
    appointments: int
    people: int = 0
    merges: int = 0
    skipped: tuple[Skipped, ...]
    followed: tuple[dt.date, dt.date] | None = None

    def __post_init__(self) -> None:
        left_out = sum(each.count for each in self.skipped)
        if self.read != self.patients + self.appointments + self.people + self.merges + left_out:
            raise ValueError("the counts of a file do not add up")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What all files hold together, each patient and each appointment once, in its last state.

    Attributes:
        patients, appointments: Perhaps packed (`rapportdesk.exchange.packed`): then each is made anew when asked for.
        merges: In the order in which they were sent; each once.
    """

    files: tuple[FileRead, ...]
    patients: Sequence[IncomingPatient]
    appointments: Sequence[IncomingAppointment]
    merges: tuple[IncomingMerge, ...] = ()

    @property
    def read(self) -> int:
        """How much all files hold."""
        return sum(file.read for file in self.files)

    @property
    def earlier_states(self) -> int:
        """How many patients and appointments were read that later ones of the same plan replaced."""
        described = sum(file.patients + file.appointments for file in self.files)
        return described - len(self.patients) - len(self.appointments)
