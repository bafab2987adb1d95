"""Promises: what the practice said it would do, due and late first, ticked with an outcome."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.session import Session
from rapportdesk.desk.text import clean_line
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.task import Task, TaskStatus


class Tasks:
    """The promises of the practice."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def add(
        self, patient_id: PatientId, text: str, *, due: dt.date | None = None, due_time: dt.time | None = None
    ) -> Task:
        """Keep a promise.

        Args:
            patient_id: To whom it was made.
            text: What was promised; not empty.
            due: The local day, or None when none was named.
            due_time: The local time on that day, or None for its end.

        Raises:
            BadInput: There is no text, or it cannot be kept.
            NotFound: There is no such person.
        """
        session = self._session()
        text = clean_line(text)
        if not text:
            raise BadInput(_("What was promised?"))
        session.store.patient(patient_id)
        task = Task(
            id=RecordId(new_id()), patient=patient_id, text=text, due=due, due_time=due_time,
            owner_name=session.viewer.name, recorded_at=session.now(), recorded_by=session.viewer.staff,
            recorded_by_name=session.viewer.name,
        )  # fmt: skip
        task = self._put(session, task)
        session.can_undo(_("made a promise"), lambda: self._take_out(session, task))
        return task

    def done(self, task_id: RecordId, *, outcome: str = "") -> Task:
        """Tick a promise as kept.

        Raises:
            NotFound: There is no such promise.
        """
        session = self._session()
        return self._change(task_id, TaskStatus.COMPLETED, clean_line(outcome), _("ticked a promise"), session)

    def reopen(self, task_id: RecordId) -> Task:
        """Take the tick back.

        Raises:
            NotFound: There is no such promise.
        """
        session = self._session()
        return self._change(task_id, TaskStatus.REQUESTED, "", _("reopened a promise"), session)

    def _change(self, task_id: RecordId, status: TaskStatus, outcome: str, words: str, session: Session) -> Task:
        before = session.store.thing(task_id)
        if not isinstance(before, Task):
            raise NotFound(_("That promise is no longer there."))
        after = replace(before, status=status, outcome=outcome)
        kept = self._put(session, after)
        session.can_undo(words, lambda: self._put_back(session, before))
        return kept

    def _put(self, session: Session, task: Task) -> Task:
        with session.transaction():
            kept = session.store.put(task)
            session.record(AuditAction.TASK_CHANGED, task.patient)
        session.tell_index(lambda index: index.put_task(kept))
        return kept

    def _put_back(self, session: Session, task: Task) -> None:
        self._put(session, task)

    def _take_out(self, session: Session, task: Task) -> None:
        with session.transaction():
            session.store.delete(task.id)
            session.record(AuditAction.TASK_CHANGED, task.patient)
        session.tell_index(lambda index: index.remove_task(task.id))
