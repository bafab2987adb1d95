"""A note or promise on the wrong person is moved to the right one, and nothing of it stays: not even a note's topic.

Who may know the topic's name moves along. What comes to a topic named to clinicians only is sealed to them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rapportdesk.desk.note.topics import Topics, seal_note, seal_task
from rapportdesk.desk.session import Session
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """One move, for taking it back.

    Attributes:
        before, after: The note on the wrong person and on the right one.
        left: The topic that was let go of with it.
        made: The topic that was made for it.
    """

    before: Note
    after: Note
    left: TopicPermission | None
    made: TopicPermission | None


@dataclass(frozen=True, slots=True)
class WrongPerson:
    """Moves notes and promises."""

    refresh: Callable[[PatientId], None]
    topics: Topics

    def move(self, session: Session, note: Note, to_patient: PatientId) -> Note:
        """Move a note; it can be undone unless it had to be sealed."""
        topic = self.topics.by_handle(note.patient, note.topic)
        with session.transaction():
            before = session.reception_sees(note.patient)
            about, made = None, False
            if topic is not None:
                name_for = Audience.CLINICIANS if note.sealed_to_clinicians else topic.name_for
                about, made = self.topics.about(to_patient, topic.code, name_for=name_for)
            left = self.topics.made_with(note)
            session.store.move(note.id, to_patient)
            after = replace(note, patient=to_patient, topic=about.handle if about else note.topic, about_person="")
            after = session.store.put(after)
            must_seal = about is not None and about.name_for is Audience.CLINICIANS
            if must_seal and note.audience is Audience.EVERYONE:
                after = seal_note(session, after)
            else:
                moved = _Moved(before=note, after=after, left=left, made=about if made else None)
                session.can_undo(_("moved a note"), lambda: self._move_back(session, moved))
            if left is not None:
                self.topics.let_go(left)
            self._told(session, note, before)
            self._told(session, after, session.reception_sees(to_patient))
            session.leave_no_bytes()
        return after

    def move_task(self, session: Session, task: Task, to_patient: PatientId) -> Task:
        """Move a promise; it leaves its visit and its plan behind, and can be undone unless it had to be sealed."""
        topic = self.topics.by_handle(task.patient, task.topic)
        with session.transaction():
            before = session.reception_sees(task.patient)
            about, made = None, False
            if topic is not None:
                sealed = task.audience is Audience.CLINICIANS
                name_for = Audience.CLINICIANS if sealed else topic.name_for
                about, made = self.topics.about(to_patient, topic.code, name_for=name_for)
            session.store.move(task.id, to_patient)
            after: Task = session.store.put(
                replace(task, patient=to_patient, topic=about.handle if about else task.topic, visit=None, plan=None)
            )
            if about is not None and about.name_for is Audience.CLINICIANS and task.audience is Audience.EVERYONE:
                after = seal_task(session, after)
            else:
                bare = replace(after, text="")
                new_topic = about if made else None
                session.can_undo(_("moved a promise"), lambda: self._move_task_back(session, bare, task, new_topic))
            self._told_of_task(session, task, before)
            self._told_of_task(session, after, session.reception_sees(to_patient))
            session.leave_no_bytes()
        return after

    def _move_task_back(self, session: Session, after: Task, before: Task, made: TopicPermission | None) -> None:
        with session.transaction():
            seen = session.reception_sees(after.patient)
            session.store.move(after.id, before.patient)
            session.store.put(before)
            if made is not None:
                self.topics.let_go(made)
            self._told_of_task(session, after, seen)
            self._told_of_task(session, before, session.reception_sees(before.patient))

    def _told_of_task(self, session: Session, task: Task, reception_sees: frozenset[RecordId]) -> None:
        session.record(AuditAction.TASK_CHANGED, task.patient, clinicians_only=task.id not in reception_sees)
        self.refresh(task.patient)

    def _move_back(self, session: Session, moved: _Moved) -> None:
        with session.transaction():
            before = session.reception_sees(moved.after.patient)
            session.store.move(moved.after.id, moved.before.patient)
            session.store.put(moved.before)
            if moved.left is not None:
                self.topics.keep_again(moved.left)
            if moved.made is not None:
                self.topics.let_go(moved.made)
            self._told(session, moved.after, before)
            self._told(session, moved.before, session.reception_sees(moved.before.patient))

    def _told(self, session: Session, note: Note, reception_sees: frozenset[RecordId]) -> None:
        session.record(AuditAction.NOTE_CHANGED, note.patient, clinicians_only=note.id not in reception_sees)
        self.refresh(note.patient)
