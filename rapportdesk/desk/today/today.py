"""Who comes when: one day at the desk, and the marks that move an appointment along.

The schedule follows the workstation's own clock; what may be seen of anybody follows the recorded one, as everywhere.
"""

import datetime as dt
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import replace

from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.day import LateSentence, WeekDay
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.shown import Day
from rapportdesk.paper.late_words import late_sentence
from rapportdesk.rules.consent.consent_again import to_ask_again
from rapportdesk.rules.consent.consent_words import ask_again_words
from rapportdesk.rules.known import Known
from rapportdesk.rules.today.today import compose_day, is_due, is_listed
from rapportdesk.rules.today.week import week_around, week_strip
from rapportdesk.rules.visibility import Seen
from rapportdesk.steps import in_one_go

_FIRST, _LAST = dt.date(2, 1, 1), dt.date(9998, 12, 31)
"""The days that have a midnight and a tomorrow in every zone."""
_WEEK = dt.timedelta(days=7)
_HERE = frozenset({AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN})


class Today:
    """The day's appointments and promises."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def day(self, date: dt.date | None = None, *, practitioner: str = "") -> Day:
        """Return one local day as the signed-in person may see it.

        Args:
            date: None for today.
            practitioner: Only this one's appointments; empty for all.
        """
        return in_one_go(self.day_in_steps(date, practitioner=practitioner))

    def day_in_steps(
        self, date: dt.date | None = None, *, practitioner: str = ""
    ) -> Generator[tuple[int, int], None, Day]:
        """Do the same in short steps, a card at each.

        What is written between two steps shows in part of it: whoever writes asks anew. Who was erased before the step
        with their card is left out.

        Yields:
            How many cards were looked at, and how many there are.
        """
        session = self._session()
        date = date or self.date()
        appointments = self.appointments(date)
        # What is not on this day's page opens nobody: a large practice has promised something to a thousand people.
        tasks = [task for task in session.index.open_tasks(by=date, undated=True) if is_due(task, date)]
        listed = [visit for visit in appointments if is_listed(visit, practitioner)]
        involved = dict.fromkeys((*(visit.patient for visit in listed), *(task.patient for task in tasks)))
        known, seen = dict[PatientId, Known](), dict[PatientId, Seen]()
        for number, patient_id in enumerate(involved, start=1):
            with suppress(NotFound), session.store.in_passing():  # they may have been erased since the first step
                known[patient_id] = session.known(patient_id)
                seen[patient_id] = session.seen_unopened(known[patient_id])
            yield number, len(involved)
        week = yield from self._week_in_steps(session, date, practitioner, len(involved))
        until, today = session.practice.guardian_until, session.today()
        asked_of = {visit.patient for visit in listed if visit.patient in seen}
        to_ask = {each: to_ask_again(known[each], today, guardian_until=until) for each in asked_of}
        return compose_day(
            appointments,
            tasks,
            {patient_id: each.patient for patient_id, each in seen.items()},
            seen,
            session.wall_now(),
            date=date,
            practitioner=practitioner,
            to_ask={patient_id: ask_again_words(asks) for patient_id, asks in to_ask.items()},
            week=week,
            local=session.clock.local,
        )

    def late(self) -> tuple[LateSentence, ...]:
        """Return who runs late now, each with a sentence for those who wait."""
        return tuple(LateSentence(behind=each, sentence=late_sentence(each)) for each in self.day().behind)

    def _week_in_steps(
        self, session: Session, date: dt.date, practitioner: str, looked_at: int
    ) -> Generator[tuple[int, int], None, tuple[WeekDay, ...]]:
        if not _FIRST + _WEEK <= date <= _LAST - _WEEK:
            return ()
        days, visits = week_around(date), list[Appointment]()
        for day in days:
            visits += self.appointments(day)
            yield looked_at, looked_at
        dead = session.index.deceased(tuple({visit.patient for visit in visits}))
        living = (visit for visit in visits if visit.patient not in dead)
        return week_strip(days, living, session.clock.local, practitioner=practitioner)

    def appointments(self, date: dt.date) -> tuple[Appointment, ...]:
        """Return the appointments that start on one local day, by time."""
        if not _FIRST <= date <= _LAST:
            return ()
        return self._session().index.appointments_between(*self._between(date))

    def patients(self, date: dt.date) -> tuple[PatientId, ...]:
        """Return whose appointments start on one local day, by time, each once."""
        if not _FIRST <= date <= _LAST:
            return ()
        return self._session().index.patients_between(*self._between(date))

    def _between(self, date: dt.date) -> tuple[dt.datetime, dt.datetime]:
        session = self._session()
        return moment_of(session, date), moment_of(session, date + dt.timedelta(days=1))

    def mark(self, appointment_id: RecordId, status: AppointmentStatus) -> Appointment:
        """Move an appointment along and keep the time; it can be undone.

        `ARRIVED` starts the wait, `CHECKED_IN` means in the room, `FULFILLED` that it is over.

        Raises:
            BadInput: Somebody who has died is marked as here: it is the wrong row, or the wrong person was marked.
            NotFound: There is no such appointment.
        """
        session = self._session()
        before = session.store.thing(appointment_id)
        if not isinstance(before, Appointment):
            raise NotFound(_("That is no longer there."))
        if status in _HERE and session.store.patient(before.patient).deceased:
            raise BadInput(
                _("The card says that this person has died."), _("Look whether it is the right row, or take that back.")
            )
        now = session.clock.now()
        after = replace(before, status=status, status_at=now)
        match status:
            case AppointmentStatus.ARRIVED:
                after = replace(after, arrived_at=before.arrived_at or now, in_room_at=None, ended_at=None)
            case AppointmentStatus.CHECKED_IN:
                after = replace(after, arrived_at=before.arrived_at or now, in_room_at=now, ended_at=None)
            case AppointmentStatus.FULFILLED:
                after = replace(after, ended_at=now)
            case AppointmentStatus.BOOKED:
                after = replace(after, arrived_at=None, in_room_at=None, ended_at=None)
            case _:
                pass
        kept = self._put(session, after)
        session.can_undo(_("changed an appointment"), lambda: self._put_back(session, before))
        return kept

    def add_appointment(
        self, patient_id: PatientId, start: dt.datetime, *, minutes: int = 0, practitioner: str = ""
    ) -> Appointment:
        """Book a visit by hand; `start` carries an offset.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        session.store.patient(patient_id)
        appointment = Appointment(
            id=RecordId(new_id()), patient=patient_id, start=start.astimezone(dt.UTC), minutes=minutes,
            practitioner_name=clean_line(practitioner), status_at=session.clock.now(),
        )  # fmt: skip
        return self._put(session, appointment)

    def date(self) -> dt.date:
        """Return the local date of the workstation's clock."""
        return self._session().wall_now().date()

    def _put(self, session: Session, appointment: Appointment) -> Appointment:
        with session.transaction():
            kept = session.store.put(appointment)
            session.record(AuditAction.APPOINTMENT_CHANGED, appointment.patient, why=appointment.status)
        session.index_follows(kept.patient)
        return kept

    def _put_back(self, session: Session, appointment: Appointment) -> None:
        self._put(session, appointment)


def moment_of(session: Session, date: dt.date, time: dt.time = dt.time.min) -> dt.datetime:
    """Return the moment of a local time on a day, by the offset from UTC that is in force then and not today."""
    moment = dt.datetime.combine(date, time, dt.UTC)
    for _pass in range(2):  # the second time within hours of it, so that a change of the clocks is on the right side
        moment = dt.datetime.combine(date, time, session.clock.local(moment).tzinfo)
    return moment
