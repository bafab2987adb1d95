"""Days to be glad or gentle about when somebody comes: a birthday, the day somebody of theirs died.

Only what `see` shows is spoken of, so a bereavement that is for clinicians alone leaves no trace. Whoever has died is
never congratulated, and nobody is who asked us not to.
"""

import datetime as dt
from collections.abc import Iterator

from rapportdesk.language import _, ngettext
from rapportdesk.model.names import fold
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import RelatedPerson
from rapportdesk.rules.card.needs import short
from rapportdesk.rules.visibility import Seen, SeenNote
from rapportdesk.rules.wording.wording import age_words, day_words

NEAR = 3
"""So many days before and after an anniversary count as it."""
FRESH = 60
"""For so many days after a death it is said at every visit."""


def days_to_mind(seen: Seen, day: dt.date) -> tuple[str, ...]:
    """Return in a few words each what a day means to somebody who comes on it.

    Args:
        seen: What the viewer may be shown of them.
        day: The local day of the visit.
    """
    if seen.patient.deceased:
        return ()
    return (*_birthday(seen, day), *_losses(seen, day), *_life_events(seen, day))


def anniversary(of: dt.date, near: dt.date) -> dt.date | None:
    """Return the yearly return of a day that lies within `NEAR` days of another; None when none does.

    The 29th of February returns on the 1st of March where there is none, as ages are reckoned.
    """
    for year in (near.year - 1, near.year, near.year + 1):
        if not dt.MINYEAR <= year <= dt.MAXYEAR:
            continue
        try:
            back = of.replace(year=year)
        except ValueError:
            back = dt.date(year, 3, 1)
        if abs((back - near).days) <= NEAR and back > of:
            return back
    return None


def _birthday(seen: Seen, day: dt.date) -> Iterator[str]:
    born = seen.patient.birth_date
    if born is None or anniversary(born, day) != day or _asked_not_to(seen):
        return
    yield _("birthday")


def _asked_not_to(seen: Seen) -> bool:
    word = fold(_("birthday"))
    said = (each for each in seen.notes if each.note.kind is NoteKind.PLEASE_DONT or each.decision.as_please_dont)
    return any(word in fold(each.note.text) for each in said)


def _losses(seen: Seen, day: dt.date) -> Iterator[str]:
    for person in seen.people:
        if not person.deceased or person.deceased_on is None:
            continue
        if words := _loss_words(person, person.deceased_on, day):
            yield words


def _loss_words(person: RelatedPerson, died: dt.date, day: dt.date) -> str:
    back = anniversary(died, day)
    if back is not None:
        years = back.year - died.year
        return ngettext(
            "{name} died {count} year ago, {day}", "{name} died {count} years ago, {day}", years
        ).format(name=person.name, count=years, day=day_words(back, back))  # fmt: skip
    if 0 <= (day - died).days <= FRESH:
        return _("{name} died {age}").format(name=person.name, age=age_words(died, day))
    return ""


def _life_events(seen: Seen, day: dt.date) -> Iterator[str]:
    bereavements = {each.topic.handle for each in seen.subjects if each.topic.code.casefold() == "bereavement"}
    for each in seen.notes:
        if each.note.kind is not NoteKind.LIFE_EVENT or not _falls_on(each.note, day):
            continue
        if each.note.topic in bereavements:
            yield _("a day of mourning")
        elif words := _said_freely(each):
            yield words


def _falls_on(note: Note, day: dt.date) -> bool:
    if note.occurs_on is None:
        return False
    if abs((note.occurs_on - day).days) <= NEAR:
        return True
    return note.recurs_yearly and anniversary(note.occurs_on, day) is not None


def _said_freely(seen: SeenNote) -> str:
    """Return the event in short, but not where it is to be asked about first, or left alone."""
    held_back = seen.decision.asking_sentence or seen.decision.as_please_dont or seen.decision.confirm
    return "" if held_back else short(seen.note.text) or _("a day that matters, see card")
