"""One import under way, step by step: what the files say meets what is known, and is staged or merely counted.

Other calls may be made between two steps. What is written at the desk meanwhile is met again before the one commit.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from rapportdesk.desk.bring_in.clues import KnownByName
from rapportdesk.desk.bring_in.import_changes import ImportChanges
from rapportdesk.desk.bring_in.import_report import Fate, ImportReport, Listed, NotTaken, Tally
from rapportdesk.desk.bring_in.importing import is_same_visit, merged, merged_appointment, new_patient
from rapportdesk.desk.bring_in.matching import Doubt, KnownPeople
from rapportdesk.desk.bring_in.review_list import (
    WAITING_AT_MOST,
    ReviewList,
    WaitingMerge,
    WaitingPerson,
    beside,
    fingerprint,
    read_review,
    with_merge,
    with_person,
)
from rapportdesk.desk.bring_in.so_far import SoFar
from rapportdesk.desk.people.people import tidy
from rapportdesk.desk.search.found import Found
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.exchange.plan import ImportPlan, IncomingAppointment, IncomingMerge, IncomingPatient
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import may_be_one_person
from rapportdesk.model.patient import Identifier, Patient
from rapportdesk.store.bulk.staging import Overtaken, Staging

_ENDED = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.ENTERED_IN_ERROR})
_PEOPLE_AT_A_STEP = 20
_LOOKED_AT_A_STEP = 200  # descriptions that are read and left for later


class ImportRun:
    """What becomes of a plan.

    Args:
        session: The sign-in.
        plan: What the files hold.
        staging: Where what changes is put; None to count and list alone.

    Attributes:
        touched: Whose identity or visits change, in order.
        review: What waits for a person once this is brought in.
    """

    def __init__(self, session: Session, plan: ImportPlan, staging: Staging | None) -> None:
        self._session, self._store, self._plan, self._staging = session, session.store, plan, staging
        self._changes = ImportChanges(session, staging)
        self.review = self.reviewed_before = read_review(self._store)
        self._known = KnownPeople(self._person_now)
        self._by_name = KnownByName(self._person_now)
        self._has_clues = False
        self._so_far = SoFar()
        self._became: dict[str, PatientId] = {}
        self._left_out: dict[str, Doubt | NotTaken] = {}
        self._doubtful: dict[str, tuple[str, IncomingPatient]] = {}
        self._waiting = {each.id: each for each in self.reviewed_before.people}
        self._said_so: dict[str, int] = {}
        self._alike = Found[str]()
        self.touched: dict[PatientId, None] = {}
        described = sum(file.patients for file in plan.files)
        visits = sum(file.appointments for file in plan.files)
        self.report = ImportReport(
            plan, Tally(earlier=described - len(plan.patients)), Tally(earlier=visits - len(plan.appointments))
        )

    def steps(self) -> Iterator[tuple[int, int]]:
        """Go through everything; yields how much is done and how much there is."""
        total = len(self._plan.patients) + len(self._plan.appointments)
        for at, visit in enumerate(self._plan.appointments):
            if visit.clues:
                self._has_clues = True
                break
            if at % _LOOKED_AT_A_STEP == 0:
                yield 0, total
        for number, patient in enumerate(self._store.patients()):
            self._known.add(patient)
            if self._has_clues:
                self._by_name.add(patient)
            if number % _PEOPLE_AT_A_STEP == 0:
                yield 0, total
        done = 0
        # Whom a number names is told first, so that nobody else is taken for them by name.
        for numbered in (True, False):
            for at, incoming in enumerate(self._plan.patients):
                if bool(incoming.identifiers) is numbered:
                    self._patient(incoming, at)
                    done += 1
                elif at % _LOOKED_AT_A_STEP:
                    continue
                yield done, total
        for merge in self._plan.merges:
            self._merge(merge)
        for at, visit in enumerate(self._plan.appointments):
            self._appointment(visit, at)
            yield len(self._plan.patients) + at + 1, total

    def meet_again(self, overtaken: Overtaken) -> None:
        """Stage anew what somebody else has written since; what was taken away meanwhile stays away.

        Inside the transaction that publishes: nothing can come in between any more.
        """
        if self._staging is None:
            return
        self._staging.drop(overtaken)
        for patient_id in overtaken.patients:
            try:
                now = before = self._store.patient(patient_id)
            except NotFound:
                continue
            for at in self._so_far.people_said(patient_id):
                now = tidy(merged(now, self._plan.patients[at]))
            self._staging.put_patient(now)
            self._changes.keep(before, now)
        for record_id in overtaken.records:
            try:
                visit = self._store.thing(record_id)
            except NotFound:
                continue
            if isinstance(visit, Appointment):
                after = visit
                for at in self._so_far.visits_said(record_id):
                    after = merged_appointment(after, self._plan.appointments[at], visit.patient)
                if after != visit:
                    self._staging.put(after)

    def review_beside(self, now: ReviewList) -> ReviewList:
        """Return what waits once this is brought in, beside what was decided meanwhile.

        Whoever was decided about meanwhile is given the appointments that only these files hold.
        """
        before = {each.id: each for each in self.reviewed_before.people}
        for waited in self.review.people:
            patient = PatientId(now.decided.get(waited.id, ""))
            if not patient or waited.id in self.reviewed_before.decided:
                continue
            had = before[waited.id].visits if waited.id in before else ()
            with suppress(NotFound):
                self._store.patient(patient)
                for said in waited.visits:
                    if said not in had:
                        self._appointment_of(said, patient, None)
        return beside(self.review, self.reviewed_before, now)

    def _person_now(self, patient: PatientId) -> Patient:
        return self._so_far.now(patient) or self._store.patient(patient)

    def _says_another_name(self, same: Patient, incoming: IncomingPatient) -> bool:
        """Whether these files have described somebody already, under a name that is no writing of this one."""
        now = self._so_far.now(same.id)
        return now is not None and not may_be_one_person(now.name, incoming.name)

    def _patient(self, incoming: IncomingPatient, at: int) -> None:
        mark = self._mark(incoming)
        if self.review.decided.get(mark) == "":
            self._leave_out(incoming, NotTaken.LEFT_OUT)
            return
        waits = self._waiting.get(mark)
        if waits is not None:
            self._doubt(incoming, waits.why, waits.candidates, mark)
            return
        match = self._known.match(incoming)
        decided = self._decided(mark)
        same = decided or match.same
        if decided is None and same is not None and self._says_another_name(same, incoming):
            self._doubt(incoming, Doubt.DESCRIBED_OTHERWISE, (same.id,), mark)
            return
        if same is None and match.doubt is not None:
            self._doubt(incoming, match.doubt, tuple(each.id for each in match.candidates), mark)
            return
        alike = self._alike.of(fingerprint(incoming))
        if same is None and alike and not incoming.identifiers:  # nothing tells the two apart
            self._doubt(incoming, Doubt.SEVERAL_ALIKE, alike, mark)
            return
        try:
            after = tidy(merged(same, incoming) if same else new_patient(incoming))
        except BadInput:
            self._leave_out(incoming, NotTaken.NO_NAME)
            return
        self._became[incoming.key] = after.id
        self._alike.add(fingerprint(incoming), after.id)
        self._take(incoming, same, after, at)

    def _take(self, incoming: IncomingPatient, known: Patient | None, after: Patient, at: int) -> None:
        """Count, list and stage what becomes of somebody; whom several descriptions are about is counted once."""
        tally, so_far, was = self.report.patients, self._so_far, None
        if after.id in so_far:
            known, last = so_far.before(after.id), self._plan.patients[so_far.people_said(after.id)[-1]]
            was = _fate_of(known, so_far.now(after.id))
            tally.earlier += 1
            tally.count(was, -1)
            tally.unlist(_person(was or Fate.CHANGED, last))
        fate = _fate_of(known, after)
        tally.count(fate)
        so_far.take(known, after, at)
        if self._has_clues:
            self._by_name.add(after)
        self._known.learn(after)
        if fate is not None:
            tally.show(_person(fate, incoming))
            self.touched.setdefault(after.id)
            if self._staging is not None:
                self._staging.put_patient(after)
            self._changes.keep(known, after)
        elif was is not None:
            self.touched.pop(after.id, None)
            if self._staging is not None:
                self._staging.drop(Overtaken((after.id,), ()))
            self._changes.drop(after.id)

    def _mark(self, incoming: IncomingPatient) -> str:
        """Return what the description is remembered by; a file that says the same of two says so of two people."""
        said = fingerprint(incoming)
        count = self._said_so[said] = self._said_so.get(said, 0) + 1
        if count == 1 or incoming.identifiers:
            return said
        return f"{said}#{count}"

    def _decided(self, mark: str) -> Patient | None:
        """Return whom a person has said this is."""
        decided = self.review.decided.get(mark)
        if not decided:
            return None
        try:
            return self._person_now(PatientId(decided))
        except NotFound:
            return None

    def _doubt(self, incoming: IncomingPatient, why: Doubt, candidates: tuple[PatientId, ...], mark: str) -> None:
        waits = {each.id for each in self.review.people}
        if mark not in waits and len(waits) >= WAITING_AT_MOST:
            self._leave_out(incoming, NotTaken.LIST_IS_FULL)
            return
        waiting = WaitingPerson(
            id=mark, why=why, described=replace(incoming, key=""), candidates=candidates, file=self._files(),
            since=self._session.now(),
        )  # fmt: skip
        self.review = with_person(self.review, waiting)
        self._doubtful[incoming.key] = mark, incoming
        self._leave_out(incoming, why)

    def _leave_out(self, incoming: IncomingPatient, why: NotTaken | Doubt) -> None:
        self._left_out[incoming.key] = why
        self.report.patients.leave_out(why, _person(_fate(why), incoming, why))

    def _merge(self, merge: IncomingMerge) -> None:
        """Put two cards on the list where both are known: nothing is joined before a person says yes."""
        stays = self._became.get(merge.survivor) or self._found(merge.survivor_identifiers)
        other = self._found(merge.retired_identifiers)
        if stays is not None and other is not None and stays != other:
            waiting = WaitingMerge(survivor=stays, other=other, file=self._files(), since=self._session.now())
            self.review = with_merge(self.review, waiting)

    def _appointment(self, incoming: IncomingAppointment, at: int) -> None:
        tally = self.report.appointments
        if incoming.patient in self._left_out:  # their number would lead to somebody else
            self._with_who_waits(incoming)
            why = self._left_out[incoming.patient]
            tally.leave_out(why, self._visit(_fate(why), incoming, None, why))
            return
        patient = self._became.get(incoming.patient) or self._found(incoming.patient_identifiers)
        if patient is None and incoming.clues:
            patient = self._by_clues(incoming)
            if patient is None:
                return
        if patient is None:
            why = NotTaken.PATIENT_UNKNOWN
            tally.leave_out(why, self._visit(Fate.SKIPPED, incoming, None, why))
            return
        self._appointment_of(incoming, patient, at)

    def _appointment_of(self, incoming: IncomingAppointment, patient: PatientId, at: int | None) -> None:
        tally = self.report.appointments
        alike = [each for each in self._visits(patient) if is_same_visit(each, incoming)]
        if not alike and incoming.start is None:
            why = NotTaken.NO_TIME
            tally.leave_out(why, self._visit(Fate.SKIPPED, incoming, patient, why))
            return
        for also in alike[1:] if incoming.whole_series else ():
            self._keep(also, merged_appointment(also, incoming, patient), patient, at)
        known = alike[0] if alike else None
        after = merged_appointment(known, incoming, patient)
        if after == known:
            tally.count(None)
            return
        fate = Fate.ADDED if known is None else Fate.CHANGED
        if known is not None and after.status in _ENDED and known.status not in _ENDED:
            fate = Fate.CANCELLED
        tally.count(fate)
        tally.show(self._visit(fate, incoming, patient, None))
        self._keep(known, after, patient, at)

    def _keep(self, known: Appointment | None, after: Appointment, patient: PatientId, at: int | None) -> None:
        if after == known:
            return
        if at is not None:
            self._so_far.say(after.id, at)
        if self._staging is not None:
            self._staging.put(after)
        self.touched.setdefault(patient)
        others = [each for each in self._visits(patient) if each.id != after.id]
        self._so_far.keep_visits(patient, [*others, after])

    def _by_clues(self, incoming: IncomingAppointment) -> PatientId | None:
        """Return whose it is where its file gives no number; otherwise count it as skipped, or let it wait."""
        whose = self._by_name.whose(incoming.clues)
        if whose.certain is not None:
            return whose.certain
        decided = self._decided(whose.mark)
        if decided is not None:
            return decided.id
        described, why = whose.described, Doubt.NAMED_ONLY
        waits = {each.id for each in self.review.people}
        left_out: NotTaken | None = None
        if described is None:
            left_out = NotTaken.NAMES_NOBODY
        elif self.review.decided.get(whose.mark) == "":
            left_out = NotTaken.LEFT_OUT
        elif whose.mark not in waits and len(waits) >= WAITING_AT_MOST:
            left_out = NotTaken.LIST_IS_FULL
        if described is None or left_out is not None:
            reason = left_out or NotTaken.NAMES_NOBODY
            self.report.appointments.leave_out(reason, self._visit(Fate.SKIPPED, incoming, None, reason))
            return None
        waiting = WaitingPerson(
            id=whose.mark, why=why, described=described, candidates=whose.candidates, file=self._files(),
            since=self._session.now(),
        )  # fmt: skip
        self.review = with_person(self.review, waiting)
        self._doubtful[whose.mark] = whose.mark, described
        visit = replace(incoming, patient=whose.mark)
        self._with_who_waits(visit)
        self.report.appointments.leave_out(why, self._visit(Fate.WAITING, visit, None, why))
        return None

    def _with_who_waits(self, visit: IncomingAppointment) -> None:
        if visit.patient not in self._doubtful:
            return
        mark = self._doubtful[visit.patient][0]
        mine = next(each for each in self.review.people if each.id == mark)
        kept = replace(visit, patient="")
        if kept not in mine.visits:
            with_it = replace(mine, visits=(*mine.visits, kept))
            people = tuple(with_it if each.id == mark else each for each in self.review.people)
            self.review = replace(self.review, people=people)

    def _found(self, identifiers: tuple[Identifier, ...]) -> PatientId | None:
        holders = self._known.holders(identifiers)
        return holders[0].id if len(holders) == 1 else None

    def _visits(self, patient: PatientId) -> tuple[Appointment, ...]:
        kept = self._so_far.visits(patient)
        if kept is not None:
            return kept
        things = () if self._so_far.is_new(patient) else self._store.things(patient)
        visits = tuple(thing for thing in things if isinstance(thing, Appointment))
        self._so_far.keep_visits(patient, visits)
        return visits

    def _visit(
        self, fate: Fate, incoming: IncomingAppointment, patient: PatientId | None, why: NotTaken | Doubt | None
    ) -> Listed:
        whose = self._so_far.now(patient) if patient else None
        if whose is None and patient is not None:
            whose = self._store.patient(patient) if patient not in self.touched else None
        described = self._doubtful[incoming.patient][1] if incoming.patient in self._doubtful else None
        return Listed(
            fate=fate, name=whose.name if whose else described.name if described else "", is_visit=True,
            birth_date=whose.birth_date if whose else described.birth_date if described else None,
            start=incoming.start, practitioner=incoming.practitioner_name, why=why,
        )  # fmt: skip

    def _files(self) -> str:
        return ", ".join(file.name for file in self._plan.files[:3])


def _person(fate: Fate, incoming: IncomingPatient, why: NotTaken | Doubt | None = None) -> Listed:
    return Listed(fate=fate, name=incoming.name, birth_date=incoming.birth_date, why=why)


def _fate_of(known: Patient | None, now: Patient | None) -> Fate | None:
    return None if now == known else Fate.CHANGED if known else Fate.ADDED


def _fate(why: NotTaken | Doubt) -> Fate:
    return Fate.WAITING if isinstance(why, Doubt) else Fate.SKIPPED
