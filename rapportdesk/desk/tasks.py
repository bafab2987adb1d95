"""Promises: what the practice said it would do, due and late first, ticked with an outcome.

They rest on consent as notes do, and what was promised for clinicians' ears only is sealed to them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.consents import need_consent
from rapportdesk.desk.session import Session
from rapportdesk.desk.text import clean_line
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience
from rapportdesk.model.task import Task, TaskStatus


class Tasks:
    """The promises of the practice."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None]) -> None:
        self._session = session
        self._refresh = refresh

    def add(
        self,
        patient_id: PatientId,
        text: str,
        *,
        due: dt.date | None = None,
        due_time: dt.time | None = None,
        audience: Audience = Audience.EVERYONE,
    ) -> Task:
        """Keep a promise.

        Args:
            patient_id: To whom it was made.
            text: What was promised; not empty.
            due: The local day, or None when none was named.
            due_time: The local time on that day, or None for its end.
            audience: `CLINICIANS` seals it to their keys.

        Raises:
            BadInput: There is no text, or it cannot be kept.
            ConsentNeeded: The patient has not agreed to notes being kept.
            NotFound: There is no such person.
        """
        session = self._session()
        text = clean_line(text)
        if not text:
            raise BadInput(_("What was promised?"))
        need_consent(session, patient_id)
        task = Task(
            id=RecordId(new_id()), patient=patient_id, text=text, due=due, due_time=due_time, audience=audience,
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
        before = _task_to_see(session, task_id)
        after = replace(before, status=status, outcome=outcome)
        kept = self._put(session, after)
        session.can_undo(words, lambda: self._put_back(session, before))
        return kept

    def _put(self, session: Session, task: Task) -> Task:
        with session.transaction():
            before = session.reception_sees(task.patient)
            kept = session.store.put(task)
            _record(session, task, before | session.reception_sees(task.patient))
        self._refresh(task.patient)
        return kept

    def _put_back(self, session: Session, task: Task) -> None:
        self._put(session, task)

    def _take_out(self, session: Session, task: Task) -> None:
        with session.transaction():
            before = session.reception_sees(task.patient)
            session.store.delete(task.id)
            _record(session, task, before)
        self._refresh(task.patient)


def _task_to_see(session: Session, task_id: RecordId) -> Task:
    """Return a promise that this person may see now, or could if it had not ended; else NotFound."""
    task = session.store.thing(task_id)
    if isinstance(task, Task):
        open_again = replace(task, status=TaskStatus.REQUESTED)
        known = replace(session.known(task.patient), tasks=(open_again,))
        if open_again in session.seen(known).tasks:
            return task
    raise NotFound(_("That is no longer there."))


def _record(session: Session, task: Task, reception_sees: frozenset[RecordId]) -> None:
    session.record(AuditAction.TASK_CHANGED, task.patient, clinicians_only=task.id not in reception_sees)
