"""Who comes when: FHIR R4 Appointment."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId


class AppointmentStatus(StrEnum):
    """FHIR R4 appointmentstatus, plus `fulfilled` reached through being in the room."""

    PROPOSED = "proposed"
    PENDING = "pending"
    BOOKED = "booked"
    ARRIVED = "arrived"
    CHECKED_IN = "checked-in"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NOSHOW = "noshow"
    WAITLIST = "waitlist"
    ENTERED_IN_ERROR = "entered-in-error"


CALLED_OFF = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.ENTERED_IN_ERROR})
"""The visit does not take place, or did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One visit. Times carry an offset and are stored in UTC; the practice's zone shows them.

    Attributes:
        identifiers: Numbers of the sending system as "system|value"; an import finds its own appointment by them.
        practitioner_name: As the sending system writes it ("Dr Osei").
        arrived_at: When the patient came to the desk; the wait is counted from here.
        in_room_at: When they went in (FHIR `checked-in` here means in the room).
        status_at: When the status was last set; of an import and a mark at the desk the later wins.
        sent_at: When the sending system last wrote it; an older message changes nothing that a later one said.
        reason: The visit's plain reason as sent; may be empty.
        new_here: The patient's first visit, when known.
        replaces: The visit in whose stead this one was booked anew (FHIR R5 Appointment.replaces); it keeps its status.
        no_other_time: It was called off or missed, and no other time is wanted.
    """

    id: RecordId
    patient: PatientId
    start: dt.datetime
    minutes: int = 0
    status: AppointmentStatus = AppointmentStatus.BOOKED
    practitioner_name: str = ""
    location: str = ""
    reason: str = ""
    identifiers: tuple[str, ...] = ()
    arrived_at: dt.datetime | None = None
    in_room_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    status_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    new_here: bool = False
    replaces: RecordId | None = None
    no_other_time: bool = False
    revision: int = 1
