"""FHIR Patient to `IncomingPatient` (R4 section 8.1; STU3 says the same in everything that is taken over)."""

import datetime as dt
import unicodedata
from typing import Any

from rapportdesk.exchange.plan import IncomingPatient, IncomingPerson
from rapportdesk.exchange.values import contact_point, in_reach, language_words, plain
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier

_TELECOM = {"phone": ContactSystem.PHONE, "sms": ContactSystem.SMS, "email": ContactSystem.EMAIL}
_LAST = 2**31  # for what gives no rank: "1 is most preferred" (R4 section 2.24.0.13)
_FORMER = ("old", "maiden")
_USES = ("official", "usual", None, "temp", "anonymous")  # the first is the name as written
_INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"


def incoming_patient(
    patient: Any, *, key: str, logical: Identifier | None, sent_at: dt.datetime | None
) -> IncomingPatient | None:
    """Return the patient, or None when no name is given.

    Args:
        patient: A validated resource of fhir.resources.
        key: See `IncomingPatient.key`.
        logical: The resource's own id, put after all other identifiers.
        sent_at: When it was written, UTC.

    Raises:
        Unreadable: A date is out of reach.
    """
    names = _Names(list(patient.name or []))
    if not names.main:
        return None
    languages = _languages(patient)
    died = patient.deceasedDateTime
    return IncomingPatient(
        key=key,
        identifiers=(*_identifiers(patient), *([logical] if logical else [])),
        name=names.main,
        sort_name=names.sort_name,
        own_script_name=names.own_script,
        preferred_name=names.preferred,
        former_names=names.former,
        birth_date=_day(patient.birthDate, "Patient.birthDate"),
        contact_points=tuple(_contact_points(patient)),
        languages=languages,
        interpreter=languages[0] if languages and _needs_interpreter(patient) else "",
        deceased=True if died is not None else patient.deceasedBoolean,
        deceased_on=_day(died, "Patient.deceasedDateTime"),
        people=tuple(_people(patient)),
        sent_at=sent_at,
    )


def human_name(name: Any) -> str:
    """Return a HumanName as it is written: its text, or given names, family name and suffix."""
    if name.text:
        return plain(name.text)
    parts = [*(name.given or []), name.family, *(name.suffix or [])]
    return plain(" ".join(part for part in parts if part))


class _Names:
    """Sorts a patient's names by what they are for."""

    def __init__(self, names: list[Any]) -> None:
        current = [name for name in names if name.use not in _FORMER and name.use != "nickname" and not _ended(name)]
        current.sort(key=lambda name: _USES.index(name.use) if name.use in _USES else len(_USES))
        written = [text for name in current if (text := human_name(name))]
        latin = [text for text in written if is_latin(text)]
        other = [text for text in written if not is_latin(text)]
        self.main = (latin or written or [""])[0]
        self.own_script = other[0] if latin and other else ""
        self.sort_name = next((_sorted(name) for name in current if human_name(name) == self.main), "")
        nicknames = [human_name(name) for name in names if name.use == "nickname" and not _ended(name)]
        usual = [human_name(name) for name in current if name.use == "usual"]
        self.preferred = next((name for name in nicknames + usual if name and name != self.main), "")
        former = [human_name(name) for name in names if name.use in _FORMER or _ended(name)]
        self.former = tuple(dict.fromkeys(name for name in former if name and name != self.main))


def is_latin(text: str) -> bool:
    """Return whether every letter of `text` is a Latin one."""
    return all("LATIN" in unicodedata.name(letter, "") for letter in text if letter.isalpha())


def _sorted(name: Any) -> str:
    given = " ".join(part for part in name.given or [] if part)
    return plain(f"{name.family}, {given}") if name.family and given else ""


def _ended(name: Any) -> bool:
    """A name or address with an end is a former one: nobody writes down the end of what is still used."""
    return bool(name.period is not None and name.period.end is not None)


def _identifiers(patient: Any) -> list[Identifier]:
    found = []
    for identifier in patient.identifier or []:
        if identifier.value and identifier.use != "old" and (value := plain(identifier.value)):
            kind = identifier.type
            label = plain(kind.text) if kind is not None and kind.text else ""
            found.append(Identifier(system=plain(identifier.system or ""), value=value, label=label))
    return list(dict.fromkeys(found))


def _day(value: Any, field: str) -> dt.date | None:
    """Return a whole day; a year or a month alone is no birthday and is left unknown."""
    if isinstance(value, dt.datetime):
        value = value.date()
    return in_reach(value, field) if isinstance(value, dt.date) else None


def _contact_points(patient: Any) -> list[ContactPoint]:
    points = [
        contact_point(_TELECOM[point.system], point.value)
        for point in sorted(patient.telecom or [], key=lambda each: each.rank or _LAST)
        if point.system in _TELECOM and point.value and point.use != "old" and not _ended(point)
    ]
    points += [
        contact_point(ContactSystem.POST, _address(address))
        for address in patient.address or []
        if address.use != "old" and not _ended(address)
    ]
    return list(dict.fromkeys(point for point in points if point is not None))


def _address(address: Any) -> str:
    if address.text:
        return str(address.text)
    parts = [*(address.line or []), address.city, address.state, address.postalCode, address.country]
    return ", ".join(plain(part) for part in parts if part)


def _languages(patient: Any) -> tuple[str, ...]:
    spoken = sorted(patient.communication or [], key=lambda each: not each.preferred)
    return tuple(dict.fromkeys(words for each in spoken if (words := _language(each.language))))


def _language(concept: Any) -> str:
    codes = concept.coding or []
    named = next((words for coding in codes if coding.code and (words := language_words(coding.code))), "")
    shown = next((plain(coding.display) for coding in codes if coding.display), "")
    return named or plain(concept.text or "") or shown


def _needs_interpreter(patient: Any) -> bool:
    return any(each.url == _INTERPRETER and each.valueBoolean for each in patient.extension or [])


def _people(patient: Any) -> list[IncomingPerson]:
    found = []
    for contact in patient.contact or []:
        if contact.name is not None and not _ended(contact) and (name := human_name(contact.name)):
            relations = [concept_words(each) for each in contact.relationship or []]
            found.append(IncomingPerson(name=name, relation=next((each for each in relations if each), "")))
    return list(dict.fromkeys(found))


def concept_words(concept: Any) -> str:
    """Return what a CodeableConcept says in words, or in its code."""
    shown = next(
        (coding.display or coding.code for coding in concept.coding or [] if coding.display or coding.code), ""
    )
    return plain(concept.text or shown)
