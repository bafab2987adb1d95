"""Where a patient's requests stand: an event holds until another one follows it, or its last day is over."""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.model.identity import RecordId
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus


def standing(events: Sequence[RightsEvent]) -> tuple[RightsEvent, ...]:
    """Return the events that nothing has followed yet, oldest first."""
    followed = {each.follows for each in events if each.follows is not None}
    return tuple(sorted((each for each in events if each.id not in followed), key=lambda e: (e.recorded_at, e.id)))


def in_force(events: Sequence[RightsEvent], right: Right, today: dt.date) -> tuple[RightsEvent, ...]:
    """Return what of one right holds today, oldest first."""
    return tuple(
        each
        for each in standing(events)
        if each.right is right
        and each.status is RightsStatus.ACTIVE
        and (each.until is None or today <= each.until)
    )  # fmt: skip


def legal_hold(events: Sequence[RightsEvent], today: dt.date) -> RightsEvent | None:
    """Return the legal hold that forbids erasing, the oldest if there are several; None when there is none."""
    return next(iter(in_force(events, Right.LEGAL_HOLD, today)), None)


def not_used(events: Sequence[RightsEvent], today: dt.date) -> tuple[bool, frozenset[RecordId]]:
    """Return whether everything about a patient is kept without being used, and which notes are.

    What is objected to rests while that is decided (GDPR art. 18(1)(d)).
    """
    resting = (
        *in_force(events, Right.RESTRICTION, today),
        *(
            each for each in standing(events)
            if each.right is Right.OBJECTION and each.status is RightsStatus.REQUESTED
        ),
    )  # fmt: skip
    return any(each.about is None for each in resting), frozenset(each.about for each in resting if each.about)


def disputed(events: Sequence[RightsEvent]) -> dict[RecordId, str]:
    """Return what the patient says of the notes that they call wrong and that were kept as they are.

    A note that was put right since is disputed no longer.
    """
    asked = [each for each in standing(events) if each.right is Right.RECTIFICATION]
    right = {each.about: each.recorded_at for each in asked if each.status is RightsStatus.COMPLETED}
    return {
        each.about: each.reason
        for each in asked
        if each.status is RightsStatus.REJECTED
        and each.about is not None
        and (each.about not in right or right[each.about] < each.recorded_at)
    }


def newest_look(events: Sequence[RightsEvent], *, asked_by: str = "") -> RightsEvent | None:
    """Return what a clinician decided when they looked last at what waits; None where nobody has.

    Args:
        events: Everything asked and decided.
        asked_by: Id of the related person who asked; empty for the patient. What is let go is let go to nobody else.
    """
    asked = {each.id for each in events if each.right is Right.ACCESS and each.asked_by == asked_by}
    decided = [
        each
        for each in events
        if each.right is Right.ACCESS and each.status is RightsStatus.ACTIVE and each.follows in asked
    ]
    return max(decided, key=lambda each: (each.recorded_at, each.id), default=None)
