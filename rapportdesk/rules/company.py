"""Who is with the patient: what was said at this sign-in, else who was named today; else it is not known.

Named companions hold for the day, so that whoever signs in next knows of them too. That somebody is alone holds only
until their card is left: a companion who comes back from the car park tells nobody.
"""

import datetime as dt

from rapportdesk.model.company import NOT_ON_THE_CARD, Companions
from rapportdesk.model.patient import Patient
from rapportdesk.rules.known import Company


def named_today(companions: tuple[Companions, ...], today: dt.date) -> Company:
    """Return who was named last for today, or None when nobody was."""
    newest = max(companions, key=lambda each: each.said_at, default=None)
    if newest is None or newest.on != today or not newest.people:
        return None
    return frozenset(newest.people)


def companions_words(patient: Patient, company: Company) -> tuple[str, ...]:
    """Return those who are with the patient, each as they are called: "Gwen, daughter"; empty for nobody named."""
    on_the_card = [
        ", ".join(part for part in (person.name, person.relation) if part)
        for person in patient.people
        if person.id in (company or ()) and not person.deceased
    ]
    return (*on_the_card, *others(company))


def others(company: Company) -> tuple[str, ...]:
    """Return the names of those who are none of the related persons."""
    return tuple(sorted(each.removeprefix(NOT_ON_THE_CARD) for each in company or () if _is_other(each)))


def _is_other(person: str) -> bool:
    return person.startswith(NOT_ON_THE_CARD)
