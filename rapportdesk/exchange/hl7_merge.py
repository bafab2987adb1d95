"""HL7 v2 ADT merges to `IncomingMerge` (v2.8 section 3.6.2): what they propose waits for a person.

A number that is to be retired is never taken over with the survivor's own, or the merge would be half done unasked.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rapportdesk.exchange.hl7_fields import Segment
from rapportdesk.exchange.hl7_messages import Message
from rapportdesk.exchange.hl7_patient import described, name_written, numbers
from rapportdesk.exchange.plan import IncomingMerge, IncomingPatient
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.model.patient import Identifier

MERGES = frozenset({"ADT^A18", "ADT^A30", "ADT^A34", "ADT^A36", "ADT^A39", "ADT^A40"})
"""Events that join two persons; A35, A41 and the like join accounts or visits."""

_SURVIVOR, _RETIRED = (3, 2, 4), (1, 4, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One PID with its MRG: who stays, and the merge, or why there is none of either."""

    survivor: IncomingPatient | SkipReason
    merge: IncomingMerge | SkipReason


def proposals(message: Message, *, sent_at: dt.datetime | None) -> Iterator[Proposal]:
    """Yield each pair of a message, at least one.

    Args:
        message: One of `MERGES`.
        sent_at: When it was written, UTC.

    Raises:
        Unreadable: A date is in no calendar or out of reach.
    """
    pairs = list(_pairs(message))
    if not pairs:
        yield Proposal(survivor=SkipReason.NO_PATIENT, merge=SkipReason.NO_NUMBERS)
    for number, (pid, mrg) in enumerate(pairs, start=1):
        retired = numbers(mrg, message, _RETIRED) if mrg is not None else []
        names = {(each.system, each.value) for each in retired}
        kept = tuple(each for each in numbers(pid, message, _SURVIVOR) if (each.system, each.value) not in names)
        survivor = described(pid, message, key=f"{message.item}.{number}", sent_at=sent_at)
        if isinstance(survivor, IncomingPatient):
            survivor = dataclasses.replace(survivor, identifiers=kept) if kept else SkipReason.NO_NUMBERS
        yield Proposal(survivor=survivor, merge=_merge(survivor, kept, tuple(retired), mrg, sent_at))


def _pairs(message: Message) -> Iterator[tuple[Segment, Segment | None]]:
    """Yield each PID with the MRG that follows it before the next one."""
    pid: Segment | None = None
    for segment in message.segments:
        if segment.name == "PID":
            if pid is not None:
                yield pid, None
            pid = segment
        elif segment.name == "MRG" and pid is not None:
            yield pid, segment
            pid = None
    if pid is not None:
        yield pid, None


def _merge(
    survivor: IncomingPatient | SkipReason,
    kept: tuple[Identifier, ...],
    retired: tuple[Identifier, ...],
    mrg: Segment | None,
    sent_at: dt.datetime | None,
) -> IncomingMerge | SkipReason:
    if mrg is None or not kept or not retired:
        return SkipReason.NO_NUMBERS
    return IncomingMerge(
        survivor=survivor.key if isinstance(survivor, IncomingPatient) else "",
        survivor_identifiers=kept,
        retired_identifiers=retired,
        retired_name=name_written(mrg, 7, 1),
        sent_at=sent_at,
    )
