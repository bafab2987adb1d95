"""Following up after a visit: when to ask, how they were, and telling the clinician when they are worse.

What a clinician is told stays in front of every clinician, whoever it was told to by name, until one has read it; it
may be sealed to them, and then the desk keeps no word of it.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.promises.task_keeping import TaskKeeper, task_to_see, waits_under_veil
from rapportdesk.desk.promises.tasks import may_promise
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.follow_up import LONGEST_WAIT_DAYS, MOST_STEPS, FollowUpStep, FollowUpTemplate
from rapportdesk.model.identity import PatientId, RecordId, StaffId, new_id
from rapportdesk.model.note import Audience
from rapportdesk.model.shown import Told
from rapportdesk.model.staff import Role, Viewer
from rapportdesk.model.task import FollowUpOutcome, Task, TaskCode, TaskStatus
from rapportdesk.paths import RESOURCES
from rapportdesk.rules.promises.follow_up_words import templates_in_words
from rapportdesk.rules.promises.ledger import told_rows
from rapportdesk.rules.visibility import see

_ANY_CLINICIAN = Viewer(staff=StaffId(""), name="", roles=frozenset({Role.CLINICIAN}))
_CAME = frozenset({AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN, AppointmentStatus.FULFILLED})


class FollowUps:
    """Plans, what came of them, and what clinicians were told.

    Args:
        session: The sign-in.
        refresh: Tells the index about a patient.
        clinicians: Names of the clinicians who work here.
    """

    def __init__(
        self,
        session: Callable[[], Session],
        refresh: Callable[[PatientId], None],
        clinicians: Callable[[], tuple[str, ...]],
    ) -> None:
        self._session = session
        self._keeper = TaskKeeper(refresh)
        self._clinicians = clinicians

    def templates(self) -> tuple[FollowUpTemplate, ...]:
        """Return the plans to begin from, in the language in use."""
        return templates_in_words(json.loads((RESOURCES / "follow_ups.json").read_text(encoding="utf-8")))

    def last_visit(self, patient_id: PatientId) -> Appointment | None:
        """Return the newest visit that somebody came to, which a plan follows; None when there is none.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        session.store.patient(patient_id)
        came = [each for each in _visits(session, patient_id) if each.status in _CAME]
        return max(came, key=lambda each: (each.start, each.id), default=None)

    def plan(
        self,
        patient_id: PatientId,
        steps: Sequence[FollowUpStep],
        *,
        visit: RecordId | None = None,
        owner: str = "",
        audience: Audience = Audience.EVERYONE,
    ) -> tuple[Task, ...]:
        """Keep a follow-up plan, a promise for each step; it is taken back as a whole.

        Args:
            patient_id: Whom to ask.
            steps: When, and what; at least one.
            visit: The appointment it follows: days are counted from it, from today where none is named.
            owner: Name of the colleague who asks; empty for oneself.
            audience: `CLINICIANS` seals it to their keys.

        Raises:
            BadInput: There is no step or too many, one says nothing, its day is out of bounds, or the patient has died.
            ConsentNeeded: The patient has not agreed to notes being kept.
            NotFound: There is no such person, or the visit is not theirs.
        """
        session = self._session()
        may_promise(session, patient_id)
        texts = [clean_line(step.text) for step in steps]
        if not texts or not all(texts):
            raise BadInput(_("Say what is to be done, and when."))
        if len(texts) > MOST_STEPS or not all(0 <= step.days <= LONGEST_WAIT_DAYS for step in steps):
            raise BadInput(_("That is too much for one plan."), _("Ten steps, within two years."))
        start = _day_of(session, patient_id, visit) if visit else session.today()
        plan = RecordId(new_id())
        tasks = [
            Task(
                id=RecordId(new_id()), patient=patient_id, text=text, code=TaskCode.FOLLOW_UP, audience=audience,
                due=start + dt.timedelta(days=step.days), owner_name=clean_line(owner) or session.viewer.name,
                visit=visit, plan=plan, recorded_at=session.now(), recorded_by=session.viewer.staff,
                recorded_by_name=session.viewer.name,
            )
            for step, text in zip(steps, texts, strict=True)
        ]  # fmt: skip
        with session.transaction():
            kept = tuple(self._keeper.put(session, task) for task in tasks)
            bare = [replace(task, text="") for task in kept]
            session.can_undo(_("planned a follow-up"), lambda: self._take_out(session, bare))
        return kept

    def came_out(
        self, task_id: RecordId, how: FollowUpOutcome, words: str = "", *, tell: bool = False, sealed: bool = False
    ) -> Task:
        """Keep how somebody was, and tell the clinician with `tell`.

        Not reached, it stays open and is due again tomorrow; else it has ended. One undo takes all of it back.

        Args:
            task_id: The follow-up.
            how: How they were.
            words: What they said; may be empty.
            tell: Put it in front of the clinician who saw them, and of every other one, until it is read.
            sealed: For clinicians alone: then how they are and what they said are kept nowhere else.

        Raises:
            BadInput: The words cannot be kept, it is no follow-up, or clinicians may not read what is told openly.
            NotFound: There is no such follow-up.
        """
        session = self._session()
        before = task_to_see(session, task_id)
        if before.code is not TaskCode.FOLLOW_UP or not before.is_open:
            raise NotFound(_("That is no longer there."))
        words = clean_line(words)
        if how is FollowUpOutcome.NOT_REACHED:
            return self._again_tomorrow(session, before)
        private = tell and sealed
        after = replace(
            before, status=TaskStatus.COMPLETED, status_reason=None, how=None if private else how,
            outcome="" if private else words,
        )  # fmt: skip
        with session.transaction():
            told = self._tell(session, before, how, words, sealed=sealed) if tell else None
            now, by = session.now(), session.viewer.name
            kept = self._keeper.put(session, replace(after, ended_at=now, ended_by_name=by))
            following = replace(told, text="") if told is not None else None
            session.can_undo(
                _("said how somebody was"), lambda: self._keeper.begin_again(session, before, following)
            )  # fmt: skip
        return kept

    def tell(self, patient_id: PatientId, words: str, *, sealed: bool = False) -> Task:
        """Put something in front of the clinicians about a patient, without a follow-up: they rang and are worse.

        Args:
            patient_id: About whom.
            words: What they are to know; not empty.
            sealed: For clinicians alone.

        Raises:
            BadInput: There are no words, they cannot be kept, or clinicians may not read what is told openly.
            ConsentNeeded: The patient has not agreed to notes being kept.
            NotFound: There is no such person.
        """
        session = self._session()
        words = clean_line(words)
        if not words:
            raise BadInput(_("What is the clinician to know?"))
        may_promise(session, patient_id)
        asked = Task(
            id=RecordId(new_id()), patient=patient_id, text="", recorded_at=session.now(),
            recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name,
        )  # fmt: skip
        with session.transaction():
            told = self._tell(session, asked, FollowUpOutcome.WORSE, words, sealed=sealed)
            bare = replace(told, text="")
            session.can_undo(_("told a clinician"), lambda: self._keeper.take_out(session, bare))
        return told

    def told(self) -> tuple[Told, ...]:
        """Return what no clinician has read yet, told to the signed-in one by name first; nothing for anybody else.

        Where that, or a promise that is due, is to be opened alone with the patient, it is the veil's sentence.
        """
        session = self._session()
        if not session.viewer.is_clinician:
            return ()
        open_ones = {task.patient for task in session.index.open_tasks(code=TaskCode.TELL)}
        looked = []
        for patient_id in sorted(open_ones | session.index.told()):
            known = session.known(patient_id)
            seen = session.seen_unopened(known)
            looked.append((seen, waits_under_veil(known, seen, session.today())))
        return told_rows(looked, session.viewer, session.local_now())

    def read(self, task_id: RecordId) -> Task:
        """Say that a clinician has read what was told; it leaves every clinician's first screen and brief.

        Raises:
            NotAllowed: The signed-in person is no clinician.
            NotFound: There is no such thing, or it has not been opened yet.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        before = task_to_see(session, task_id)
        if before.code is not TaskCode.TELL or not before.is_open:
            raise NotFound(_("That is no longer there."))
        after = replace(
            before, status=TaskStatus.COMPLETED, ended_at=session.now(), ended_by_name=session.viewer.name
        )  # fmt: skip
        kept = self._keeper.put(session, after, why="read")
        session.can_undo(_("read what was told"), lambda: self._keeper.begin_again(session, before))
        return kept

    def _again_tomorrow(self, session: Session, before: Task) -> Task:
        tomorrow = session.today() + dt.timedelta(days=1)
        after = replace(
            before, status=TaskStatus.IN_PROGRESS, how=FollowUpOutcome.NOT_REACHED, tries=before.tries + 1,
            due=max(before.due or tomorrow, tomorrow), due_time=None,
        )  # fmt: skip
        kept = self._keeper.put(session, after)
        session.can_undo(_("said how somebody was"), lambda: self._keeper.begin_again(session, before))
        return kept

    def _tell(self, session: Session, about: Task, how: FollowUpOutcome, words: str, *, sealed: bool) -> Task:
        audience = Audience.CLINICIANS if sealed else about.audience
        task = replace(
            about, id=RecordId(new_id()), code=TaskCode.TELL, status=TaskStatus.REQUESTED, audience=audience,
            text=words or _("no words were taken down"), owner_name=self._clinician_of(session, about), how=how,
            due=None, due_time=None, recurs="", plan=None, tries=0, put_off=0, recorded_at=session.now(),
            recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name, revision=1,
        )  # fmt: skip
        if audience is Audience.EVERYONE and not _clinicians_may_read(session, task):
            raise BadInput(
                _("They have not agreed to clinicians reading what is noted."),
                _("Ask whether the clinician may know this, and then tell it for clinicians only."),
            )
        return self._keeper.put(session, task, why="told")

    def _clinician_of(self, session: Session, about: Task) -> str:
        """Return who saw them, if they work here: at the visit it follows, else at the newest one."""
        visits = _visits(session, about.patient)
        followed = [each for each in visits if each.id == about.visit]
        newest = sorted(visits, key=lambda each: (each.start <= session.now(), each.start, each.id), reverse=True)
        named = (each.practitioner_name for each in (*followed, *newest))
        here = self._clinicians()
        return next((name for name in named if name in here), "")

    def _take_out(self, session: Session, tasks: Sequence[Task]) -> None:
        with session.transaction():
            for task in tasks:
                self._keeper.take_out(session, task)


def _visits(session: Session, patient_id: PatientId) -> list[Appointment]:
    return [each for each in session.store.things(patient_id) if isinstance(each, Appointment)]


def _day_of(session: Session, patient_id: PatientId, visit: RecordId) -> dt.date:
    followed = next((each for each in _visits(session, patient_id) if each.id == visit), None)
    if followed is None:
        raise NotFound(_("That visit is no longer there."))
    return session.clock.local(followed.start).date()


def _clinicians_may_read(session: Session, task: Task) -> bool:
    """Return whether a clinician will be shown, or offered to open, what is told for everybody."""
    known = replace(session.known(task.patient), tasks=(task,))
    until = session.practice.guardian_until
    seen = see(known, _ANY_CLINICIAN, None, session.local_now(), guardian_until=until)
    return task in seen.tasks or task.id in seen.veiled_records
