"""What was decided today holds until the next day on which anything that a decision depends on begins or ends.

So a decision may be kept beside a note and be right without being made again at every look; on that day, and whenever
something about the patient is written, it is made anew. Who is with the patient depends on no day and is no part of it.
"""

import datetime as dt
from collections.abc import Iterator

from rapportdesk.rules.known import Known

_ONE = dt.timedelta(days=1)


def holds_until(known: Known, today: dt.date, *, guardian_until: int) -> dt.date | None:
    """Return the first local day after `today` on which a decision about this patient may differ; None when none will.

    Args:
        known: Everything that the decisions were made from; as long as nothing of it is written anew.
        today: The local date of the recorded clock, which never decreases.
        guardian_until: The age at which a parent's consent ends.
    """
    return min((day for day in _turns(known, guardian_until) if day > today), default=None)


def _turns(known: Known, guardian_until: int) -> Iterator[dt.date]:
    periods = [(event.valid_from, event.valid_until) for event in known.consents]
    periods += [(topic.valid_from, topic.valid_until) for topic in known.topics]
    periods += [(person.authority_from, person.authority_until) for person in known.patient.people]
    periods += [(None, event.until) for event in known.rights]
    for begins, ends in periods:
        if begins is not None:
            yield begins
        if ends is not None and ends < dt.date.max:
            yield ends + _ONE
    born = known.patient.birth_date
    if born is not None and born.year + guardian_until <= dt.MAXYEAR:
        yield _birthday(born, born.year + guardian_until)


def _birthday(born: dt.date, year: int) -> dt.date:
    """Return the day in a year from which `Patient.age_on` counts one more."""
    try:
        return born.replace(year=year)
    except ValueError:  # 29 February
        return dt.date(year, 3, 1)
