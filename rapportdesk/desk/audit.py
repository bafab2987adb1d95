"""Who looked: the chained record as one viewer may read it. Never content; and reading it is itself recorded.

Lines are opened a stretch at a time, so that others go first between two stretches however long the record is. What
goes to reception carries no number, no count and no time of a line that it may not know of.
"""

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import Literal

from rapportdesk.desk.audit_clock import record_clock
from rapportdesk.desk.audit_files import as_csv, as_fhir, as_json
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound
from rapportdesk.model.audit import AuditAction, AuditEvent, AuditFilter, Outcome, PurposeOfUse
from rapportdesk.model.identity import PatientId
from rapportdesk.model.looked import ListedLine, ListedPage, WhoLooked
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.audit_words import why_words, words_of
from rapportdesk.rules.rights.who_looked import told, who_looked
from rapportdesk.steps import in_one_go
from rapportdesk.store.audit.audit_log import AuditLine

Form = Literal["json", "csv", "fhir"]

STRETCH = 1_000
"""Lines opened in one go: some tens of milliseconds."""

PAGE = 200
"""Lines a manager is given at once."""

WRITTEN_OUT = 250
"""Lines made into a piece of a file in one go: FHIR takes some hundreds of microseconds for each."""

TRIMMED_AT_ONCE = 200
"""Lines past their time that go in one commit."""


class Audit:
    """The record of who looked."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def of(self, patient_id: PatientId) -> tuple[AuditEvent, ...]:
        """Answer "who looked at this patient?", oldest first; recorded as asked by the patient.

        Reception's own answer lists what reception could know; a clinician or manager gives the rest.
        """
        session = self._session()
        chosen = AuditFilter(patient=patient_id)
        events = tuple(event for found in _stretches(session, chosen, whole=_may_know_all(session)) for event in found)
        session.record(AuditAction.AUDIT_READ, patient_id, purpose=PurposeOfUse.PATIENT_REQUEST)
        return events[::-1]

    def since(self, day: dt.date | None = None) -> tuple[AuditEvent, ...]:
        """Return every event from the local `day` on, or all of them, oldest first; recorded.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        events = [event for found in _stretches(session, AuditFilter(since=day), whole=True) for event in found]
        session.record(AuditAction.AUDIT_READ)
        return tuple(reversed(events))

    def answer(self, patient_id: PatientId, *, whole: bool = False, each: bool = False) -> WhoLooked:
        """Answer "who looked at my record?" in plain words, by day; as `answer_in_steps`, in one go."""
        return in_one_go(self.answer_in_steps(patient_id, whole=whole, each=each))

    def answer_in_steps(
        self, patient_id: PatientId, *, whole: bool = False, each: bool = False
    ) -> Generator[None, None, WhoLooked]:
        """Answer in steps of some tens of milliseconds, between which others may read and write; recorded.

        Args:
            patient_id: Whose record.
            whole: With what is between the patient and the clinicians. Whoever asks for it says that they are alone
                with the patient.
            each: Every look by itself; otherwise what one person did again on one day stands in one line.

        Returns:
            The answer, as the generator's return value.

        Raises:
            NotAllowed: The whole was asked for by somebody who is neither clinician nor manager.
        """
        session = self._session()
        if whole:
            session.require(Role.CLINICIAN, Role.MANAGER)
        events: list[AuditEvent] = []
        for found in _stretches(session, AuditFilter(patient=patient_id), whole=whole):
            events += found
            yield
        session.record(
            AuditAction.AUDIT_READ, patient_id, purpose=PurposeOfUse.PATIENT_REQUEST, why="whole" if whole else ""
        )
        return who_looked(patient_id, reversed(events), session.clock.local, whole=whole, each=each)

    def page(self, chosen: AuditFilter, before: int | None = None) -> ListedPage:
        """Return the newest lines that are wanted, or the newest of those before a number; the first page is recorded.

        A page looks through a stretch of bounded length, so it may hold few lines or none and still not be the last.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        lines = session.store.audit_page(before=before, most=STRETCH)
        wanted: list[AuditLine] = []
        go_on: int | None = None
        for line in lines:
            day = session.clock.local(line.event.at).date()
            if chosen.since is not None and day < chosen.since:
                go_on = None
                break
            go_on = line.sequence
            if chosen.fits(line.event, day):
                wanted.append(line)
            if len(wanted) == PAGE:
                break
        else:
            go_on = go_on if len(lines) == STRETCH else None
        if before is None:
            session.record(AuditAction.AUDIT_READ, chosen.patient)
        return ListedPage(lines=_listed(session, wanted), before=go_on)

    def export(self, chosen: AuditFilter, form: Form) -> Iterator[bytes]:
        """Return the wanted lines as a file, oldest first, in pieces of some tens of milliseconds each; recorded.

        Args:
            chosen: Which lines. Of one patient it holds what the signed-in person's own answer would.
            form: "json" (a list of objects), "csv", or "fhir" (a Bundle of AuditEvents).

        Raises:
            NotAllowed: More than one patient's lines were asked for by somebody who is no manager.
        """
        session = self._session()
        if chosen.patient is None:
            session.require(Role.MANAGER)
        session.record(
            AuditAction.EXPORTED, chosen.patient, why=f"audit {form}",
            purpose=None if chosen.patient is None else PurposeOfUse.PATIENT_REQUEST,
        )  # fmt: skip
        pieces = _stretches(session, chosen, whole=_may_know_all(session), oldest_first=True)
        return {"json": as_json, "csv": as_csv, "fhir": as_fhir}[form](pieces)

    def take_off_old(self, most: int = TRIMMED_AT_ONCE) -> int:
        """Take the oldest lines off that the practice keeps no longer; return how many. Recorded, and still verifiable.

        Args:
            most: At most so many; the rest goes the next time.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        with session.transaction():
            passed = record_clock(session)
            if passed is None:
                return 0
            kept_from = _years_before(session.clock.local(passed), session.practice.audit_years)
            gone = session.store.trim_audit(kept_from, most)
            if gone:
                session.record(AuditAction.AUDIT_TRIMMED, count=gone)
        return gone


def _may_know_all(session: Session) -> bool:
    return bool(session.viewer.roles & {Role.CLINICIAN, Role.MANAGER})


def _stretches(
    session: Session, chosen: AuditFilter, *, whole: bool, oldest_first: bool = False
) -> Iterator[list[AuditEvent]]:
    """Yield what is wanted and may be told of each stretch of the record."""
    cards = frozenset(session.store.parts(chosen.patient)) if chosen.patient is not None else frozenset()

    def wanted(event: AuditEvent) -> bool:
        of_the_whole = replace(event, patient=chosen.patient) if event.patient in cards else event
        return told(event, whole=whole) and chosen.fits(of_the_whole, session.clock.local(event.at).date())

    if oldest_first:
        found: list[AuditEvent] = []
        for number, event in enumerate(session.store.audit_events(), 1):
            if wanted(event):
                found.append(event)
            if number % WRITTEN_OUT == 0:
                yield found
                found = []
        yield found
        return
    before: int | None = None
    while lines := session.store.audit_page(before=before, most=STRETCH):
        yield [line.event for line in lines if wanted(line.event)]
        before = lines[-1].sequence
        if chosen.since is not None and session.clock.local(lines[-1].event.at).date() < chosen.since:
            return


def _listed(session: Session, lines: list[AuditLine]) -> tuple[ListedLine, ...]:
    names: dict[PatientId, str] = {}

    def name(patient: PatientId | None) -> str:
        if patient is None:
            return ""
        if patient not in names:
            try:
                names[patient] = session.store.patient(patient).name
            except NotFound:
                names[patient] = ""  # erased: the record keeps the id alone
        return names[patient]

    return tuple(
        ListedLine(
            sequence=line.sequence, at=session.clock.local(line.event.at), who=line.event.who_name,
            roles=frozenset(line.event.roles), words=words_of(line.event), who_id=line.event.who,
            patient=line.event.patient, patient_name=name(line.event.patient), about_name=line.event.about_name,
            why=why_words(line.event),
            failed=line.event.outcome is Outcome.FAILURE,
        )
        for line in lines
    )  # fmt: skip


def _years_before(moment: dt.datetime, years: int) -> dt.datetime:
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year - years, day=28)
