"""The whole history of what was said reads as it stood: each event with what became of it, and why it ended.

Nothing here decides; it tells what `consent_state` decided then and now.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import zip_longest

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.consent_shown import HistoryEntry, PurposeStanding
from rapportdesk.model.patient import Patient
from rapportdesk.rules.consent.consent_state import deciding_event, newest_then_strictest, spoken_before_unsafe, state

_PERMITTING = frozenset({ConsentStatus.ACTIVE, ConsentStatus.PROPOSED})


def standings(
    consents: Sequence[ConsentEvent], patient: Patient, today: dt.date, zone: dt.tzinfo | None, *, guardian_until: int
) -> tuple[PurposeStanding, ...]:
    """Return where every purpose stands, each with its history; talking with each related person by itself.

    Args:
        consents: Every event of the patient, in any order.
        patient: Whose they are.
        today: The local date of the recorded clock.
        zone: The practice's, in which an event's day is told.
        guardian_until: The age at which a parent's consent ends.
    """
    people = {person.id: None for person in patient.people} | {event.person: None for event in consents if event.person}
    purposes: list[tuple[Covers, str]] = [(covers, "") for covers in Covers if covers is not Covers.TALK_WITH]
    at = purposes.index((Covers.SHARE_WITH_CLINICIANS, "")) + 1
    purposes[at:at] = [(Covers.TALK_WITH, person) for person in people]
    return tuple(
        PurposeStanding(
            covers=covers,
            person=person,
            state=state(consents, covers, patient, today, person=person, guardian_until=guardian_until),
            decides=_deciding(consents, covers, person, patient, today),
            entries=_entries(consents, covers, person, patient, today, zone),
        )
        for covers, person in purposes
    )


def _deciding(
    consents: Sequence[ConsentEvent], covers: Covers, person: str, patient: Patient, today: dt.date
) -> ConsentEvent | None:
    counting = [event for event in consents if not spoken_before_unsafe(event, patient)]
    return deciding_event(counting, covers, today, person=person)


def _entries(
    consents: Sequence[ConsentEvent],
    covers: Covers,
    person: str,
    patient: Patient,
    today: dt.date,
    zone: dt.tzinfo | None,
) -> tuple[HistoryEntry, ...]:
    said = [event for event in consents if event.covers is covers and event.person == person]
    said.sort(key=newest_then_strictest)
    decides = _deciding(consents, covers, person, patient, today)
    entries = [
        _entry(event, after, today, zone, in_force=decides is not None and event.id == decides.id)
        for event, after in zip_longest(said, said[1:])
    ]
    return tuple(reversed(entries))


def _entry(
    event: ConsentEvent, after: ConsentEvent | None, today: dt.date, zone: dt.tzinfo | None, *, in_force: bool
) -> HistoryEntry:
    if event.status not in _PERMITTING:
        return HistoryEntry(event=event, in_force=in_force)
    replaced = None if after is None or in_force else after.recorded_at.astimezone(zone).date()
    runs_out = None if event.valid_until is None else event.valid_until + dt.timedelta(days=1)
    if runs_out is not None and runs_out <= (replaced or today):
        return HistoryEntry(event=event, in_force=in_force, ended=InactiveReason.EXPIRED, ended_on=runs_out)
    if after is None or in_force:  # what comes after it does not count yet
        return HistoryEntry(event=event, in_force=in_force)
    withdrawn = after.status is ConsentStatus.INACTIVE and after.inactive_reason is InactiveReason.WITHDRAWN
    ended = InactiveReason.WITHDRAWN if withdrawn else InactiveReason.SUPERSEDED
    return HistoryEntry(event=event, in_force=in_force, ended=ended, ended_on=replaced)
