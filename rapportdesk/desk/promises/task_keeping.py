"""How a promise is kept in the store, and which of them somebody may see: the same for every verb.

Whoever may not see a promise can change none and learns of none. One that has ended is read by whoever could read it
while it stood.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.task import Task, TaskCode, TaskStatus
from rapportdesk.rules.known import Known
from rapportdesk.rules.promises.recurrence import next_due
from rapportdesk.rules.visibility import Seen

ENDED_LISTED = dt.timedelta(days=92)
"""How long a promise is listed after it has ended: a quarter of a year."""


@dataclass(frozen=True, slots=True)
class TaskKeeper:
    """Writes promises, one line of the audit for each, and follows with the index."""

    refresh: Callable[[PatientId], None]

    def put(self, session: Session, task: Task, *, why: str = "") -> Task:
        """Add a promise or replace the one with its id."""
        with session.transaction():
            before = session.reception_sees(task.patient)
            kept: Task = session.store.put(task)
            _record(session, task, before | session.reception_sees(task.patient), why)
        self.refresh(task.patient)
        return kept

    def take_out(self, session: Session, task: Task) -> None:
        """Have a promise never have been made."""
        with session.transaction():
            before = session.reception_sees(task.patient)
            session.store.delete(task.id)
            _record(session, task, before, "")
            session.leave_no_bytes()
        self.refresh(task.patient)

    def end(self, session: Session, before: Task, after: Task, words: str, *, for_good: bool = False) -> Task:
        """Keep what came of a promise; one that recurs is due again, unless `for_good`; one undo takes back both."""
        ended = replace(after, ended_at=session.now(), ended_by_name=session.viewer.name)
        with session.transaction():
            kept = self.put(session, ended)
            following = None if for_good else self._again(session, before)
            session.can_undo(words, lambda: self.begin_again(session, before, following))
        return kept

    def begin_again(self, session: Session, before: Task, following: Task | None = None) -> None:
        """Put a promise back as it was, and let go of what came after it."""
        with session.transaction():
            if following is not None:
                self.take_out(session, following)
            self.put(session, before)

    def _again(self, session: Session, before: Task) -> Task | None:
        day = next_due(before.recurs, before.due, session.today())
        if day is None:
            return None
        following = replace(
            before, id=RecordId(new_id()), status=TaskStatus.REQUESTED, due=day, outcome="", status_reason=None,
            how=None, tries=0, put_off=0, visit=None, recorded_at=session.now(), revision=1,
        )  # fmt: skip
        return self.put(session, following)


def task_to_see(session: Session, task_id: RecordId) -> Task:
    """Return a promise that this person may see now, or could if it had not ended.

    Raises:
        NotFound: There is none, or it may not be seen; the two are told apart nowhere.
    """
    task = session.store.thing(task_id)
    if isinstance(task, Task):
        standing = as_standing(task)
        known = replace(session.known(task.patient), tasks=(standing,))
        if standing in session.seen(known).tasks:
            return task
    raise NotFound(_("That is no longer there."))


def seen_as_standing(session: Session, known: Known) -> Seen:
    """Return what this person may see with nothing opened, if no promise of the last quarter had ended yet."""
    ended = ended_since(known, session.now() - ENDED_LISTED)
    return session.seen_unopened(replace(known, tasks=tuple(map(as_standing, ended))))


def waits_under_veil(known: Known, seen: Seen, by: dt.date | None = None) -> bool:
    """Return whether a promise, or something that a clinician was told, waits under the veil.

    Args:
        known: Everything that the clinician's keys open about the patient.
        seen: What they may be shown with nothing opened.
        by: Of promises only those due by this day; None for all.
    """
    veiled = [task for task in known.tasks if task.id in seen.veiled_records]
    return any(task.code is TaskCode.TELL or by is None or (task.due is not None and task.due <= by) for task in veiled)


def ended_since(known: Known, since: dt.datetime) -> tuple[Task, ...]:
    """Return the promises that have ended since a moment."""
    return tuple(task for task in known.tasks if not task.is_open and (task.ended_at or task.recorded_at) >= since)


def as_standing(task: Task) -> Task:
    """Return a promise as if it had not ended."""
    return task if task.is_open else replace(task, status=TaskStatus.REQUESTED)


def _record(session: Session, task: Task, reception_sees: frozenset[RecordId], why: str) -> None:
    session.record(AuditAction.TASK_CHANGED, task.patient, why=why, clinicians_only=task.id not in reception_sees)
