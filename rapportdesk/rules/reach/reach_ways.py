"""By which way somebody may be reached now: one they agreed to, for what it is about, to a contact point that is safe.

Why a way is closed is said in one of three sentences, so that a no, a yes taken back and a question never asked read
the same, and a number that is unsafe reads like one that is not known. The dead are reached no more.
"""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.model.communication import ContactPurpose, Way
from rapportdesk.model.consent import Covers
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from rapportdesk.rules.visibility import Seen

_CHANNEL = {
    ContactSystem.PHONE: Covers.PHONE,
    ContactSystem.SMS: Covers.SMS,
    ContactSystem.EMAIL: Covers.EMAIL,
    ContactSystem.POST: Covers.POST,
    ContactSystem.VOICEMAIL: Covers.VOICEMAIL,
}
_PURPOSE = {ContactPurpose.FEEDBACK: Covers.FEEDBACK, ContactPurpose.REVIEW: Covers.REVIEW}


def way_to(seen: Seen, system: ContactSystem, purpose: ContactPurpose, now: dt.datetime) -> Way:
    """Return one way, and whether it may be used now.

    Args:
        seen: What the one who reaches them may be shown of the patient.
        system: Which way.
        purpose: What about.
        now: The recorded clock in the practice's zone, by which contact points are safe only between hours.
    """
    if seen.patient.deceased:
        return Way(system=system, why=_("They are not written to or rung any more."))
    needed = {_CHANNEL[system], *({_PURPOSE[purpose]} if purpose in _PURPOSE else set())}
    if not needed <= seen.agreed:
        return Way(system=system, why=_("There is no agreement to this."))
    point = next((each for each in _points(seen, system) if _safe_now(each, system, now.time())), None)
    if point is None:
        return Way(system=system, why=_("There is nothing here that is safe to use now."))
    return Way(system=system, value=point.value, open=True, why=point.may_say)


def ways_to_ring(seen: Seen, now: dt.datetime) -> tuple[Way, ...]:
    """Return every number that may be rung now, with what to mind; where there is none, one way that says why."""
    first = way_to(seen, ContactSystem.PHONE, ContactPurpose.APPOINTMENT, now)
    if not first.open:
        return (first,)
    return tuple(
        Way(system=ContactSystem.PHONE, value=point.value, open=True, why=_mind(point))
        for point in _points(seen, ContactSystem.PHONE)
        if _in_safe_hours(point, now.time())
    )


def _points(seen: Seen, system: ContactSystem) -> list[ContactPoint]:
    """Return the points of one kind; a voicemail of which nothing is written down is that of the telephone."""
    own = [point for point in seen.patient.contact_points if point.system is system]
    if own or system is not ContactSystem.VOICEMAIL:
        return own
    return [point for point in seen.patient.contact_points if point.system is ContactSystem.PHONE]


def _safe_now(point: ContactPoint, system: ContactSystem, time: dt.time) -> bool:
    """Whether a point may be used; what others read or hear too is used only where it is said what may stand there."""
    overheard = bool(point.shared_with) and not point.may_say and system is not ContactSystem.PHONE
    return not overheard and _in_safe_hours(point, time)


def _in_safe_hours(point: ContactPoint, time: dt.time) -> bool:
    match point.safety:
        case ContactSafety.SAFE:
            return True
        case ContactSafety.UNSAFE:
            return False
    if point.not_before is None and point.not_after is None:
        return False
    begin, end = point.not_before or dt.time.min, point.not_after or dt.time.max
    return begin <= time <= end if begin <= end else time >= begin or time <= end


def _mind(point: ContactPoint) -> str:
    shared = _("shared: {who}").format(who=point.shared_with) if point.shared_with else ""
    return " · ".join(part for part in (shared, point.may_say) if part)
