"""One day at the desk: who comes when, who waits, what was promised and is due, late first.

Promises stand in the ledger only as far as the viewer may see them on the patient's own card.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from rapportdesk.language import _, ngettext
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Day, PromiseRow, TodayRow
from rapportdesk.model.task import Task
from rapportdesk.rules.due import due_order, is_overdue
from rapportdesk.rules.visibility import Seen
from rapportdesk.rules.wording import due_words, listed_name

BETWEEN = " · "
_LONGEST_NEED = 24


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
) -> Day:
    """Return one local day as one viewer may see it.

    Args:
        appointments: Those that start on this day.
        tasks: Every open promise of the practice, whatever its day.
        patients: Everybody who has one of them; an appointment or promise of anybody else is left out.
        seen: What the viewer may be shown of them. A promise whose patient is not here is left out.
        now: The recorded clock in the practice's zone, aware.
        date: The day.
        practitioner: Only this one's appointments; empty for all. Promises are the practice's and stay.
        to_ask: What is to be asked again of each patient, in a few words, as `consent_words.ask_again_words` has it.
    """
    standing = [
        each
        for each in appointments
        if each.status is not AppointmentStatus.ENTERED_IN_ERROR and each.patient in patients
    ]
    chosen = [each for each in standing if practitioner in {"", each.practitioner_name}]
    visible = {task.id for each in seen.values() for task in each.tasks}
    due = [
        task
        for task in tasks
        if task.id in visible and task.patient in patients and (task.due is None or task.due <= date)
    ]
    return Day(
        date=date,
        rows=tuple(
            _row(each, patients[each.patient], seen.get(each.patient), now, (to_ask or {}).get(each.patient, ""))
            for each in sorted(chosen, key=lambda each: (each.start, patients[each.patient].name, each.id))
        ),
        promised=tuple(_promise(task, patients[task.patient], now) for task in _late_first(due, now)),
        practitioners=tuple(sorted({each.practitioner_name for each in standing if each.practitioner_name})),
        practitioner=practitioner,
    )


def _late_first(tasks: Sequence[Task], now: dt.datetime) -> list[Task]:
    return sorted(tasks, key=lambda task: (not is_overdue(task, now), due_order(task), task.id))


def _promise(task: Task, patient: Patient, now: dt.datetime) -> PromiseRow:
    return PromiseRow(
        task=task, patient_name=listed_name(patient), overdue=is_overdue(task, now), due_words=due_words(task, now)
    )


def _row(appointment: Appointment, patient: Patient, seen: Seen | None, now: dt.datetime, to_ask: str) -> TodayRow:
    parts = (appointment.practitioner_name, _what_matters_first(appointment, patient, seen), to_ask)
    waiting = appointment.status is AppointmentStatus.ARRIVED
    in_room = appointment.status is AppointmentStatus.CHECKED_IN
    return TodayRow(
        appointment=appointment,
        patient=patient.id,
        name=listed_name(patient),
        detail=BETWEEN.join(part for part in parts if part),
        waiting_minutes=_minutes_since(appointment.arrived_at, now) if waiting else None,
        in_room_minutes=_minutes_since(appointment.in_room_at, now) if in_room else None,
    )


def _what_matters_first(appointment: Appointment, patient: Patient, seen: Seen | None) -> str:
    """Return the one thing to know before they come: that they have died, what must be ready, new here, how long."""
    if patient.deceased:
        return _("has died")
    if patient.interpreter:
        return _("{language} interpreter").format(language=patient.interpreter)
    needs = [need for need in map(_short_need, _adjustments(seen)) if need]
    if needs:
        return needs[0]
    if appointment.new_here:
        return _("new here")
    if appointment.minutes > 0:
        return ngettext("{count} min", "{count} min", appointment.minutes).format(count=appointment.minutes)
    return ""


def _adjustments(seen: Seen | None) -> list[str]:
    return [each.note.text for each in seen.notes if each.note.kind is NoteKind.ADJUSTMENT] if seen else []


def _short_need(text: str) -> str:
    """Return what stands before the first colon, comma or stop, when that is short enough for a list."""
    for mark in (":", ";", ",", "."):
        text = text.split(mark, 1)[0]
    return text.strip() if len(text.strip()) <= _LONGEST_NEED else ""


def _minutes_since(moment: dt.datetime | None, now: dt.datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds() // 60))
