"""Promises: what the practice said it would do, due and late first, kept or not, and why.

They rest on consent as notes do, and what was promised for clinicians' ears only is sealed to them. Nothing falls out:
a promise ends by somebody's word alone, and every change can be taken back.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.consent.consents import need_consent
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.note.topics import Topics, keeps_from_reception
from rapportdesk.desk.people.wrong_person import WrongPerson
from rapportdesk.desk.promises.task_keeping import ENDED_LISTED, TaskKeeper, seen_as_standing, task_to_see
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId, RecordId, TopicHandle, new_id
from rapportdesk.model.note import Audience
from rapportdesk.model.shown import Ledger
from rapportdesk.model.task import CALLS_IT_OFF, Task, TaskCode, TaskReason, TaskStatus
from rapportdesk.rules.promises.ledger import compose_ledger
from rapportdesk.rules.wording.spoken_dates import find_date

_NO_VISIT = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.ENTERED_IN_ERROR})


class Tasks:
    """The promises of the practice.

    Args:
        session: The sign-in.
        refresh: Tells the index about a patient.
        topics: What promises are about.
        colleagues: Names of everybody who works here.
    """

    def __init__(
        self,
        session: Callable[[], Session],
        refresh: Callable[[PatientId], None],
        topics: Topics,
        colleagues: Callable[[], tuple[str, ...]],
    ) -> None:
        self._session = session
        self._topics = topics
        self._colleagues = colleagues
        self._keeper = TaskKeeper(refresh)
        self._wrong_person = WrongPerson(refresh, topics)

    def add(
        self,
        patient_id: PatientId,
        text: str,
        *,
        due: dt.date | None = None,
        due_time: dt.time | None = None,
        audience: Audience = Audience.EVERYONE,
        owner: str = "",
        recurs: str = "",
        topic: TopicHandle | None = None,
    ) -> Task:
        """Keep a promise; one that is due on the day of a visit is tied to that visit, and outlives it.

        Args:
            patient_id: To whom it was made.
            text: What was promised; not empty.
            due: The local day, or None when none was named.
            due_time: The local time on that day, or None for its end.
            audience: `CLINICIANS` seals it to their keys.
            owner: Name of the colleague who keeps it; empty for oneself.
            recurs: When it is due again, as `rules.quick_line` reads it; empty for once.
            topic: Handle of the topic it is about: one that the desk may not hear of seals it.

        Raises:
            BadInput: There is no text, it cannot be kept, or the patient has died.
            ConsentNeeded: The patient has not agreed to notes being kept.
            NotFound: There is no such person.
        """
        session = self._session()
        text = clean_line(text)
        if not text:
            raise BadInput(_("What was promised?"))
        may_promise(session, patient_id)
        about = self._topics.by_handle(patient_id, topic)
        if about is not None and keeps_from_reception(about):
            audience = Audience.CLINICIANS
        task = Task(
            id=RecordId(new_id()), patient=patient_id, text=text, due=due, due_time=due_time, audience=audience,
            owner_name=clean_line(owner) or session.viewer.name, recurs=recurs if due else "",
            topic=about.handle if about else None, visit=_visit_on(session, patient_id, due),
            recorded_at=session.now(), recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name,
        )  # fmt: skip
        task = self._keeper.put(session, task)
        bare = replace(task, text="")  # what is sealed to others does not stay behind in the undoing
        session.can_undo(_("made a promise"), lambda: self._keeper.take_out(session, bare))
        return task

    def done(self, task_id: RecordId, *, outcome: str = "") -> Task:
        """Tick a promise as kept; one that recurs is due again.

        Raises:
            BadInput: A clinician has to read it, or the outcome cannot be kept.
            NotFound: There is no such promise.
        """
        session = self._session()
        before = _promise_to_see(session, task_id)
        after = replace(before, status=TaskStatus.COMPLETED, outcome=clean_line(outcome), status_reason=None)
        return self._keeper.end(session, before, after, _("ticked a promise"))

    def not_kept(self, task_id: RecordId, reason: TaskReason, words: str = "") -> Task:
        """Say that a promise was not kept, or is no longer wanted, and why; one that recurs is due again.

        Raises:
            BadInput: `OTHER` without words, words that cannot be kept, or a clinician has to read it.
            NotFound: There is no such promise.
        """
        session = self._session()
        before = _promise_to_see(session, task_id)
        words = clean_line(words)
        if reason is TaskReason.OTHER and not words:
            raise BadInput(_("Say in a few words why."))
        called_off = reason in CALLS_IT_OFF
        status = TaskStatus.CANCELLED if called_off else TaskStatus.FAILED
        after = replace(before, status=status, status_reason=reason, outcome=words)
        said = _("called a promise off") if called_off else _("said that a promise was not kept")
        return self._keeper.end(session, before, after, said, for_good=called_off)

    def reopen(self, task_id: RecordId) -> Task:
        """Take back that a promise has ended.

        Raises:
            NotFound: There is no such promise.
        """
        session = self._session()
        before = task_to_see(session, task_id)
        after = replace(
            before, status=TaskStatus.REQUESTED, outcome="", status_reason=None, how=None, ended_at=None,
            ended_by_name="", recurs=before.recurs if before.is_open else "",  # the next one is there already
        )  # fmt: skip
        return self._change(session, before, after, _("reopened a promise"))

    def take_over(self, task_id: RecordId) -> Task:
        """Keep a promise oneself from now on.

        Raises:
            BadInput: A clinician has to read it.
            NotFound: There is no such promise.
        """
        session = self._session()
        before = _promise_to_see(session, task_id)
        after = replace(before, status=TaskStatus.ACCEPTED, owner_name=session.viewer.name)
        return self._change(session, before, after, _("took a promise over"))

    def hand_on(self, task_id: RecordId, owner: str) -> Task:
        """Have a colleague keep a promise.

        Raises:
            BadInput: Nobody of that name works here, or a clinician has to read it.
            NotFound: There is no such promise.
        """
        session = self._session()
        before = _promise_to_see(session, task_id)
        if owner not in self._colleagues():
            raise BadInput(_("Nobody of that name works here."))
        after = replace(before, status=TaskStatus.REQUESTED, owner_name=owner)
        return self._change(session, before, after, _("handed a promise on"))

    def begin(self, task_id: RecordId) -> Task:
        """Say that somebody is at it.

        Raises:
            BadInput: A clinician has to read it.
            NotFound: There is no such promise.
        """
        session = self._session()
        before = _promise_to_see(session, task_id)
        after = replace(before, status=TaskStatus.IN_PROGRESS, status_reason=None, outcome="")
        return self._change(session, before, after, _("began a promise"))

    def hold(self, task_id: RecordId, reason: TaskReason = TaskReason.NEEDS_OTHERS, words: str = "") -> Task:
        """Say that a promise waits, and for what; it stays listed, and late when it is.

        Raises:
            BadInput: The words cannot be kept, or a clinician has to read it.
            NotFound: There is no such promise.
        """
        session = self._session()
        before = _promise_to_see(session, task_id)
        after = replace(before, status=TaskStatus.ON_HOLD, status_reason=reason, outcome=clean_line(words))
        return self._change(session, before, after, _("let a promise wait"))

    def put_off(self, task_id: RecordId, due: dt.date, due_time: dt.time | None = None) -> Task:
        """Have a promise be due on another day.

        Raises:
            BadInput: That day has gone by, or a clinician has to read it.
            NotFound: There is no such promise.
        """
        session = self._session()
        before = _promise_to_see(session, task_id)
        if due < session.today():
            raise BadInput(_("That day has gone by."), _("Choose today or a day to come."))
        after = replace(before, due=due, due_time=due_time, put_off=before.put_off + 1)
        return self._change(session, before, after, _("put a promise off"))

    def put_off_to(self, task_id: RecordId, words: str) -> Task:
        """Have a promise be due on a day as people say it: "Friday", "in 10 days", "3 December at 9:30".

        Raises:
            BadInput: The words name no day, or as `put_off`.
            NotFound: There is no such promise.
        """
        spoken = find_date(words, self._session().today())
        if spoken is None:
            raise BadInput(_("Which day is that?"), _("For example: Friday, in 10 days, 3 December."))
        return self.put_off(task_id, spoken.day, spoken.time)

    def move(self, task_id: RecordId, to_patient: PatientId) -> Task:
        """Move a promise that was written on the wrong person; nothing of it stays behind.

        Raises:
            BadInput: The right person has died.
            ConsentNeeded: The right person has not agreed to notes being kept.
            NotFound: The promise or the person does not exist.
        """
        session = self._session()
        before = task_to_see(session, task_id)
        if to_patient == before.patient:
            return before
        may_promise(session, to_patient)
        return self._wrong_person.move_task(session, before, to_patient)

    def ledger(self, *, owner: str = "", text: str = "", ended: bool = False) -> Ledger:
        """Return every promise that the signed-in person may see, overdue first.

        Args:
            owner: Only what this one has to keep; empty for all.
            text: Only what has every word of this in text, patient's name or owner.
            ended: Those that ended in the last quarter of a year, with what came of them, the newest first.
        """
        session = self._session()
        tasks = session.index.ended_tasks(session.now() - ENDED_LISTED) if ended else session.index.open_tasks()
        known = {patient: session.known(patient) for patient in dict.fromkeys(task.patient for task in tasks)}
        look = (lambda each: seen_as_standing(session, each)) if ended else session.seen_unopened
        return compose_ledger(
            tasks, {patient: look(each) for patient, each in known.items()}, session.viewer, session.local_now(),
            owner=owner, text=text, colleagues=self._colleagues(), ended=ended,
        )  # fmt: skip

    def _change(self, session: Session, before: Task, after: Task, words: str) -> Task:
        kept = self._keeper.put(session, after)
        session.can_undo(words, lambda: self._keeper.begin_again(session, before))
        return kept


def may_promise(session: Session, patient_id: PatientId) -> None:
    """Refuse to promise anything to somebody who has died, or who has not agreed to notes.

    Raises:
        BadInput: They have died.
        ConsentNeeded: They have not agreed to notes.
        NotFound: There is no such person.
    """
    if session.store.patient(patient_id).deceased:
        raise BadInput(_("They have died: nothing is promised to them any more."))
    need_consent(session, patient_id)


def _promise_to_see(session: Session, task_id: RecordId) -> Task:
    """Return a promise that may be seen and changed here; what a clinician has to read ends by their reading alone."""
    task = task_to_see(session, task_id)
    if task.code is TaskCode.TELL:
        raise BadInput(_("A clinician has to read this."), _("It goes when they have."))
    return task


def _visit_on(session: Session, patient_id: PatientId, day: dt.date | None) -> RecordId | None:
    """Return the standing visit on a local day, the first of several; None when there is none."""
    things = session.store.things(patient_id) if day else ()
    visits = [
        each
        for each in things
        if isinstance(each, Appointment)
        and each.status not in _NO_VISIT
        and session.clock.local(each.start).date() == day
    ]
    return min(visits, key=lambda each: (each.start, each.id)).id if visits else None
