"""Today in words: which visits have gone by, where now stands, and what each status says. No widgets.

Somebody who waits or is in the room is never folded away, however late it is. A visit that nobody marked has gone by
when its time and a quarter of an hour more are over, because marking is optional.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rapportdesk.language import _, ngettext
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.shown import Day, PromiseRow, TodayRow
from ui.card.card_view import Piece
from ui.look.dates import clock_time, day_name
from ui.rows import NowLine, Visit

GRACE = dt.timedelta(minutes=15)
USUAL_VISIT = dt.timedelta(minutes=15)
PRESENT = frozenset({AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN})
OVER = frozenset({AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW, AppointmentStatus.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day as Today prints it.

    Attributes:
        heading, date_words: "Today" and "Friday 20 November"; another day says its name in the heading alone.
        earlier: How many visits have gone by, shown or folded.
        promised_words: "3 due", and how many of them are overdue.
    """

    heading: str
    date_words: str
    entries: tuple[Visit | NowLine, ...]
    earlier: int
    earlier_words: str
    practitioners: tuple[str, ...]
    practitioner: str
    promised: tuple[PromiseRow, ...]
    promised_words: str
    empty_words: str


def lay_out(day: Day, now: dt.datetime, *, unfolded: bool) -> DayShown:
    """Return the day as it is printed at `now`.

    Args:
        day: As the Desk gives it, rows by time.
        now: The moment, in the practice's zone.
        unfolded: Whether visits that have gone by are listed too.
    """
    today = day.date == now.date()
    rows = [row for row in day.rows if row.appointment.status is not AppointmentStatus.ENTERED_IN_ERROR]
    gone = [row for row in rows if today and has_gone_by(row, now)]
    listed = [row for row in rows if unfolded or row not in gone]
    entries: list[Visit | NowLine] = [visit(row, now) for row in listed]
    if today and entries:
        entries.insert(sum(row.appointment.start <= now for row in listed), NowLine(clock_time(now)))
    return DayShown(
        heading=_("Today") if today else day_name(day.date),
        date_words=day_name(day.date) if today else "",
        entries=tuple(entries),
        earlier=len(gone),
        earlier_words=ngettext("{count} earlier", "{count} earlier", len(gone)).format(count=len(gone)),
        practitioners=day.practitioners,
        practitioner=day.practitioner,
        promised=day.promised,
        promised_words=promised_words(day.promised),
        empty_words="" if rows else _("Nobody is booked on this day."),
    )


def heading_pieces(shown: DayShown) -> list[Piece]:
    """Return the heading: the day's name bold, its date quiet beside it."""
    pieces = [Piece(shown.heading, 18, 700)]
    if shown.date_words:
        pieces.append(Piece(f"\u2002{shown.date_words}", 13, 400, "muted"))
    return pieces


def has_gone_by(row: TodayRow, now: dt.datetime) -> bool:
    """Return whether a visit may be folded away at `now`."""
    appointment = row.appointment
    if appointment.status in PRESENT or appointment.start > now:
        return False
    over = appointment.start + (dt.timedelta(minutes=appointment.minutes) or USUAL_VISIT) + GRACE
    return appointment.status in OVER or over <= now


def visit(row: TodayRow, now: dt.datetime) -> Visit:
    """Return one visit in the words that are printed."""
    status = row.appointment.status
    return Visit(
        row=row,
        time=clock_time(row.starts or row.appointment.start.astimezone(now.tzinfo)),
        status=status_words(row, now.tzinfo),
        loud=status is AppointmentStatus.ARRIVED and not row.deceased,
        grey=row.deceased or status in {AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW},
    )


def status_words(row: TodayRow, zone: dt.tzinfo | None) -> str:
    """Return what the status says, with its time in `zone`; what is merely booked says nothing."""
    if row.moved_to is not None and row.appointment.status in OVER:
        day = day_name(row.moved_to.date())
        return _("moved to {day}, {time}").format(day=day, time=clock_time(row.moved_to))
    match row.appointment.status:
        case AppointmentStatus.ARRIVED:
            return (
                _("waiting {time}").format(time=minutes(row.waiting_minutes)) if row.waiting_minutes else _("waiting")
            )
        case AppointmentStatus.CHECKED_IN:
            return _("in the room {time}").format(time=minutes(row.in_room_minutes or 0))
        case AppointmentStatus.CANCELLED:
            return _("cancelled")
        case AppointmentStatus.NOSHOW:
            return _("did not come")
        case AppointmentStatus.FULFILLED:
            return _with_time(_("done"), row.appointment.ended_at, zone)
        case AppointmentStatus.PROPOSED | AppointmentStatus.PENDING:
            return _("not confirmed")
        case AppointmentStatus.WAITLIST:
            return _("on the waiting list")
        case _:
            return ""


def _with_time(words: str, moment: dt.datetime | None, zone: dt.tzinfo | None) -> str:
    if moment is None:
        return words
    return _("{what} {time}").format(what=words, time=clock_time(moment.astimezone(zone)))


def minutes(count: int) -> str:
    """Return "4 min", and "1 h 5 min" from an hour on."""
    hours, rest = divmod(count, 60)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest) if hours else _("{n} min").format(n=rest)


def promised_words(promised: Sequence[PromiseRow]) -> str:
    """Return "3 due", or "1 overdue, 2 due"; nothing where nothing is promised."""
    if not promised:
        return _("nothing due")
    return ngettext("{count} due", "{count} due", len(promised)).format(count=len(promised))
