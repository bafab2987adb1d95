"""A promise or follow-up: FHIR R4 Task."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Audience


class TaskStatus(StrEnum):
    """FHIR R4 task-status, the part a desk uses."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"


OPEN_TASK_STATUSES = frozenset({TaskStatus.REQUESTED, TaskStatus.ACCEPTED, TaskStatus.IN_PROGRESS, TaskStatus.ON_HOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something the practice said it would do.

    Attributes:
        due: Local date and, when one was named, time of day; `due_time` None means by the end of that day.
        owner_name: Who does it; empty means whoever is at the desk.
        outcome: What came of it, once it has ended.
    """

    id: RecordId
    patient: PatientId
    text: str
    status: TaskStatus = TaskStatus.REQUESTED
    due: dt.date | None = None
    due_time: dt.time | None = None
    owner_name: str = ""
    outcome: str = ""
    audience: Audience = Audience.EVERYONE
    recorded_at: dt.datetime
    recorded_by: StaffId
    recorded_by_name: str
    revision: int = 1
