"""Bringing in patients and schedules: all of the files in one commit, or nothing of them.

Reading happens in a process of its own that can be ended; only plain data that adds up comes back from it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from rapportdesk.desk.import_report import ImportReport, NotTaken, Tally
from rapportdesk.desk.importing import is_same_person, is_same_visit, merged, merged_appointment, new_patient
from rapportdesk.desk.people import tidy
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput
from rapportdesk.exchange import (
    FHIR_ID,
    ImportPlan,
    IncomingAppointment,
    IncomingPatient,
    TableSettings,
    read_files,
)
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import fold
from rapportdesk.model.patient import Identifier, Patient

Progress = Callable[[int, int], None]


class Imports:
    """What comes from other systems."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def read(
        self,
        paths: Sequence[Path],
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
        tables: TableSettings | None = None,
    ) -> ImportReport:
        """Read files and keep what they say of patients and appointments.

        Args:
            paths: FHIR JSON, HL7 v2, iCalendar or CSV, in the order in which they were sent.
            dry_run: Say what would happen and change nothing.
            progress: Called with how much is done and how much there is.
            tables: What a person said about the columns of tables.

        Raises:
            BadInput: A file cannot be read; the sentence names it, and nothing of any file was kept.
        """
        session = self._session()
        today = session.clock.local(session.clock.now()).date()
        plan = read_files(list(paths), zone=session.clock.zone, today=today, tables=tables)
        importing = _Importing(session, plan, dry_run=dry_run, progress=progress or (lambda _done, _all: None))
        with session.transaction():
            report = importing.run()
            if not dry_run:
                session.record(AuditAction.IMPORTED, why=f"{len(plan.files)} files")
                for patient in importing.touched:
                    session.record(AuditAction.IMPORTED, patient)
        if not dry_run:
            session.forget_index()
            session.cannot_undo()  # it would take back what the files said too
        return report


class _Importing:
    """One import under way.

    Attributes:
        touched: Whose identity or visits were written, in order.
    """

    def __init__(self, session: Session, plan: ImportPlan, *, dry_run: bool, progress: Progress) -> None:
        self._store = session.store
        self._plan = plan
        self._dry_run = dry_run
        self._progress = progress
        self._done = 0
        self._by_number: dict[tuple[str, str], list[Patient]] = defaultdict(list)
        self._without_number: dict[tuple[str, dt.date | None], list[Patient]] = defaultdict(list)
        for patient in session.store.patients():
            self._remember(patient)
            if not patient.identifiers and patient.birth_date is not None:
                self._without_number[fold(patient.name), patient.birth_date].append(patient)
        self._appointments: dict[PatientId, list[Appointment]] = defaultdict(list)
        self._became: dict[str, PatientId] = {}
        self._left_out: dict[str, NotTaken] = {}
        self.touched: dict[PatientId, None] = {}

    def run(self) -> ImportReport:
        described = sum(file.patients for file in self._plan.files)
        visits = sum(file.appointments for file in self._plan.files)
        patients = Tally(earlier=described - len(self._plan.patients))
        appointments = Tally(earlier=visits - len(self._plan.appointments))
        for incoming in self._plan.patients:
            self._step()
            self._patient(incoming, patients)
        for visit in self._plan.appointments:
            self._step()
            self._appointment(visit, appointments)
        return ImportReport(self._plan, patients, appointments)

    def _patient(self, incoming: IncomingPatient, tally: Tally) -> None:
        holders = self._holders(incoming.identifiers)
        known = [
            each for each in holders if is_same_person(each, incoming.identifiers, incoming.name, incoming.birth_date)
        ] or self._known_without_number(incoming)
        if holders and not known and not self._only_bare_ids(incoming):
            self._leave_out(incoming, NotTaken.NUMBER_OF_ANOTHER, tally)
            return
        try:
            after = tidy(merged(known[0], incoming) if known else new_patient(incoming))
        except BadInput:
            self._leave_out(incoming, NotTaken.NO_NAME, tally)
            return
        self._became[incoming.key] = after.id
        if known and after == known[0]:
            tally.unchanged += 1
            return
        if known:
            tally.changed += 1
        else:
            tally.added += 1
        if not self._dry_run:
            self._store.put_patient(after)
            self.touched.setdefault(after.id)
        self._remember(after)

    def _leave_out(self, incoming: IncomingPatient, why: NotTaken, tally: Tally) -> None:
        tally.not_taken[why] += 1
        self._left_out[incoming.key] = why

    def _appointment(self, incoming: IncomingAppointment, tally: Tally) -> None:
        if incoming.patient in self._left_out:  # their number would lead to somebody else
            tally.not_taken[self._left_out[incoming.patient]] += 1
            return
        patient = self._became.get(incoming.patient) or self._found(incoming.patient_identifiers)
        if patient is None:
            tally.not_taken[NotTaken.PATIENT_UNKNOWN] += 1
            return
        known = next((each for each in self._visits(patient) if is_same_visit(each, incoming)), None)
        if known is None and incoming.start is None:
            tally.not_taken[NotTaken.NO_TIME] += 1
            return
        after = merged_appointment(known, incoming, patient)
        if after == known:
            tally.unchanged += 1
            return
        if known is None:
            tally.added += 1
        else:
            tally.changed += 1
        if not self._dry_run:
            self._store.put(after)
            self.touched.setdefault(patient)
        self._appointments[patient] = [each for each in self._visits(patient) if each.id != after.id] + [after]

    def _holders(self, identifiers: tuple[Identifier, ...]) -> list[Patient]:
        found = {patient.id: patient for each in identifiers for patient in self._by_number[each.system, each.value]}
        return list(found.values())

    def _known_without_number(self, incoming: IncomingPatient) -> list[Patient]:
        """Return who was brought in before from a file that gives nobody a number; each is found once."""
        alike = self._without_number[fold(incoming.name), incoming.birth_date]
        return [alike.pop(0)] if alike and not incoming.identifiers else []

    def _found(self, identifiers: tuple[Identifier, ...]) -> PatientId | None:
        holders = self._holders(identifiers)
        return holders[0].id if len(holders) == 1 else None

    def _only_bare_ids(self, incoming: IncomingPatient) -> bool:
        shared = {each.system for each in incoming.identifiers if self._by_number[each.system, each.value]}
        return shared == {FHIR_ID}

    def _visits(self, patient: PatientId) -> list[Appointment]:
        if patient not in self._appointments:
            things = self._store.things(patient)
            self._appointments[patient] = [thing for thing in things if isinstance(thing, Appointment)]
        return self._appointments[patient]

    def _remember(self, patient: Patient) -> None:
        for each in patient.identifiers:
            holders = self._by_number[each.system, each.value]
            self._by_number[each.system, each.value] = [old for old in holders if old.id != patient.id] + [patient]

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done, len(self._plan.patients) + len(self._plan.appointments))
