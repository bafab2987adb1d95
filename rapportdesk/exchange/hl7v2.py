"""HL7 v2: ADT says who somebody is, SIU when they come; every other message is skipped by its type.

What a file holds is counted by what its messages are about: an SIU message is about one patient and one appointment,
an ADT message about one patient, a merge about the patient who stays and the joining itself, and a message that is
skipped counts as itself.
"""

import datetime as dt

from rapportdesk.exchange.faults import Unreadable
from rapportdesk.exchange.hl7_fields import library_kept_quiet
from rapportdesk.exchange.hl7_merge import MERGES, proposals
from rapportdesk.exchange.hl7_messages import Message, messages
from rapportdesk.exchange.hl7_patient import incoming_patient
from rapportdesk.exchange.hl7_schedule import BLOCKS, EVENTS, incoming_appointment
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.parsed import Parsed
from rapportdesk.exchange.plan import FileFormat
from rapportdesk.exchange.skipping import SkipReason

_WHO = frozenset({f"ADT^A0{number}" for number in range(1, 9)} | {"ADT^A28", "ADT^A31"})
_OTHER_MERGES = frozenset({f"ADT^A{number}" for number in (35, 41, 42, 46, 47, 48, 49, 50, 51)})
_DELETES = frozenset({"ADT^A23", "ADT^A29"})


def parse(data: bytes, how: Reading) -> Parsed:
    """Read one file of one or more messages.

    Args:
        data: What the file holds.
        how: Its zone is for moments without an offset in a message whose MSH-7 has none either.

    Raises:
        Unreadable: The file is not as HL7 says.
    """
    parsed = Parsed(format=FileFormat.HL7V2)
    versions: dict[str, None] = {}
    with library_kept_quiet():
        for message in messages(data):
            try:
                _take(parsed, message, how.zone)
                versions[message.header.text(12)] = None
            except Unreadable as fault:
                raise Unreadable(fault.fault, item=message.item, field=fault.field) from fault
    parsed.version = ", ".join(version for version in versions if version)
    return parsed


def _take(parsed: Parsed, message: Message, zone: dt.tzinfo | None) -> None:
    kind = message.type
    zone = message.header.offset(7) or zone
    if kind in _WHO:
        parsed.read += 1
        _take_patient(parsed, message, kind, zone)
    elif kind in EVENTS:
        parsed.read += 2
        key = _take_patient(parsed, message, kind, zone)
        _take_appointment(parsed, message, kind, zone, key)
    elif kind in MERGES:
        _take_merges(parsed, message, kind, zone)
    else:
        parsed.read += 1
        parsed.skip(kind, _why(kind))


def _take_patient(parsed: Parsed, message: Message, kind: str, zone: dt.tzinfo | None) -> str:
    """Take the patient in and return their key, or nothing when there is none."""
    key = f"{message.item}"
    patient = incoming_patient(message, key=key, sent_at=message.header.moment(7, zone))
    if isinstance(patient, SkipReason):
        parsed.skip(f"{kind} PID", patient)
        return ""
    parsed.patients.append(patient)
    return key


def _take_merges(parsed: Parsed, message: Message, kind: str, zone: dt.tzinfo | None) -> None:
    for proposal in proposals(message, sent_at=message.header.moment(7, zone)):
        parsed.read += 2
        if isinstance(proposal.survivor, SkipReason):
            parsed.skip(f"{kind} PID", proposal.survivor)
        else:
            parsed.patients.append(proposal.survivor)
        if isinstance(proposal.merge, SkipReason):
            parsed.skip(f"{kind} MRG", proposal.merge)
        else:
            parsed.merges.append(proposal.merge)


def _take_appointment(parsed: Parsed, message: Message, kind: str, zone: dt.tzinfo | None, key: str) -> None:
    appointment = incoming_appointment(message, event=kind, patient=key, zone=zone)
    if isinstance(appointment, SkipReason):
        parsed.skip(f"{kind} SCH", appointment)
    else:
        parsed.appointments.append(appointment)


def _why(kind: str) -> SkipReason:
    if kind in _OTHER_MERGES:
        return SkipReason.NUMBERS_CHANGE
    if kind in _DELETES:
        return SkipReason.DELETION
    return SkipReason.BLOCK if kind in BLOCKS else SkipReason.NOT_WHO
