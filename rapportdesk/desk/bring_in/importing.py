"""How one incoming description meets what is known: pure, so that it can be tried without a vault.

An import adds and corrects what the sending system knows best (names, birth date, numbers, its own contact points). It
never takes away, and never touches what a person at the desk has set: contact safety, authority, what may be said.
"""

import datetime as dt
from dataclasses import replace
from typing import TypeVar

from rapportdesk.exchange.merge import same_appointment
from rapportdesk.exchange.plan import FHIR_ID, IncomingAppointment, IncomingPatient, IncomingPerson
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.names import fold, may_be_one_person
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier, Patient, RelatedPerson
from rapportdesk.readmodel.rows import phone_digits

T = TypeVar("T")

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)

_NATIONAL = 9  # digits of a phone number that are the same with and without the country's prefix


def is_same_person(known: Patient, identifiers: tuple[Identifier, ...], name: str, born: dt.date | None) -> bool:
    """Whether a description with these numbers, name and birth date is about a known person.

    A family may share a number, a number may be given out again, and two servers may give the same bare id: a shared
    number needs the same birth date or, where one of the two is unknown, a name that may be the same person's. A bare
    FHIR id needs both to agree.
    """
    shared = {(each.system, each.value) for each in known.identifiers} & {
        (each.system, each.value) for each in identifiers
    }
    if not shared:
        return False
    same_name = fold(known.name) == fold(name)
    if {system for system, _value in shared} == {FHIR_ID}:
        return same_name and known.birth_date == born
    if known.birth_date is None or born is None:
        return any(may_be_one_person(each, name) for each in (known.name, known.preferred_name, *known.former_names))
    return same_name or known.birth_date == born


def is_same_visit(known: Appointment, incoming: IncomingAppointment) -> bool:
    """Whether a description is about a known visit of the same person: by a number they share, or by its beginning.

    The beginning counts where one of the two has no number: it was booked at the desk, or its system gives none.
    """
    if known.identifiers and incoming.identifiers:
        return same_appointment(known.identifiers, incoming.identifiers)
    return known.start == incoming.start


def new_patient(incoming: IncomingPatient) -> Patient:
    """Return a person who was not known before."""
    return merged(Patient(id=PatientId(new_id()), name=incoming.name), incoming)


def merged(known: Patient, incoming: IncomingPatient) -> Patient:
    """Return the known person with what the description says; what it does not say stays."""
    died = not known.alive_after_all and bool(incoming.deceased)
    return replace(
        known,
        name=known.name if incoming.is_clue else incoming.name or known.name,
        sort_name=incoming.sort_name or known.sort_name,
        own_script_name=incoming.own_script_name or known.own_script_name,
        preferred_name=known.preferred_name or incoming.preferred_name,
        former_names=_more(known.former_names, incoming.former_names),
        birth_date=incoming.birth_date or known.birth_date,
        identifiers=_more(known.identifiers, incoming.identifiers),
        languages=known.languages or incoming.languages,
        interpreter=known.interpreter or incoming.interpreter,
        contact_points=_contacts(known.contact_points, incoming.contact_points),
        people=_people(known.people, incoming.people),
        deceased=known.deceased or died,
        deceased_on=known.deceased_on or (incoming.deceased_on if died else None),
    )


def merged_appointment(known: Appointment | None, incoming: IncomingAppointment, patient: PatientId) -> Appointment:
    """Return the appointment as the description leaves it; of two statuses the later one wins.

    Args:
        known: The one we have, or None; then `incoming.start` is not None.
        incoming: What the file says.
        patient: Whose it is.
    """
    if known is None:
        start = incoming.start or _LONG_AGO
        known = Appointment(id=RecordId(new_id()), patient=patient, start=start)
    sent = incoming.sent_at or _LONG_AGO
    later_status = known.status_at is None or sent >= known.status_at
    after = replace(
        known,
        status=incoming.status if later_status else known.status,
        status_at=incoming.sent_at if later_status else known.status_at,
        identifiers=_more(known.identifiers, incoming.identifiers),
    )
    if known.sent_at is not None and sent < known.sent_at:
        return after
    return replace(
        after,
        start=incoming.start or known.start,
        minutes=incoming.minutes or known.minutes,
        practitioner_name=incoming.practitioner_name or known.practitioner_name,
        location=incoming.location or known.location,
        reason=incoming.reason or known.reason,
        sent_at=incoming.sent_at or known.sent_at,
    )


def _contacts(known: tuple[ContactPoint, ...], incoming: tuple[ContactPoint, ...]) -> tuple[ContactPoint, ...]:
    """Keep whatever the desk set, replace what an earlier import wrote, and add what is new."""
    if not incoming:
        return known
    ours = [point for point in known if not point.from_import]
    there = {_reaches(point) for point in ours}
    return (*ours, *(point for point in incoming if _reaches(point) not in there))


def _reaches(point: ContactPoint) -> tuple[ContactSystem, str]:
    """Return what is the same however a number or address is spaced, capitalised or prefixed with its country."""
    if point.system in {ContactSystem.EMAIL, ContactSystem.POST}:
        return point.system, fold(point.value)
    return point.system, phone_digits(point.value)[-_NATIONAL:]


def _people(known: tuple[RelatedPerson, ...], incoming: tuple[IncomingPerson, ...]) -> tuple[RelatedPerson, ...]:
    there = {fold(person.name) for person in known}
    new = [person for person in incoming if fold(person.name) not in there]
    return (*known, *(RelatedPerson(id=new_id(), name=person.name, relation=person.relation) for person in new))


def _more(known: tuple[T, ...], incoming: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*known, *incoming)))
