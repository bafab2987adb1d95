"""Where a consent stands: the newest event in force decides, and whatever is in doubt does not permit.

Read the events as they were said, never as a sum: one withdrawal outweighs any number of earlier agreements. A
guardian's agreement ends on the day the young person comes of the age the clinic sets, and with the authority it rests
on; what it covered then rests until the patient is asked. A yes to talking with somebody who has since become known to
be unsafe counts no more; the patient is asked again, alone. Two events of the same moment count as the stricter one.

An event recorded ahead of the clock moves on the day by which everything ends, and none by which anything else begins:
otherwise a no to one purpose, written where a clock runs ahead, would start an agreement to another before its time.
"""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from rapportdesk.model.shown import KeepConsent

GUARDIAN_UNTIL = 16
"""The age in years at which a guardian's consent ends, unless the clinic sets another."""

ASKED_AGAIN_AFTER_MONTHS = 12
"""Somebody who said no is not asked again for this long."""

_STRICTNESS = {
    ConsentStatus.DRAFT: -1,
    ConsentStatus.ACTIVE: 0,
    ConsentStatus.PROPOSED: 1,
    ConsentStatus.ENTERED_IN_ERROR: 2,
    ConsentStatus.REJECTED: 3,
    ConsentStatus.INACTIVE: 4,
}
_DECIDING = frozenset({Authority.PARENTAL, Authority.ATTORNEY, Authority.COURT_ORDER})


def state(
    consents: Sequence[ConsentEvent],
    covers: Covers,
    patient: Patient,
    today: dt.date,
    *,
    person: str = "",
    guardian_until: int = GUARDIAN_UNTIL,
    clock: dt.datetime | None = None,
) -> KeepConsent:
    """Return where the consent to one purpose stands on a local day; only `AGREED` permits anything.

    Args:
        consents: Every event of the patient, in any order.
        covers: The purpose.
        patient: Whose age and related persons say whether somebody else may agree for them.
        today: The local date of the recorded clock.
        person: Id of the related person, for `Covers.TALK_WITH`.
        guardian_until: The age at which a parent's consent ends.
        clock: What the clock says, in the practice's zone, where `today` is the day of `consent_moment`; None where
            `today` is the clock's own. Nothing begins before it, or before the day of the event's own recording.
    """
    said = [event for event in consents if not spoken_before_unsafe(event, patient)]
    event = deciding_event(said, covers, today, person=person)
    if event is None:
        return KeepConsent.NOT_ASKED
    begun = today if clock is None else max(clock, event.recorded_at.astimezone(clock.tzinfo)).date()
    if not _counts(event, begun):
        # It permits nothing yet, and what it replaces permits nothing any more; a no before it is still a no.
        older = [each for each in said if each is not event]
        stood = state(older, covers, patient, today, person=person, guardian_until=guardian_until, clock=clock)
        return KeepConsent.NOT_ASKED if stood is KeepConsent.AGREED else stood
    match event.status:
        case ConsentStatus.REJECTED:
            return KeepConsent.REFUSED
        case ConsentStatus.INACTIVE:
            return _ended(event)
        case ConsentStatus.PROPOSED:
            return KeepConsent.SOMEONE_ELSE
        case ConsentStatus.ACTIVE:
            if event.valid_until is not None and event.valid_until < today:
                return KeepConsent.EXPIRED
            return _given_for(patient, event, begun, today, guardian_until)
        case _:  # entered in error: as if never asked
            return KeepConsent.NOT_ASKED


def keep_state(
    consents: Sequence[ConsentEvent],
    patient: Patient,
    today: dt.date,
    *,
    guardian_until: int = GUARDIAN_UNTIL,
    clock: dt.datetime | None = None,
) -> KeepConsent:
    """Return where the consent to keep notes stands on a local day; the arguments are those of `state`."""
    return state(consents, Covers.KEEP_NOTES, patient, today, guardian_until=guardian_until, clock=clock)


def deciding_event(
    consents: Sequence[ConsentEvent], covers: Covers, today: dt.date, *, person: str = ""
) -> ConsentEvent | None:
    """Return the newest event in force about one purpose, or None where nothing was ever said.

    An agreement counts from its first day; a no counts at once, whatever its period. A question that is still open
    (proposed) counts only when somebody else was named to answer it.
    """
    said = [event for event in consents if event.covers is covers and event.person == person and _counts(event, today)]
    return max(said, key=newest_then_strictest, default=None)


def spoken_before_unsafe(event: ConsentEvent, patient: Patient) -> bool:
    """Return whether an event is a yes to talking with somebody unsafe that was not given since, and alone."""
    if event.covers is not Covers.TALK_WITH or event.status is not ConsentStatus.ACTIVE:
        return False
    person = next((each for each in patient.people if each.id == event.person), None)
    if person is None or person.unsafe_since is None:
        return False
    return not event.alone or event.recorded_at < person.unsafe_since


def consent_moment(consents: Sequence[ConsentEvent], now: dt.datetime) -> dt.datetime:
    """Return `now`, or the moment of the newest event if the clock has run behind it, in the zone of `now`.

    So a clock that runs backwards revives nothing that was recorded. It is for what ends: what begins waits for the
    clock itself.
    """
    return max((now, *(event.recorded_at.astimezone(now.tzinfo) for event in consents)))


def ask_again_from(event: ConsentEvent) -> dt.date:
    """Return the first day on which somebody who said no may be asked again."""
    if event.ask_again_on is not None:
        return event.ask_again_on
    said_on = event.recorded_at.date()
    try:
        return said_on.replace(year=said_on.year + ASKED_AGAIN_AFTER_MONTHS // 12)
    except ValueError:  # 29 February
        return dt.date(said_on.year + ASKED_AGAIN_AFTER_MONTHS // 12, 3, 1)


def has_authority(person: RelatedPerson, today: dt.date) -> bool:
    """Return whether a related person may decide for the patient on a local day."""
    begun = person.authority_from is None or person.authority_from <= today
    ended = person.authority_until is not None and person.authority_until < today
    return person.authority in _DECIDING and begun and not ended


def newest_then_strictest(event: ConsentEvent) -> tuple[object, ...]:
    """Order events by time and, within one moment, by how little they permit: their order in a file is nothing."""
    withdrawn = event.status is ConsentStatus.INACTIVE and _ended(event) is KeepConsent.WITHDRAWN
    ends = -(event.valid_until or dt.date.max).toordinal()
    return event.recorded_at, _STRICTNESS[event.status], withdrawn, ends, event.given_by != "", event.id


def _counts(event: ConsentEvent, today: dt.date) -> bool:
    match event.status:
        case ConsentStatus.DRAFT:
            return False
        case ConsentStatus.PROPOSED:
            return bool(event.given_by)
        case ConsentStatus.ACTIVE:
            return event.valid_from is None or event.valid_from <= today
        case _:
            return True


def _ended(event: ConsentEvent) -> KeepConsent:
    match event.inactive_reason:
        case InactiveReason.EXPIRED:
            return KeepConsent.EXPIRED
        case InactiveReason.SUPERSEDED:
            return KeepConsent.NOT_ASKED
        case _:
            return KeepConsent.WITHDRAWN


def _given_for(
    patient: Patient, event: ConsentEvent, begun: dt.date, today: dt.date, guardian_until: int
) -> KeepConsent:
    """Where an agreement in force stands, by the patient or by somebody with authority from `begun` to `today`."""
    if not event.given_by:
        return KeepConsent.AGREED
    giver = next((person for person in patient.people if person.id == event.given_by), None)
    if giver is None or giver.authority not in _DECIDING:
        return KeepConsent.SOMEONE_ELSE
    age = patient.age_on(today)
    of_age = giver.authority is Authority.PARENTAL and (age is None or age >= guardian_until)
    in_force = has_authority(giver, begun) and has_authority(giver, today)
    return KeepConsent.RESTING if of_age or not in_force else KeepConsent.AGREED
