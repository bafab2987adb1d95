"""What somebody else said, and what keeps the patient safe, is handed out only after a clinician has looked at it.

Whether a thing waits depends on that thing alone. Nothing here is ever said to whoever asks: the answer they get is
composed as if it did not exist.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from rapportdesk.model.communication import Communication, Speaker, bare
from rapportdesk.model.consent import Covers
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.note import Audience, Note, Source
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, Patient, RelatedPerson
from rapportdesk.model.patient_file import PatientFile
from rapportdesk.model.rights import Right, RightsEvent
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.rules.card.identity_history import contact_key, only_of
from rapportdesk.rules.rights.rights_state import newest_look

T = TypeVar("T")


class HeldBack(StrEnum):
    """Why something waits for a clinician's look."""

    THIRD_PARTY = "third-party"
    SAFETY = "safety"


def note_waits(note: Note) -> HeldBack | None:
    """Return why a note waits: somebody else said it, or it is about somebody else and the patient did not say it."""
    of_others = note.source is Source.SAID_BY_CARER
    about_others = bool(note.about_person) and note.source is not Source.SAID_BY_PATIENT
    return HeldBack.THIRD_PARTY if of_others or about_others else None


def person_waits(person: RelatedPerson) -> HeldBack | None:
    """Return why a related person waits: a page that names whom the patient is kept safe from may be read by them."""
    unsafe = person.unsafe_since is not None or person.authority is Authority.BARRED
    return HeldBack.SAFETY if unsafe else None


def contact_waits(point: ContactPoint) -> HeldBack | None:
    """Return why a way to reach the patient waits: it says who else would hear."""
    return None if point.safety is ContactSafety.SAFE else HeldBack.SAFETY


def waiting(file: PatientFile) -> dict[str, HeldBack]:
    """Return what in a file waits for a clinician's look, by id; a way to reach somebody by `contact_key`."""
    found: dict[str, HeldBack | None] = {each.id: note_waits(each) for each in file.notes}
    found |= {key: _named_waits(each) for key, each in _named(file.patient).items()}
    found |= {
        each.id: HeldBack.THIRD_PARTY for each in file.communications if each.speaker is Speaker.RELATED
    }  # fmt: skip
    found |= {each.id: HeldBack.SAFETY for each in file.topics if each.permission is Permission.NOT_IN_FRONT_OF}
    now = _named(file.patient)
    for key, thing in (each for version in versions(file) for each in _named(version).items()):
        # As it stands now it is looked at by itself; of it the card may have said something else, and worse.
        if now.get(key) != thing and (why := _named_waits(thing)) is not None:
            found[before_key(key)] = why
    return {key: why for key, why in found.items() if why is not None}


def _named(patient: Patient) -> dict[str, RelatedPerson | ContactPoint]:
    """Return everybody on a card and every way to reach the patient, by what `waiting` calls them."""
    people: dict[str, RelatedPerson | ContactPoint] = {each.id: each for each in patient.people}
    return people | {contact_key(each): each for each in patient.contact_points}


def _named_waits(thing: RelatedPerson | ContactPoint) -> HeldBack | None:
    return person_waits(thing) if isinstance(thing, RelatedPerson) else contact_waits(thing)


def looked_at(file: PatientFile, key: str) -> str:
    """Return how a look at a thing is remembered, by its key in `waiting`: its next revision was never looked at."""
    revision = _revisions(file).get(key)
    return key if revision is None else f"{key}@{revision}"


def let_go(file: PatientFile, *, asked_by: str = "") -> frozenset[str]:
    """Return what a clinician's newest look lets go, by its key in `waiting`, unless it says another thing by now.

    Args:
        file: Everything that the keys at hand open.
        asked_by: To whom, as for `newest_look`.
    """
    look = newest_look(file.rights, asked_by=asked_by)
    if look is None:
        return frozenset()
    since = [each for each in file.identity_changes if each.changed_at > look.recorded_at]
    changed = {
        key for each in since for before, after in [(_named(each.before), _named(each.after))]
        for key in before.keys() | after.keys() if before.get(key) != after.get(key)
    }  # fmt: skip
    changed |= {before_key(key) for key in changed}
    as_it_is = {looked_at(file, key): key for key in _revisions(file)}
    # Looks of before revisions were remembered stand as they are.
    return frozenset(as_it_is.get(each, each) for each in look.released) - changed


def _revisions(file: PatientFile) -> dict[str, int]:
    things: tuple[Note | TopicPermission | Communication, ...] = (*file.notes, *file.topics, *file.communications)
    return {each.id: each.revision for each in things}


def before_key(key: str) -> str:
    """Return what somebody, or a way to reach the patient, is called that waits as the card named it before alone."""
    return f"before:{key}"


def versions(file: PatientFile) -> tuple[Patient, ...]:
    """Return who a card ever said that somebody was, before it was put right."""
    return tuple(version for each in file.identity_changes for version in (each.before, each.after))


def without_waiting(file: PatientFile, released: Iterable[str] = ()) -> PatientFile:
    """Return a file without what waits, and without what would tell of it.

    Args:
        file: Everything that may be handed out otherwise.
        released: What a clinician has looked at and let go, as `waiting` names it.
    """
    held = waiting(file).keys() - set(released)
    people = _without(file.patient.people, lambda each: each.id in held)
    notes = _without(file.notes, lambda each: each.id in held or each.about_person in held)
    topics = _without(file.topics, lambda each: each.id in held or each.person in held)
    kept, gone = {each.id for each in notes}, {each.id for each in file.notes} - {each.id for each in notes}
    return replace(
        file,
        patient=replace(
            file.patient,
            people=people,
            contact_points=_without(file.patient.contact_points, lambda each: contact_key(each) in held),
        ),
        identity_changes=_changes(file, held),
        notes=notes,
        earlier=_without(file.earlier, lambda each: each.id not in kept or note_waits(each) is not None),
        consents=_without(
            file.consents,
            lambda each: each.given_by in held or (each.covers is Covers.TALK_WITH and each.person in held),
        ),
        forms=_without(
            file.forms, lambda each: each.event in {event.id for event in file.consents if event.given_by in held}
        ),
        topics=topics,
        companions=_without(file.companions, lambda each: not held.isdisjoint(each.people)),
        communications=tuple(bare(each) if each.id in held else each for each in file.communications),
        rights=_without(file.rights, lambda each: each.asked_by in held or each.about in gone or _is_decision(each)),
    )


def _changes(file: PatientFile, held: Iterable[str]) -> tuple[IdentityChange, ...]:
    """Return what the card said before, without what waits; a change that tells of nothing else is left out."""
    out = frozenset(held)
    out |= {key.removeprefix(before_key("")) for key in out}
    people = frozenset(each.id for version in versions(file) for each in version.people) - out
    told = (only_of(each, people, but=out) for each in file.identity_changes)
    return tuple(each for each in told if each.before != each.after)


def _is_decision(event: RightsEvent) -> bool:
    """Whether it is what a clinician decided about what waits, which would tell that something does."""
    return event.right is Right.ACCESS and event.audience is Audience.CLINICIANS


def _without(things: tuple[T, ...], gone: Callable[[T], bool]) -> tuple[T, ...]:
    return tuple(each for each in things if not gone(each))
