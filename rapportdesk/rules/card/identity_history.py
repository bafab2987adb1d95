"""What a card said of somebody before it was put right, line by line; a former name is in none of them.

Nor is what only belonged to it: how it was sorted, spelt and said, what they were called then, and the pronouns.

Pure. Whose lines may be read is an argument: of everybody else nothing stands here, not even that something changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from babel.dates import format_date

from rapportdesk.language import _
from rapportdesk.model.identity_change import Difference, IdentityChange, IdentityVersion
from rapportdesk.model.names import fold, name_parts
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem, Patient, RelatedPerson
from rapportdesk.model.words import contact_system_words
from rapportdesk.rules.card.lines import authority_words
from rapportdesk.rules.wording.wording import locale, time_words


def everybody_named(patient: Patient, changes: Iterable[IdentityChange]) -> tuple[RelatedPerson, ...]:
    """Return everybody who stands or ever stood on a card, each as it names them last."""
    found: dict[str, RelatedPerson] = {}
    for each in changes:
        found |= {person.id: person for version in (each.before, each.after) for person in version.people}
    return tuple((found | {person.id: person for person in patient.people}).values())


def only_of(change: IdentityChange, people: frozenset[str], *, but: frozenset[str] = frozenset()) -> IdentityChange:
    """Return a change with the people it may tell of alone.

    Args:
        change: As it was kept.
        people: Ids of the related persons who may be named.
        but: Ways to reach the patient that are left out, as `contact_key` names them.
    """

    def told(version: Patient) -> Patient:
        return replace(
            version,
            people=tuple(each for each in version.people if each.id in people),
            contact_points=tuple(each for each in version.contact_points if contact_key(each) not in but),
        )

    return replace(change, before=told(change.before), after=told(change.after))


def contact_key(point: ContactPoint) -> str:
    """Return what a way to reach somebody is called where it needs a name: it has no id of its own."""
    return f"{point.system}:{point.value}"


def identity_versions(
    patient: Patient, changes: Sequence[IdentityChange], people: frozenset[str]
) -> tuple[IdentityVersion, ...]:
    """Return the changes in words, newest first; one with nothing to read is left out.

    Args:
        patient: As they stand now.
        changes: Every change.
        people: Ids of the related persons whose lines may be read.
    """
    former = _Former.of(patient, changes)
    told = (only_of(each, people) for each in changes)
    found = [
        IdentityVersion(
            changed_at=each.changed_at,
            changed_by_name=each.changed_by_name,
            differences=_differences(each, former),
            brought_in=each.brought_in,
        )
        for each in sorted(told, key=lambda each: (each.changed_at, each.id), reverse=True)
    ]
    return tuple(each for each in found if each.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Former:
    """What must not be read any more, because it is a former name or went with one.

    Attributes:
        words: Folded: the names, and what stood beside them on the card and stands there no longer.
        parts: The parts of the names that no name of today has, as they stand in an address or in another order.
    """

    words: frozenset[str]
    parts: frozenset[str]

    @classmethod
    def of(cls, patient: Patient, changes: Sequence[IdentityChange]) -> "_Former":
        versions = (patient, *(each for change in changes for each in (change.before, change.after)))
        names = {fold(name) for version in versions for name in version.former_names}
        then = {fold(words) for version in versions if fold(version.name) in names for words in _personal(version)}
        today = [words for _label, words in _names(patient)]
        parts = {part for name in names for part in name_parts(name)}
        return cls(
            words=frozenset((names | (then - {fold(words) for words in _personal(patient)})) - {""}),
            parts=frozenset(parts.difference(*map(name_parts, today))),
        )

    def tells(self, difference: Difference, *, named: bool) -> bool:
        """Whether a line would tell of a former name, be it by a part of one where it holds names."""
        said = (difference.before, difference.after)
        if any(fold(words) in self.words for words in said):
            return True
        return named and any(not self.parts.isdisjoint(name_parts(words)) for words in said)


def _differences(change: IdentityChange, former: _Former) -> tuple[Difference, ...]:
    before, after = change.before, change.after
    lines = [
        Difference(label=label, before=was, after=now)
        for (label, was), (_label, now) in zip(_lines(before), _lines(after), strict=True)
        if was != now
    ]
    names = {label for label, _words in _names(before)}
    own = {label for label, _words in (*_names(before), *_said(before))}
    # A line that tells of a former name goes whole, or an empty place would tell of it.
    kept = [each for each in lines if each.label not in own or not former.tells(each, named=each.label in names)]
    contacts = [each for each in _of_contacts(before, after) if not former.tells(each, named=True)]
    return (*kept, *contacts, *_of_people(before, after))


def _personal(patient: Patient) -> list[str]:
    return [words for _label, words in (*_names(patient), *_said(patient))]


def _names(patient: Patient) -> list[tuple[str, str]]:
    return [
        (_("Name"), patient.name),
        (_("Sorted as"), patient.sort_name),
        (_("Name in their own script"), patient.own_script_name),
        (_("Likes to be called"), patient.preferred_name),
    ]


def _said(patient: Patient) -> list[tuple[str, str]]:
    return [(_("How to say it"), patient.say), (_("Pronouns"), patient.pronouns)]


def _lines(patient: Patient) -> list[tuple[str, str]]:
    numbers = [" ".join(part for part in (each.label or each.system, each.value) if part)
               for each in patient.identifiers]  # fmt: skip
    return [
        *_names(patient),
        *_said(patient),
        (_("Birth date"), _birth_date(patient)),
        (_("Numbers"), ", ".join(numbers)),
        (_("Languages"), ", ".join(patient.languages)),
        (_("Interpreter"), patient.interpreter),
    ]


def _birth_date(patient: Patient) -> str:
    return format_date(patient.birth_date, "long", locale=locale()) if patient.birth_date else ""


def _of_contacts(before: Patient, after: Patient) -> list[Difference]:
    """Return what changed of the ways to reach them: they have no ids, so of one kind they are paired in order."""
    found = []
    for system in ContactSystem:
        was, now = ([_point_words(each) for each in version.contact_points if each.system is system]
                    for version in (before, after))  # fmt: skip
        gone, new = [each for each in was if each not in now], [each for each in now if each not in was]
        found += [
            Difference(label=contact_system_words(system), before=one, after=other)
            for one, other in zip_longest(gone, new, fillvalue="")
        ]
    return found


def _of_people(before: Patient, after: Patient) -> list[Difference]:
    was, now = ({each.id: each for each in version.people} for version in (before, after))
    return [
        Difference(label=_("Somebody in their life"),
                   before=_person_words(was.get(key)), after=_person_words(now.get(key)))
        for key in dict.fromkeys((*was, *now))
        if _person_words(was.get(key)) != _person_words(now.get(key))
    ]  # fmt: skip


def _point_words(point: ContactPoint) -> str:
    safety = ""
    if point.safety is ContactSafety.UNSAFE:
        safety = _("not safe")
    elif point.safety is ContactSafety.ONLY_BETWEEN and point.not_before and point.not_after:
        safety = _("only {start} to {end}").format(start=time_words(point.not_before), end=time_words(point.not_after))
    return " · ".join(each for each in (point.value, safety, point.shared_with, point.may_say) if each)


def _person_words(person: RelatedPerson | None) -> str:
    if person is None:
        return ""
    right = authority_words(person.authority)
    hears = _("May hear about {what}.").format(what=person.may_hear.rstrip(".")) if person.may_hear else ""
    proof = " ".join(each for each in (person.authority_proof, person.authority_scope) if each)
    died = _("Has died.") if person.deceased else ""
    return " · ".join(each for each in (person.name, person.relation, right, proof, hears, died) if each)
