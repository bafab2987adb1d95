"""Who came along today: named at the counter, known to whoever signs in later the same day, and stale tomorrow."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.identity import PatientId, RecordId, StaffId

NOT_ON_THE_CARD = "not-on-the-card:"
"""Begins the id of somebody who came along and is none of the related persons; their name follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """Who is with one patient on one day (FHIR R4 Appointment.participant, as told at the counter).

    Attributes:
        on: The local day it was said for.
        people: Ids of related persons, and `NOT_ON_THE_CARD` with a name for others; empty when nobody is known to
            be there any more, which says nothing of their being alone.
    """

    id: RecordId
    patient: PatientId
    on: dt.date
    people: tuple[str, ...]
    said_at: dt.datetime
    said_by: StaffId
    said_by_name: str
    revision: int = 1
