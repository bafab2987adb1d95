"""Invented people for trying the search on."""

import datetime as dt

from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier, Patient
from rapportdesk.model.shown import SearchResults
from rapportdesk.readmodel import MemoryIndex


def person(
    name: str,
    born: str | None = None,
    *,
    number: str = "",
    phone: str = "",
    shared_with: str = "",
    preferred: str = "",
    former: tuple[str, ...] = (),
    own_script: str = "",
) -> Patient:
    """Return a patient with a fresh id."""
    return Patient(
        id=PatientId(new_id()),
        name=name,
        preferred_name=preferred,
        former_names=former,
        own_script_name=own_script,
        birth_date=dt.date.fromisoformat(born) if born else None,
        identifiers=(Identifier(value=number),) if number else (),
        contact_points=(
            (ContactPoint(system=ContactSystem.PHONE, value=phone, shared_with=shared_with),) if phone else ()
        ),
    )


def index_of(*patients: Patient) -> MemoryIndex:
    """Return an index that holds `patients`."""
    index = MemoryIndex()
    for patient in patients:
        index.put_patient(patient)
    return index


def names(results: SearchResults) -> list[str]:
    """Return the names of the hits in their order."""
    return [hit.name for hit in results.hits]
