"""What the methods around Today leave in the audit: a free re-arrangement of visits."""

import datetime as dt

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.audit import AuditAction as Did
from tests.desk.audited import Case, World, leaves, nothing


def later(visit: Appointment) -> dt.date:
    """Return a day a week after a visit."""
    return (visit.start + dt.timedelta(days=8)).date()


def cancelled(world: World) -> Appointment:
    """A visit of somebody new that was called off."""
    return world.desk.today.mark(world.visit().id, AppointmentStatus.CANCELLED)


TODAY_CASES: dict[str, Case] = {
    "rearranging.book": leaves(
        lambda w, v: w.desk.rearranging.book(v.id, later(v), dt.time(10)), Did.APPOINTMENT_CHANGED, given=cancelled
    ),
    "rearranging.free": nothing(
        "times of a practitioner, of no patient", lambda w, v: w.desk.rearranging.free(v.id, later(v)), given=cancelled
    ),
    "rearranging.leave": leaves(
        lambda w, v: w.desk.rearranging.leave(v.id), Did.APPOINTMENT_CHANGED, given=cancelled
    ),
    "rearranging.waiting": nothing(
        "the list of visits, of which every card that is opened is recorded", lambda w, _n: w.desk.rearranging.waiting()
    ),
}  # fmt: skip
