"""One day at the desk: who comes when, who waits, what was promised and is due, late first.

Promises stand in the ledger only as far as the viewer may see them on the patient's own card.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapportdesk.language import _, ngettext
from rapportdesk.model.appointment import CALLED_OFF, Appointment, AppointmentStatus
from rapportdesk.model.day import Need, NeedKind, WeekDay
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Day, TodayRow
from rapportdesk.model.task import Task, TaskCode
from rapportdesk.rules.brief.news import new_notes
from rapportdesk.rules.card.needs import needs
from rapportdesk.rules.promises.due import due_order, is_overdue
from rapportdesk.rules.promises.ledger import promise_row
from rapportdesk.rules.today.days import days_to_mind
from rapportdesk.rules.today.lateness import running_late
from rapportdesk.rules.visibility import Seen
from rapportdesk.rules.wording.wording import day_words, listed_name

BETWEEN = " · "


def compose_day(
    appointments: Iterable[Appointment],
    tasks: Iterable[Task],
    patients: Mapping[PatientId, Patient],
    seen: Mapping[PatientId, Seen],
    now: dt.datetime,
    *,
    date: dt.date,
    practitioner: str = "",
    to_ask: Mapping[PatientId, str] | None = None,
    week: tuple[WeekDay, ...] = (),
    local: Callable[[dt.datetime], dt.datetime] | None = None,
) -> Day:
    """Return one local day as one viewer may see it.

    Args:
        appointments: Those that start on this day.
        tasks: The open promises of the practice; those that `is_due` leaves out are passed over.
        patients: Everybody who has one of them that is listed; an appointment or promise of anybody else is left out.
        seen: What the viewer may be shown of them. A promise whose patient is not here is left out.
        now: The recorded clock in the practice's zone, aware.
        date: The day.
        practitioner: Only this one's appointments; empty for all. Promises are the practice's and stay.
        to_ask: What is to be asked again of each patient, in a few words, as `consent_words.ask_again_words` has it.
        week: The week in which the day lies, with its counts.
        local: Puts a moment into the practice's zone, by the offset in force then; by that of `now` unless given.
    """
    asked, zone = to_ask or {}, local or _in_zone_of(now)
    appointments = tuple(appointments)
    chosen = [each for each in appointments if is_listed(each, practitioner) and each.patient in patients]
    visible = {task.id for each in seen.values() for task in each.tasks}
    due = [task for task in tasks if task.id in visible and task.patient in patients and is_due(task, date)]
    return Day(
        date=date,
        rows=tuple(
            _row(each, patients[each.patient], seen.get(each.patient), now, asked.get(each.patient, ""), zone)
            for each in sorted(chosen, key=lambda each: (each.start, patients[each.patient].name, each.id))
        ),
        promised=tuple(promise_row(task, seen[task.patient], now) for task in _late_first(due, now)),
        practitioners=tuple(
            sorted({each.practitioner_name for each in appointments if is_listed(each) and each.practitioner_name})
        ),
        practitioner=practitioner,
        behind=running_late(_of_the_living(chosen, patients), now) if date == now.date() else (),
        week=week,
    )


def is_listed(appointment: Appointment, practitioner: str = "") -> bool:
    """Return whether a day's page has a row for an appointment: one practitioner's, or with an empty name anybody's."""
    if appointment.status is AppointmentStatus.ENTERED_IN_ERROR:
        return False
    return practitioner in {"", appointment.practitioner_name}


def is_due(task: Task, date: dt.date) -> bool:
    """Return whether an open promise stands on a day's page: due by then, or without any day."""
    # A clinician reads elsewhere what they were told, and nobody ticks it here.
    return (task.due is None or task.due <= date) and task.code is not TaskCode.TELL


def _in_zone_of(now: dt.datetime) -> Callable[[dt.datetime], dt.datetime]:
    return lambda moment: moment.astimezone(now.tzinfo)


def _of_the_living(
    appointments: Iterable[Appointment], patients: Mapping[PatientId, Patient]
) -> tuple[Appointment, ...]:
    return tuple(each for each in appointments if not patients[each.patient].deceased)


def _late_first(tasks: Sequence[Task], now: dt.datetime) -> list[Task]:
    return sorted(tasks, key=lambda task: (not is_overdue(task, now), due_order(task), task.id))


def _row(
    appointment: Appointment,
    patient: Patient,
    seen: Seen | None,
    now: dt.datetime,
    to_ask: str,
    local: Callable[[dt.datetime], dt.datetime],
) -> TodayRow:
    waiting = appointment.status is AppointmentStatus.ARRIVED
    in_room = appointment.status is AppointmentStatus.CHECKED_IN
    ready = needs(seen) if seen else ()
    parts = (appointment.practitioner_name, *_to_know(appointment, patient, seen, ready, now, to_ask))
    moved_to = _moved_to(appointment, seen)
    return TodayRow(
        appointment=appointment,
        patient=patient.id,
        name=listed_name(patient),
        detail=BETWEEN.join(part for part in parts if part),
        waiting_minutes=_minutes_since(appointment.arrived_at or appointment.status_at, now) if waiting else None,
        in_room_minutes=_minutes_since(appointment.in_room_at or appointment.status_at, now) if in_room else None,
        starts=local(appointment.start),
        needs=ready,
        deceased=patient.deceased,
        moved_to=local(moved_to) if moved_to else None,
    )


def _to_know(
    appointment: Appointment, patient: Patient, seen: Seen | None, ready: Sequence[Need], now: dt.datetime, to_ask: str
) -> tuple[str, ...]:
    """Return what to know before they come: that they died, or what must be ready, what day it is, what is new."""
    if patient.deceased:
        return (_("has died"),)
    day = appointment.start.astimezone(now.tzinfo).date()
    length, told = "", tuple(need.words for need in ready)
    if appointment.minutes > 0 and (not told or any(need.kind is NeedKind.LONGER_VISIT for need in ready)):
        length = ngettext("{count} min", "{count} min", appointment.minutes).format(count=appointment.minutes)
    if not told and appointment.new_here:
        length = _("new here")
    if seen is None:
        return (*told, length, to_ask)
    count = len(new_notes(seen, day, now.tzinfo))
    new = ngettext("{count} new", "{count} new", count).format(count=count) if count else ""
    return (*told, length, *days_to_mind(seen, day), new, _instead_of(appointment, seen, now), to_ask)


def _moved_to(appointment: Appointment, seen: Seen | None) -> dt.datetime | None:
    """Return when the visit booked anew for this one begins, if it still stands."""
    others = seen.appointments if seen else ()
    anew = (each.start for each in others if each.replaces == appointment.id and each.status not in CALLED_OFF)
    return min(anew, default=None)


def _instead_of(appointment: Appointment, seen: Seen, now: dt.datetime) -> str:
    before = next((each.start for each in seen.appointments if each.id == appointment.replaces), None)
    if before is None:
        return ""
    return _("instead of {day}").format(day=day_words(before.astimezone(now.tzinfo).date(), now.date()))


def _minutes_since(moment: dt.datetime | None, now: dt.datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds() // 60))
