"""A promise or follow-up: FHIR R4 Task, with the reasons and outcomes a desk has words for."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle
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


class TaskCode(StrEnum):
    """What kind of thing is to be done (FHIR Task.code).

    `TELL` waits for a clinician to read it: a patient who is worse.
    """

    PROMISE = "promise"
    FOLLOW_UP = "follow-up"
    TELL = "tell"


class TaskReason(StrEnum):
    """Why it could not be kept, or waits (FHIR Task.statusReason)."""

    NOT_REACHED = "not-reached"
    NO_TIME = "no-time"
    NEEDS_OTHERS = "needs-others"
    NOT_POSSIBLE = "not-possible"
    NOT_WANTED = "not-wanted"
    IN_ERROR = "in-error"
    OTHER = "other"


class FollowUpOutcome(StrEnum):
    """How somebody was when they were asked after a visit (FHIR Task.output)."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_REACHED = "not-reached"


OPEN_TASK_STATUSES = frozenset({TaskStatus.REQUESTED, TaskStatus.ACCEPTED, TaskStatus.IN_PROGRESS, TaskStatus.ON_HOLD})
CALLS_IT_OFF = frozenset({TaskReason.NOT_WANTED, TaskReason.IN_ERROR})
"""Reasons with which a task is cancelled: nobody is let down. With any other it has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something the practice said it would do.

    Attributes:
        due: Local date and, when one was named, time of day; `due_time` None means by the end of that day.
        owner_name: Who does it; empty means whoever is at the desk, for `TELL` any clinician.
        outcome: What came of it, once it has ended; of a follow-up what was said.
        status_reason: Why it waits, was called off or could not be kept.
        how: How they were at the last try; for a follow-up alone.
        tries: How often they were tried and not reached.
        recurs: When it is due again, as iCalendar lines (RFC 5545 DTSTART and RRULE); empty for once.
        topic: Handle of the patient's topic that it is about, joined as a note's is.
        visit: Id of the appointment it was made for or follows (FHIR Task.encounter); it outlives that appointment.
        plan: Shared by the steps of one follow-up plan (FHIR Task.groupIdentifier).
        put_off: How often it was put off.
        ended_at, ended_by_name: When it ended, and by whose word.
    """

    id: RecordId
    patient: PatientId
    text: str
    status: TaskStatus = TaskStatus.REQUESTED
    code: TaskCode = TaskCode.PROMISE
    due: dt.date | None = None
    due_time: dt.time | None = None
    owner_name: str = ""
    outcome: str = ""
    status_reason: TaskReason | None = None
    how: FollowUpOutcome | None = None
    tries: int = 0
    recurs: str = ""
    audience: Audience = Audience.EVERYONE
    topic: TopicHandle | None = None
    visit: RecordId | None = None
    plan: RecordId | None = None
    put_off: int = 0
    recorded_at: dt.datetime
    recorded_by: StaffId
    recorded_by_name: str
    ended_at: dt.datetime | None = None
    ended_by_name: str = ""
    revision: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in OPEN_TASK_STATUSES
