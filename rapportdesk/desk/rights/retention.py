"""What was kept as long as the practice settled is listed for who may decide, and nothing of it goes without a tick.

A manager decides; a clinician does of what is sealed to clinicians, which a manager who is none cannot even list.

Erasing follows the path of every other erasure: record, history, read model and the file's log are empty of it before
it is said to be done. A note is shown only to whoever may see it; of the rest the list says whose, what and since when.
"""

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Iterator

from pydantic import TypeAdapter

from rapportdesk.desk.backup.erased_lists import tell_every_folder, will_tell
from rapportdesk.desk.reach.feedback import keep_month, kept_months
from rapportdesk.desk.rights.retention_watch import RetentionWatch
from rapportdesk.desk.rights.rights_events import needed, new_event
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.feedback import FeedbackMonth
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience
from rapportdesk.model.retention import (
    MOST_YEARS,
    PastTime,
    RetentionDue,
    RetentionKind,
    RetentionList,
    RetentionRules,
)
from rapportdesk.model.rights import Right, RightsStatus
from rapportdesk.model.staff import Role
from rapportdesk.rules.known import Known
from rapportdesk.rules.rights.retention import about_record, another_period, months_past_time, past_time
from rapportdesk.steps import in_one_go
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.envelope import for_clinicians

MOST = 100
"""Lines that are looked through at once."""

WHY = "past its time"
_SETTING = "retention"
_MONTHS_KEPT = "retention-feedback"
_FORM = TypeAdapter(RetentionRules)
_MONTHS_FORM: TypeAdapter[dict[str, tuple[dt.date, str]]] = TypeAdapter(dict[str, tuple[dt.date, str]])


class Retention:
    """How long things are kept, and the list of what is past its time."""

    def __init__(self, session: Callable[[], Session], file: VaultFile) -> None:
        self._session = session
        self._file = file
        self._watch = RetentionWatch()

    def rules(self) -> RetentionRules:
        """Return how long things are kept; the defaults until a manager changes them.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        return _rules(self._manager())

    def change(self, rules: RetentionRules) -> RetentionRules:
        """Keep changed rules. Nothing goes by them; the list follows them at once.

        Raises:
            BadInput: A number of years is none from 0 to `MOST_YEARS`.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._manager()
        plain = (rules.notes, rules.promises, rules.contacts, rules.appointments, rules.feedback)
        if not all(0 <= years <= MOST_YEARS for years in (*plain, *(years for _kind, years in rules.note_kinds))):
            raise BadInput(_("A number from {least} to {most}.").format(least=0, most=MOST_YEARS))
        if rules != _rules(session):
            with session.transaction():
                session.store.put_setting(_SETTING, _FORM.dump_json(rules).decode())
                session.record(AuditAction.PRACTICE_CHANGED, why="how long things are kept")
            self._watch.forget()
        return rules

    def due(self) -> RetentionList:
        """Return the list; as `due_in_steps`, in one go."""
        return in_one_go(self.due_in_steps())

    def due_in_steps(self) -> Generator[tuple[int, int], None, RetentionList]:
        """Look everybody through for what is past its time; yields after each person, for other calls in between.

        Whose notes are shown is recorded.

        Raises:
            NotAllowed: The signed-in person is neither manager nor clinician.
        """
        session = self._deciding()
        rules, found = _rules(session), list(_months_due(session))
        shown: dict[PatientId, bool] = {}
        for number, patient in enumerate(session.store.patients(), 1):
            if len(found) > MOST:
                break
            known = session.known(patient.id)
            late = _late(session, known, rules)
            if late:
                texts = {each.note.id: each.note.text for each in session.seen_unopened(known).notes}
                found += [_line(known, each, texts.get(each.record, "")) for each in late]
                if told := {each.record for each in late} & texts.keys():
                    shown[patient.id] = not told <= session.reception_sees(patient.id)
            yield number, number
        listed = {each.patient for each in found[:MOST]}
        with session.transaction():
            for whose, clinicians_only in shown.items():
                if whose in listed:
                    session.record(AuditAction.PREVIEWED, whose, why=WHY, clinicians_only=clinicians_only)
        self._watch.remember(session.viewer.roles, session.today(), found=bool(found))
        return RetentionList(due=tuple(found[:MOST]), more=len(found) > MOST)

    def is_to_look(self) -> bool:
        """Whether the signed-in person may decide, and nobody who may decide the same has looked today."""
        session = self._session()
        return self._watch.is_to_look(session.viewer.roles, session.today())

    def look_in_steps(self) -> Generator[tuple[int, int], None, bool]:
        """Look whether anything is past its time, for `waits`; yields after each person, and ends at the first found.

        Raises:
            NotAllowed: The signed-in person is neither manager nor clinician.
        """
        session = self._deciding()
        rules = _rules(session)
        found = any(True for _month in _months_due(session))
        for number, patient in enumerate(session.store.patients(), 1):
            if found:
                break
            found = bool(_late(session, session.known(patient.id), rules))
            yield number, number
        self._watch.remember(session.viewer.roles, session.today(), found=found)
        return found

    def waits(self) -> bool:
        """Whether the last look found something that the signed-in person may decide about."""
        return self._watch.has_found(self._session().viewer.roles)

    def keep(self, ticked: Iterable[RetentionDue], reason: str) -> int:
        """Keep what was ticked for as long again, from today; returns how many things.

        Args:
            ticked: From the list.
            reason: Why it is still needed.

        Raises:
            BadInput: No reason is given, nothing is ticked, or something of it is not past its time any more, or not
                theirs to decide.
            NotAllowed: The signed-in person is neither manager nor clinician.
            NotFound: Somebody is not there any more.
        """
        session = self._deciding()
        words, rules, today = needed(reason), _rules(session), session.today()
        people, months = self._still_due(session, ticked)
        with session.transaction():
            for known, late in people:
                sees = session.reception_sees(known.patient.id)
                for each in late:
                    sealed = for_clinicians(session.store.thing(each.record))
                    event = new_event(
                        session, known.patient.id, Right.RETENTION, RightsStatus.ACTIVE, about=each.record,
                        reason=words, until=another_period(rules.years(each.kind, each.note_kind), today),
                        audience=Audience.CLINICIANS if sealed else Audience.EVERYONE,
                    )  # fmt: skip
                    session.store.put(event)
                    session.record(
                        AuditAction.RIGHTS_RECORDED, known.patient.id, why=Right.RETENTION.value,
                        clinicians_only=_for_clinicians_only(each, sees),
                    )  # fmt: skip
            if months:
                until = another_period(rules.feedback, today)
                kept = _months_kept(session) | {f"{each.month:%Y-%m}": (until, words) for each in months}
                session.store.put_setting(_MONTHS_KEPT, _MONTHS_FORM.dump_json(kept).decode())
                session.record(AuditAction.PRACTICE_CHANGED, why="feedback kept longer")
            session.index_follows(*(known.patient.id for known, _late in people))
        return sum(len(late) for _known, late in people) + len(months)

    def erase(self, ticked: Iterable[RetentionDue]) -> int:
        """Erase what was ticked, with everything it was before and what was said about it; returns how many things.

        Nothing done before can be undone afterwards.

        Raises:
            BadInput: Nothing is ticked, or something of it is not past its time, held by law or resting; nothing is
                erased then. Nor where something is not theirs to decide.
            NotAllowed: The signed-in person is neither manager nor clinician.
            NotFound: Somebody is not there any more.
        """
        session = self._deciding()
        people, months = self._still_due(session, ticked)
        session.store.make_room()  # as for what was taken back: a full disk keeps nothing from being erased
        with session.transaction():
            for known, late in people:
                sees = session.reception_sees(known.patient.id)
                gone = frozenset(each.record for each in late)
                for record_id in (*gone, *about_record(known, gone)):
                    session.store.delete(record_id)
                for each in late:
                    session.record(
                        AuditAction.ERASED, known.patient.id, why=WHY, clinicians_only=_for_clinicians_only(each, sees)
                    )
                session.opened.pop(known.patient.id, None)
            for month in months:
                keep_month(session, FeedbackMonth(month=month.month))
                session.record(AuditAction.ERASED, why="feedback past its time")
            session.cannot_undo()
            will_tell(session.store)
            session.index_follows(*(known.patient.id for known, _late in people))
            session.leave_no_bytes(erased=True)
        tell_every_folder(session, self._file)
        return sum(len(late) for _known, late in people) + len(months)

    def _manager(self) -> Session:
        session = self._session()
        session.require(Role.MANAGER)
        return session

    def _deciding(self) -> Session:
        session = self._session()
        session.require(Role.MANAGER, Role.CLINICIAN)
        return session

    def _still_due(
        self, session: Session, ticked: Iterable[RetentionDue]
    ) -> tuple[list[tuple[Known, tuple[PastTime, ...]]], list[FeedbackMonth]]:
        """Return what was ticked as it stands now: between looking and saying yes a law may have come to hold it."""
        wanted: dict[PatientId | None, set[RecordId]] = {}
        for each in ticked:
            wanted.setdefault(each.patient, set()).add(each.id)
        if not wanted:
            raise BadInput(_("Nothing is ticked."), _("Tick what is meant."))
        months = wanted.pop(None, set())
        late_months = [each for each in _months_past(session) if _month_id(each) in months]
        people = []
        for whose, ids in wanted.items():
            if whose is not None:
                known = session.known(whose)
                late = _late(session, known, _rules(session))
                people.append((known, tuple(each for each in late if each.record in ids)))
        found = len(late_months) + sum(len(late) for _known, late in people)
        if found != len(months) + sum(len(ids) for ids in wanted.values()):
            raise BadInput(_("The list has changed since."), _("Nothing was done. Look through it again."))
        return people, late_months


def _late(session: Session, known: Known, rules: RetentionRules) -> tuple[PastTime, ...]:
    """Return what is past its time and the signed-in person's to decide."""
    late = past_time(known, rules, session.day_for_erasing(), session.local_now().tzinfo)
    if not late or Role.MANAGER in session.viewer.roles:
        return late
    sealed = {each.id for each in known.notes if for_clinicians(each)}
    sealed |= {each.id for each in known.tasks if for_clinicians(each)}
    return tuple(each for each in late if each.record in sealed)


def _for_clinicians_only(each: PastTime, reception_sees: frozenset[RecordId]) -> bool:
    return each.kind in {RetentionKind.NOTE, RetentionKind.PROMISE} and each.record not in reception_sees


def _line(known: Known, each: PastTime, text: str) -> RetentionDue:
    patient = known.patient
    return RetentionDue(
        id=each.record, patient=patient.id, name=patient.name, birth_date=patient.birth_date, kind=each.kind,
        note_kind=each.note_kind if text else None, since=each.since, text=text,
    )  # fmt: skip


def _rules(session: Session) -> RetentionRules:
    kept = session.store.setting(_SETTING)
    return RetentionRules() if kept is None else _FORM.validate_json(kept)


def _months_kept(session: Session) -> dict[str, tuple[dt.date, str]]:
    kept = session.store.setting(_MONTHS_KEPT)
    return {} if kept is None else _MONTHS_FORM.validate_json(kept)


def _months_past(session: Session) -> tuple[FeedbackMonth, ...]:
    if Role.MANAGER not in session.viewer.roles:
        return ()
    kept_until = {month: until for month, (until, _reason) in _months_kept(session).items()}
    return months_past_time(kept_months(session), _rules(session), kept_until, session.day_for_erasing())


def _months_due(session: Session) -> Iterator[RetentionDue]:
    for each in _months_past(session):
        yield RetentionDue(id=_month_id(each), kind=RetentionKind.FEEDBACK, since=each.month)


def _month_id(month: FeedbackMonth) -> RecordId:
    return RecordId(f"feedback {month.month:%Y-%m}")
