"""When a life event is, read off its own words: "Wedding anniversary, 22 May", "Huw’s day, 4 May 2025".

A day gone by comes back every year, and so does one whose words say so; any other is once. A time of day alone is no
day in somebody's life.
"""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.model.names import fold
from rapportdesk.model.note import NoteKind
from rapportdesk.rules.wording.spoken_dates import find_date


def when_it_is(kind: NoteKind, text: str, today: dt.date) -> tuple[dt.date | None, bool]:
    """Return the day of a life event and whether it recurs yearly; None for another kind or without a day.

    Args:
        kind: The note's heading.
        text: The note's words.
        today: The local date, from which a day without a year is the next that comes.
    """
    found = find_date(text, today) if kind is NoteKind.LIFE_EVENT else None
    if found is None or found.time is not None:
        return None, False
    said, yearly = fold(text), _("every year, yearly, anniversary, birthday")
    return found.day, found.day < today or any(fold(word) in said for word in yearly.split(",") if word.strip())
