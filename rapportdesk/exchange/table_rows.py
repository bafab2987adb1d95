"""One row of a table as a patient and an appointment; a cell that means nothing is told by its row and column."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.exchange.columns import DateOrder, Field
from rapportdesk.exchange.faults import Unreadable
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.plan import ClueSource, IncomingAppointment, IncomingPatient, PatientClue
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.table_dates import day_of, moment_of, time_of
from rapportdesk.exchange.table_statuses import status_of
from rapportdesk.exchange.values import contact_point, language_words, moment, plain
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
_LONGEST = 7 * 24 * 60  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row under its header.

    Attributes:
        cells: As many as `fields`.
        number: Among all rows of the file, counted from 1.
        order: Of day and month; None when no date of the file depends on it.
    """

    cells: list[str]
    fields: tuple[Field, ...]
    number: int
    order: DateOrder | None
    how: Reading

    def patient(self) -> IncomingPatient | SkipReason:
        """Return whom the row is about, or why there is nobody.

        Raises:
            Unreadable: A date is none.
        """
        name, sort_name = self._name()
        if not name:
            return SkipReason.NO_NAME
        identifiers, born = self._identifiers(), self._born()
        if not identifiers and born is None:
            return SkipReason.NOBODY_CERTAIN
        return IncomingPatient(
            key=f"{self.number}",
            identifiers=identifiers,
            name=name,
            sort_name=sort_name,
            preferred_name=self._cell(Field.PREFERRED_NAME) if self._cell(Field.PREFERRED_NAME) != name else "",
            birth_date=born,
            contact_points=tuple(self._contact_points()),
            languages=tuple(dict.fromkeys(language_words(cell) or cell for cell in self._all(Field.LANGUAGE))),
        )

    def appointment(self) -> IncomingAppointment | SkipReason | None:
        """Return the row's appointment, why it is left out, or None where the row is about a patient alone.

        Raises:
            Unreadable: A date or a time is none.
        """
        start = self._start()
        number = self._cell(Field.APPOINTMENT_NUMBER)
        if start is None and not number and not self._cell(Field.START) and not self._cell(Field.DATE):
            return None
        if start is None:
            return SkipReason.NO_TIME
        patient = self.patient()
        if patient is SkipReason.NO_NAME and not self._identifiers():
            return SkipReason.NO_PATIENT
        status = status_of(self._cell(Field.STATUS))
        if status is None:
            return SkipReason.UNKNOWN_STATUS
        return self._appointment(patient, start, number, status)

    def _appointment(
        self, patient: IncomingPatient | SkipReason, start: dt.datetime, number: str, status: AppointmentStatus
    ) -> IncomingAppointment:
        name, _sort_name = self._name()
        clue = PatientClue(source=ClueSource.ROW, name=name, email=next(iter(self._all(Field.EMAIL)), ""))
        certain = isinstance(patient, IncomingPatient) or bool(self._identifiers())
        return IncomingAppointment(
            identifiers=(f"|{number}",) if number else (),
            patient=patient.key if isinstance(patient, IncomingPatient) else "",
            patient_identifiers=self._identifiers(),
            clues=() if certain else (clue,),
            start=start,
            end=self._end(start),
            status=status,
            practitioner_name=self._cell(Field.PRACTITIONER),
            location=", ".join(self._all(Field.LOCATION)),
            reason=self._cell(Field.REASON),
        )

    def _all(self, field: Field) -> list[str]:
        return [cell for cell, each in zip(self.cells, self.fields, strict=True) if each is field and cell]

    def _cell(self, field: Field) -> str:
        return next(iter(self._all(field)), "")

    def _name(self) -> tuple[str, str]:
        """Return the name as written and as sorted; "Prydderch, Nia" is the sorted one."""
        given, family = self._cell(Field.GIVEN_NAME), self._cell(Field.FAMILY_NAME)
        if given or family:
            return plain(f"{given} {family}"), f"{family}, {given}" if given and family else ""
        whole = self._cell(Field.NAME)
        parts = [part.strip() for part in whole.split(",")]
        if len(parts) == 2 and all(parts):
            return f"{parts[1]} {parts[0]}", f"{parts[0]}, {parts[1]}"
        return whole, ""

    def _identifiers(self) -> tuple[Identifier, ...]:
        number, nhs = self._cell(Field.NUMBER), "".join(self._cell(Field.NHS_NUMBER).split())
        found = [Identifier(value=number)] if number else []
        return (*found, *([Identifier(system=NHS_NUMBER, value=nhs, label="NHS")] if nhs else []))

    def _born(self) -> dt.date | None:
        return day_of(self._cell(Field.BIRTH_DATE), self.order, Field.BIRTH_DATE, born_before=self.how.today)

    def _contact_points(self) -> list[ContactPoint]:
        points = [contact_point(ContactSystem.PHONE, cell) for cell in self._all(Field.PHONE)]
        points += [contact_point(ContactSystem.EMAIL, cell) for cell in self._all(Field.EMAIL)]
        points.append(contact_point(ContactSystem.POST, ", ".join(self._all(Field.ADDRESS))))
        return list(dict.fromkeys(point for point in points if point is not None))

    def _start(self) -> dt.datetime | None:
        if written := self._cell(Field.START):
            return moment_of(written, self.order, self.how.zone, Field.START)
        day = day_of(self._cell(Field.DATE), self.order, Field.DATE)
        if day is None:
            return None
        if time := time_of(self._cell(Field.TIME), Field.TIME):
            return moment(dt.datetime.combine(day, time), self.how.zone, Field.TIME)
        return moment_of(self._cell(Field.DATE), self.order, self.how.zone, Field.DATE)

    def _end(self, start: dt.datetime) -> dt.datetime | None:
        minutes = self._cell(Field.MINUTES).split(" ")[0]
        if minutes.isascii() and minutes.isdecimal() and len(minutes) < 6 and 0 < int(minutes) <= _LONGEST:
            return start + dt.timedelta(minutes=int(minutes))
        if not (written := self._cell(Field.END)):
            return None
        try:
            time = time_of(written, Field.END)
        except Unreadable:
            end = moment_of(written, self.order, self.how.zone, Field.END)
        else:
            local = start.astimezone(self.how.zone).date()
            end = moment(dt.datetime.combine(local, time), self.how.zone, Field.END) if time else None
        return end if end is not None and start <= end <= start + dt.timedelta(minutes=_LONGEST) else None
