"""FHIR RelatedPerson to `IncomingPerson` (R4 section 8.7), and Patient.link to `IncomingMerge` (R4 section 8.1.7)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from rapportdesk.exchange.fhir_patient import concept_words, human_name
from rapportdesk.exchange.fhir_references import References, logical_identifier, referred_identifier
from rapportdesk.exchange.plan import IncomingMerge, IncomingPerson
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.model.patient import Identifier


def incoming_person(related: Any) -> IncomingPerson | SkipReason:
    """Return the person, or why they are left out: no name, or no part of the patient's life any more.

    Args:
        related: A validated resource of fhir.resources.
    """
    ended = related.period is not None and related.period.end is not None
    if related.active is False or ended:
        return SkipReason.NO_LONGER
    names = [name for name in related.name or [] if name.use not in ("old", "maiden")]
    name = next((written for each in names if (written := human_name(each))), "")
    if not name:
        return SkipReason.NO_NAME
    relations = related.relationship or []
    listed = relations if isinstance(relations, list) else [relations]  # STU3 has one
    relation = next((words for each in listed if (words := concept_words(each))), "")
    return IncomingPerson(name=name, relation=relation)


def is_replaced(patient: Any) -> bool:
    """Return whether a patient's record says that another one stands for it now."""
    return any(link.type == "replaced-by" for link in patient.link or [])


def merges(
    patient: Any, own: tuple[Identifier, ...], references: References, sent_at: dt.datetime | None
) -> Iterator[IncomingMerge]:
    """Yield what a patient's links propose: that another record is theirs, or theirs another's.

    Args:
        patient: A validated resource of fhir.resources.
        own: Their identifiers, the logical one included.
        references: Of the file.
        sent_at: When it was written, UTC.
    """
    for link in patient.link or []:
        other = tuple(each for each in _identifiers(link.other, references) if each not in own)
        if not other or not own:
            continue
        if link.type == "replaced-by":
            yield IncomingMerge(survivor="", survivor_identifiers=other, retired_identifiers=own, sent_at=sent_at)
        elif link.type == "replaces":
            yield IncomingMerge(survivor="", survivor_identifiers=own, retired_identifiers=other, sent_at=sent_at)


def _identifiers(other: Any, references: References) -> tuple[Identifier, ...]:
    reference = other.reference or ""
    entry = references.entry(reference)
    named = logical_identifier(entry) if entry is not None else referred_identifier(reference)
    return (named,) if named is not None else ()
