"""One person's sign-in: what every noun needs, and what is dropped at lock.

All that is read for showing goes through `Session.seen`, so that the visibility rule stands between the records and
every screen, page and line of output. The clock that consent follows never decreases: a workstation whose date jumps
back revives nothing.
"""

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import TypeAdapter

from rapportdesk.clock import Clock
from rapportdesk.desk.follows_writes import FollowsWrites
from rapportdesk.desk.people.knowing import known_of
from rapportdesk.errors import NotAllowed, NotFound, RapportError, VaultFault
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome, PurposeOfUse
from rapportdesk.model.common_ground import Interest
from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Note
from rapportdesk.model.practice import PracticeSettings
from rapportdesk.model.staff import Practitioner, Role, Viewer
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.readmodel.layers import Layers
from rapportdesk.rules.company import named_today
from rapportdesk.rules.rows import Verdict
from rapportdesk.rules.visibility import Company, Known, Seen, decide, see
from rapportdesk.store.sealed_store import SealedStore

T = TypeVar("T")

ANY_RECEPTIONIST = Viewer(staff=StaffId(""), name="", roles=frozenset({Role.RECEPTION}))
"""Whose eyes something is for that anybody at the desk may come to see."""

PRACTICE = "practice"
"""The name of the setting that holds `PracticeSettings`, as JSON."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """One change that can be taken back: what to call it, and how."""

    words: str
    take_back: Callable[[], None]


@dataclass(slots=True)
class Session:
    """What one signed-in person works with; replaced by nothing at lock.

    Attributes:
        read_model: Opens the read model, with everything in it that this person may find.
        vault_name: The file's name, printed on recovery sheets to tell which file they open.
        company: Who is with which patient, as said at this sign-in: ids of related persons; None is unknown. That
            somebody is alone holds until they are left.
        opened: The veiled records this person has opened, for each patient, until the card is left.
        emergency: The patients whom this person has opened as emergency access, until they are left.
        new: The notes that were new to this clinician when they were opened, for each patient.
        recent: The cards opened last, newest first.
        gathering: Changes are made that will be taken back as one: as many as there are.
        interests: What this person has entered of themself; None until it is asked for.
        must_change_secret: They came in with a secret that somebody gave them, and may do nothing but change it.
    """

    store: SealedStore
    viewer: Viewer
    clock: Clock
    read_model: "Callable[[Session], FollowsWrites]"
    vault_name: str
    company: dict[PatientId, Company] = field(default_factory=dict)
    opened: dict[PatientId, frozenset[RecordId]] = field(default_factory=dict)
    emergency: set[PatientId] = field(default_factory=set)
    new: dict[PatientId, frozenset[RecordId]] = field(default_factory=dict)
    recent: list[PatientId] = field(default_factory=list)
    undoable: list[Undoable] = field(default_factory=list)
    gathering: bool = False
    must_change_secret: bool = False
    interests: tuple[Interest, ...] | None = None
    _index: FollowsWrites | None = None
    _practice: PracticeSettings | None = None
    _after_commit: list[Callable[[], None]] | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything done inside, or nothing; index and undo follow only once it is committed.

        Inside another one it is a part of that.
        """
        outer, mine = self._after_commit, list[Callable[[], None]]()
        self._after_commit = mine
        try:
            with self.store.transaction():
                yield
        finally:
            self._after_commit = outer
        if outer is not None:
            outer += mine
            return
        for follow in mine:
            follow()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Do as `transaction`, for what writes nothing before the last reason to refuse; see `WholeVault.writing`."""
        if self._after_commit is None:
            with self.transaction():
                yield
        else:
            with self.store.writing():
                yield

    @property
    def index(self) -> Layers:
        """The search index, opened the first time it is asked: a command that searches nothing never waits for it."""
        return self._open_index().index

    def index_follows(self, *patients: PatientId) -> None:
        """Let the index follow a write about these people, once it is committed; unopened, it sees it when opened."""
        self.after_commit(lambda: self._index.follow(patients) if self._index is not None else None)

    def tell_index_in_steps(self) -> Generator[tuple[int, int], None, None]:
        """Tell the index what it has not been told, in short steps; yields how much is done, and of how much."""
        return self._open_index().steps()

    def index_is_current(self) -> bool:
        """Return whether what the index has been told so far holds, so that its columns say what may be seen."""
        return self._open_index().is_current

    def forget_index(self) -> None:
        """Drop what was decrypted for searching."""
        if self._index is not None:
            self._index.close()
            self._index = None

    @property
    def practice(self) -> PracticeSettings:
        """What the practice has settled for itself; read once, because the rule asks for it with every look."""
        if self._practice is None:
            kept = self.store.settings().get(PRACTICE)
            self._practice = PracticeSettings() if kept is None else _read_practice(kept)
        return self._practice

    def forget_practice(self) -> None:
        """Read the practice's settings again when they are next asked for."""
        self._practice = None

    def now(self) -> dt.datetime:
        """Return the recorded clock: the wall clock, or the latest moment ever recorded if that is later."""
        return self.store.recorded_now()

    def local_now(self) -> dt.datetime:
        """Return the recorded clock in the practice's zone."""
        return self.clock.local(self.now())

    def today(self) -> dt.date:
        """Return the local date of the recorded clock."""
        return self.local_now().date()

    def day_for_erasing(self) -> dt.date:
        """Return the earlier day of both clocks: one that once stood years ahead hurries nothing out of the file."""
        return min(self.today(), self.wall_now().date())

    def wall_now(self) -> dt.datetime:
        """Return the workstation's own clock in the practice's zone: for who comes today, which no rule depends on.

        A workstation that once stood years ahead would else show the schedule of that day until it comes.
        """
        return self.clock.local(self.clock.now())

    def known(self, patient_id: PatientId) -> Known:
        """Return everything this person's keys open about one patient; not yet for showing.

        Raises:
            NotFound: There is no such person.
        """
        return self.store.made_of(patient_id, "known", lambda patient: known_of(self.store, patient))

    def company_of(self, known: Known) -> Company:
        """Return who is with the patient: as said of the open card or at this sign-in, else whoever was named today."""
        if known.patient.id in self.company:
            return self.company[known.patient.id]
        return named_today(known.companions, self.today())

    def seen(self, known: Known) -> Seen:
        """Return what this person may be shown of `known`, by the visibility rule."""
        patient_id = known.patient.id
        return see(
            known,
            self.viewer,
            self.company_of(known),
            self.local_now(),
            opened=self.opened.get(patient_id, frozenset()),
            emergency=patient_id in self.emergency,
            guardian_until=self.practice.guardian_until,
        )

    def seen_unopened(self, known: Known) -> Seen:
        """Return what this person may be shown of `known` with nothing opened: for what outlasts the moment."""
        company, until = self.company_of(known), self.practice.guardian_until
        return see(known, self.viewer, company, self.local_now(), guardian_until=until)

    def visible_note(self, note_id: RecordId) -> Note:
        """Return a note that this person may see now.

        Raises:
            NotFound: It does not exist or may not be seen; the two are told apart nowhere.
        """
        thing = self.store.thing(note_id)
        if isinstance(thing, Note):
            seen = self.seen(self.known(thing.patient))
            for visible in seen.notes:
                if visible.note.id == note_id:
                    return visible.note
        raise NotFound(_("That is no longer there."))

    def require(self, *roles: Role) -> None:
        """Refuse unless the signed-in person has one of `roles`; the refusal is recorded.

        Raises:
            NotAllowed: They have none of them.
        """
        if not self.viewer.roles & set(roles):
            self.record(AuditAction.REFUSED, why=f"needs {' or '.join(sorted(roles))}", outcome=Outcome.FAILURE)
            raise NotAllowed(_("Your role does not include this."), _("Ask a manager of the practice."))

    def record(
        self,
        action: AuditAction,
        patient: PatientId | None = None,
        *,
        why: str = "",
        purpose: PurposeOfUse | None = None,
        outcome: Outcome = Outcome.SUCCESS,
        about: Practitioner | None = None,
        count: int = 1,
        happened_at: dt.datetime | None = None,
        clinicians_only: bool = False,
    ) -> None:
        """Write one line into the record of who looked: never content.

        Args:
            action: What was done.
            patient: To whose record.
            why: A short reason in words of the program; never what anybody typed.
            purpose: What for; of a patient's record, the usual purpose of the signed-in person's work unless given.
            outcome: Whether it was done.
            about: The colleague whom it was done to.
            count: How many of the same this line stands for.
            happened_at: When it was, where it could not be recorded at once.
            clinicians_only: Whether it tells of something that reception may not know.
        """
        if purpose is None and patient is not None:
            treats = self.viewer.is_clinician
            purpose = PurposeOfUse.TREATMENT if treats else PurposeOfUse.OPERATIONS
        self.store.audit(
            AuditEvent(
                at=self.now(),
                action=action,
                who=self.viewer.staff,
                who_name=self.viewer.name,
                roles=tuple(role for role in Role if role in self.viewer.roles),
                patient=patient,
                outcome=outcome,
                purpose=purpose,
                why=why,
                about=about.id if about else None,
                about_name=about.name if about else "",
                count=count,
                happened_at=happened_at,
                clinicians_only=clinicians_only,
            )
        )

    @contextmanager
    def recording_failure(self, action: AuditAction, *, why: str) -> Iterator[None]:
        """Write a line when what is done inside is refused; around any transaction, which would take the line along."""
        try:
            yield
        except RapportError:
            self.record(action, why=why, outcome=Outcome.FAILURE)
            raise

    def reception_sees(self, patient_id: PatientId) -> frozenset[RecordId]:
        """Return the ids of the notes, promises and topics that reception may know of while somebody may listen.

        A change to anything else is told to reception by no line of the audit either.
        """
        seen = self._as_reception(patient_id)
        notes = (visible.note.id for visible in seen.notes)
        return frozenset((*notes, *(task.id for task in seen.tasks), *(topic.id for topic in seen.topics)))

    def reception_sees_one(self, thing: Note | Task | TopicPermission, known: Known) -> bool:
        """Return whether one thing is among `reception_sees`, by what else is known of its patient."""
        age = self.practice.guardian_until
        made = decide(thing, known, ANY_RECEPTIONIST, None, self.local_now(), guardian_until=age)
        return made.verdict is Verdict.SHOW

    def reception_hears(self, patient_id: PatientId) -> frozenset[RecordId]:
        """Return the ids of the topics of which reception may hear what was answered."""
        return frozenset(topic.id for topic in self._as_reception(patient_id).topics if topic.askings)

    def can_undo(self, words: str, take_back: Callable[[], None]) -> None:
        """Remember how to take back what was just done; the last twenty changes are kept."""
        self.after_commit(lambda: self._remember(Undoable(words, take_back)))

    def cannot_undo(self) -> None:
        """Forget how to take back what was done so far, because taking it back would do harm now."""
        self.after_commit(lambda: self.undoable.clear())

    def leave_no_bytes(self, *, erased: bool = False) -> None:
        """Have what is being deleted be nowhere in the file's bytes, nor the read model's, once that is committed.

        Where the disk does not let us, the bytes are gone when the file is closed.

        Args:
            erased: It is older than this sign-in, so that a read model which this one cannot open may hold it, or a
                copy of the file in its former form.
        """
        self.store.make_room()
        self.after_commit(lambda: self._empty_log(erased=erased))

    def undo(self) -> str:
        """Take back the last change and return what it was called.

        Raises:
            NotFound: There is nothing to take back.
        """
        if not self.undoable:
            raise NotFound(_("There is nothing to undo."))
        last = self.undoable.pop()
        try:
            last.take_back()
        except RapportError:
            self.undoable.append(last)
            raise
        return last.words

    def _as_reception(self, patient_id: PatientId) -> Seen:
        age = self.practice.guardian_until
        return see(self.known(patient_id), ANY_RECEPTIONIST, None, self.local_now(), guardian_until=age)

    def _remember(self, change: Undoable) -> None:
        self.undoable.append(change)
        if not self.gathering:
            del self.undoable[:-20]

    def leave_no_words(self, *, erased: bool = True) -> None:
        """Have nothing of what was taken out in the read model's files or in a former copy, now; see `leave_no_bytes`.

        Raises:
            VaultFault: The disk does not let us.
        """
        if erased:
            self.store.let_formers_go()
        self._open_index().leave_no_bytes(erased=erased)

    def _empty_log(self, *, erased: bool) -> None:
        with suppress(VaultFault):
            self.leave_no_words(erased=erased)
            self.store.checkpoint()

    def _open_index(self) -> FollowsWrites:
        if self._index is None:
            self._index = self.read_model(self)
        return self._index

    def after_commit(self, what: Callable[[], None]) -> None:
        """Do something once what is being written is committed, in order; at once outside a transaction."""
        if self._after_commit is None:
            what()
        else:
            self._after_commit.append(what)


def _read_practice(kept: str) -> PracticeSettings:
    return TypeAdapter(PracticeSettings).validate_json(kept)
