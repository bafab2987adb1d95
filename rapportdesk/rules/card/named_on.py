"""Whether a card names somebody: as one of its people, by a name that may be theirs.

Most cards know a husband as "Huw" alone: a first name counts where the card's own patient has the same surname, and a
whole name wherever it stands.
"""

from collections.abc import Iterable

from rapportdesk.model.names import fold
from rapportdesk.model.patient import Patient, RelatedPerson


def may_be(person: RelatedPerson, of: Patient, who: Patient) -> bool:
    """Return whether a related person may be `who`.

    Args:
        person: Somebody on a card.
        of: Whose card it is.
        who: The patient who is looked for.
    """
    theirs = set(fold(person.name).split())
    names = [set(fold(name).split()) for name in (who.name, who.preferred_name, *who.former_names) if name]
    if not theirs or of.id == who.id:
        return False
    if any(theirs == name for name in names):
        return len(theirs) > 1 or _share_a_surname(of, who)
    known = set().union(*names)
    return theirs <= known and (len(theirs) > 1 or _share_a_surname(of, who))


def _share_a_surname(one: Patient, other: Patient) -> bool:
    return bool(_surnames(one) & _surnames(other))


def _surnames(patient: Patient) -> set[str]:
    return {words[-1] for words in _names(patient) if len(words) > 1}


def _names(patient: Patient) -> Iterable[list[str]]:
    return (fold(name).split() for name in (patient.name, *patient.former_names))
