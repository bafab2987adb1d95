"""HL7 v2 PID and NK1 to `IncomingPatient` (v2.8 chapter 3; the older versions' fields stand in the same places)."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.exchange.hl7_fields import Segment
from rapportdesk.exchange.hl7_messages import Message
from rapportdesk.exchange.plan import IncomingPatient, IncomingPerson
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.values import contact_point, language_words, plain
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier

_FORMER = frozenset(
    {"M", "B", "A", "BAD", "NOUSE", "S"}
)  # HL70200: maiden, birth, alias, bad, no longer used, pseudonym
_LEGAL_FIRST = ("L", "D", "C", "", "U", "R")
_NO_PHONE = frozenset({"FX", "MD", "BP"})  # HL70202: fax, modem, beeper
_RELATIONS = {  # HL70063
    "SPO": "spouse",
    "DOM": "life partner",
    "CHD": "child",
    "PAR": "parent",
    "MTH": "mother",
    "FTH": "father",
    "SIB": "sibling",
    "BRO": "brother",
    "SIS": "sister",
    "GRP": "grandparent",
    "GCH": "grandchild",
    "GRD": "guardian",
    "FND": "friend",
    "CGV": "care giver",
    "EMC": "emergency contact",
    "EXF": "extended family",
    "NCH": "natural child",
    "SCH": "stepchild",
    "FCH": "foster child",
    "OTH": "other",
}


def incoming_patient(message: Message, *, key: str, sent_at: dt.datetime | None) -> IncomingPatient | SkipReason:
    """Return the patient of a message, or why there is none.

    Args:
        message: With its PID and NK1.
        key: See `IncomingPatient.key`.
        sent_at: When it was written, UTC.

    Raises:
        Unreadable: A date is in no calendar or out of reach.
    """
    pid = message.first("PID")
    if pid is None:
        return SkipReason.NO_PATIENT
    if len(message.all("PID")) > 1:
        return SkipReason.SEVERAL_PATIENTS
    return described(pid, message, key=key, sent_at=sent_at, people=tuple(_people(message)))


def described(
    pid: Segment, message: Message, *, key: str, sent_at: dt.datetime | None, people: tuple[IncomingPerson, ...] = ()
) -> IncomingPatient | SkipReason:
    """Return the patient of one PID, of which a message about merges may have several; see `incoming_patient`."""
    names = _sorted_names(pid, sent_at)
    if not names.main:
        return SkipReason.NO_NAME
    deceased_on = pid.day(29)
    told_deceased = {"Y": True, "N": False}.get(pid.text(30).upper())
    return IncomingPatient(
        key=key,
        identifiers=tuple(numbers(pid, message, (3, 2, 4))),
        name=names.main,
        sort_name=names.sort_name,
        own_script_name=names.own_script,
        preferred_name=names.preferred,
        former_names=names.former,
        birth_date=pid.day(7),
        contact_points=tuple(_contact_points(pid)),
        languages=_languages(pid),
        deceased=True if deceased_on is not None and told_deceased is None else told_deceased,
        deceased_on=deceased_on if told_deceased is not False else None,
        people=people,
        sent_at=sent_at,
    )


def patient_identifiers(message: Message) -> list[Identifier]:
    """Return the identifiers of PID-3, PID-2 and PID-4, the sending system standing in for an unnamed authority."""
    pid = message.first("PID")
    return [] if pid is None else numbers(pid, message, (3, 2, 4))


def numbers(segment: Segment, message: Message, fields: tuple[int, ...]) -> list[Identifier]:
    """Return the CX of some fields of PID or MRG, each once; see `patient_identifiers`."""
    sender = message.header.text(4) or message.header.text(3)
    found = []
    for field in fields:
        for repetition in segment.repetitions(field):
            if value := segment.text(field, repetition=repetition):
                system = _authority(segment, field, repetition) or sender
                label = segment.text(field, 5, repetition=repetition)
                found.append(Identifier(system=system, value=value, label=label))
    once: dict[tuple[str, str], Identifier] = {}
    for each in found:
        once.setdefault((each.system, each.value), each)
    return list(once.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """A patient's names by what they are for."""

    main: str = ""
    sort_name: str = ""
    own_script: str = ""
    preferred: str = ""
    former: tuple[str, ...] = ()


def _sorted_names(pid: Segment, sent_at: dt.datetime | None) -> _Names:
    current: list[tuple[int, str, str]] = []
    own_script = preferred = ""
    former: list[str] = []
    for repetition in pid.repetitions(5):
        name, kind = name_written(pid, 5, repetition), pid.text(5, 7, repetition=repetition).upper()
        if not name:
            continue
        if kind in _FORMER or _expired(pid, repetition, sent_at):
            former.append(name)
        elif kind == "N":
            preferred = preferred or name
        elif pid.text(5, 8, repetition=repetition).upper() == "I":
            own_script = own_script or name
        else:
            rank = _LEGAL_FIRST.index(kind) if kind in _LEGAL_FIRST else len(_LEGAL_FIRST)
            current.append((rank, name, _sort_name(pid, 5, repetition)))
    former += [name for repetition in pid.repetitions(9) if (name := name_written(pid, 9, repetition))]
    current.sort(key=lambda each: each[0])
    main, sort_name = current[0][1:] if current else (own_script or preferred, "")
    return _Names(
        main=main,
        sort_name=sort_name,
        own_script=own_script if own_script != main else "",
        preferred=preferred if preferred != main else "",
        former=tuple(dict.fromkeys(name for name in former if name != main)),
    )


def name_written(segment: Segment, field: int, repetition: int) -> str:
    """Return an XPN as it is written: given names, family name, suffix; family first where XPN-11 says so."""
    family, given, further, suffix = (segment.text(field, part, repetition=repetition) for part in (1, 2, 3, 4))
    if segment.text(field, 11, repetition=repetition).upper() == "F":
        return plain(f"{family} {given} {further} {suffix}")
    return plain(f"{given} {further} {family} {suffix}")


def _sort_name(segment: Segment, field: int, repetition: int) -> str:
    family, given, further = (segment.text(field, part, repetition=repetition) for part in (1, 2, 3))
    return plain(f"{family}, {given} {further}") if family and given else ""


def _expired(pid: Segment, repetition: int, sent_at: dt.datetime | None) -> bool:
    """Return whether XPN-13 ends the name before the message was written."""
    until = pid.text(5, 13, repetition=repetition)[:8]
    return len(until) == 8 and until.isdecimal() and sent_at is not None and until < f"{sent_at:%Y%m%d}"


def _authority(pid: Segment, field: int, repetition: int) -> str:
    """Return CX-4: an ISO object identifier as a URI, else the namespace, else whatever universal id there is."""
    namespace, universal, kind = (
        pid.text(field, 4, repetition=repetition, subcomponent=number) for number in (1, 2, 3)
    )
    if universal and kind.upper() == "ISO":
        return f"urn:oid:{universal}"
    return namespace or universal


def _contact_points(pid: Segment) -> list[ContactPoint]:
    points = []
    for field in (13, 14, 40):
        points += [_telecom(pid, field, repetition) for repetition in pid.repetitions(field)]
    points += [
        contact_point(ContactSystem.POST, _address(pid, repetition))
        for repetition in pid.repetitions(11)
        if pid.text(11, 7, repetition=repetition).upper() != "BA"  # HL70190: a bad address
    ]
    return list(dict.fromkeys(point for point in points if point is not None))


def _telecom(pid: Segment, field: int, repetition: int) -> ContactPoint | None:
    def part(number: int) -> str:
        return pid.text(field, number, repetition=repetition)

    if "INTERNET" in (part(2).upper(), part(3).upper()) or part(2).upper() == "NET":
        return contact_point(ContactSystem.EMAIL, part(4) or part(1))
    if part(3).upper() in _NO_PHONE:
        return None
    country = f"+{part(5).lstrip('+')}" if part(5) else ""
    return contact_point(
        ContactSystem.PHONE, part(1) or part(12) or (f"{country} {part(6)} {part(7)}" if part(7) else "")
    )


def _address(pid: Segment, repetition: int) -> str:
    street = " ".join(pid.pieces(11, 1, repetition=repetition))
    return ", ".join(part for part in (street, *(pid.text(11, n, repetition=repetition) for n in range(2, 7))) if part)


def _languages(pid: Segment) -> tuple[str, ...]:
    found = [language_words(pid.text(15)) or pid.text(15, 2) or language_words(pid.text(15, 4)) or pid.text(15)]
    return tuple(words for words in found if words)


def _people(message: Message) -> list[IncomingPerson]:
    found = []
    for relative in message.all("NK1"):
        if name := name_written(relative, 2, 1):
            code, text = relative.text(3), relative.text(3, 2)
            found.append(IncomingPerson(name=name, relation=text or _RELATIONS.get(code.upper(), code)))
    return list(dict.fromkeys(found))
