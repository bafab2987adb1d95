"""The answer to "who looked?" is made of the lines that may be told, and of nothing else.

Not of how many others there are, not of where they stand between those told, not of when they were.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import groupby

from rapportdesk.model.audit import AuditEvent, Outcome
from rapportdesk.model.identity import PatientId
from rapportdesk.model.looked import LookedDay, LookedLine, WhoLooked
from rapportdesk.rules.rights.audit_words import words_of


def told(event: AuditEvent, *, whole: bool) -> bool:
    """Return whether a line may be told: everything to who may know the whole, else what reception could know."""
    return whole or not event.clinicians_only


def who_looked(
    patient: PatientId,
    events: Iterable[AuditEvent],
    local: Callable[[dt.datetime], dt.datetime],
    *,
    whole: bool = False,
    each: bool = False,
) -> WhoLooked:
    """Return the answer for one patient.

    Args:
        patient: Whose record.
        events: In any order; lines of others, and lines that may not be told, are left out here.
        local: Brings a moment into the practice's zone.
        whole: With what is between the patient and the clinicians.
        each: Every line by itself; otherwise what one person did again on one day stands in one line.
    """
    wanted = [event for event in events if event.patient == patient and told(event, whole=whole)]
    moments = sorted(((local(event.at), event) for event in wanted), key=lambda pair: pair[0])
    days = [
        LookedDay(day=day, lines=_lines(list(of_day), each=each))
        for day, of_day in groupby(moments, key=lambda pair: pair[0].date())
    ]
    return WhoLooked(patient=patient, days=tuple(reversed(days)), whole=whole)


def _lines(of_day: list[tuple[dt.datetime, AuditEvent]], *, each: bool) -> tuple[LookedLine, ...]:
    groups: dict[tuple[object, ...], list[tuple[dt.datetime, AuditEvent]]] = {}
    for at, event in of_day:
        alike: tuple[object, ...] = (event.who, event.who_name, event.roles, words_of(event), event.outcome)
        groups.setdefault((*alike, len(groups)) if each else alike, []).append((at, event))
    return tuple(_line(group) for group in groups.values())


def _line(group: list[tuple[dt.datetime, AuditEvent]]) -> LookedLine:
    event = group[0][1]
    minutes = dict.fromkeys(at.time().replace(second=0, microsecond=0) for at, _event in group)
    return LookedLine(
        times=tuple(minutes),
        who=event.who_name,
        roles=frozenset(event.roles),
        words=words_of(event),
        failed=event.outcome is Outcome.FAILURE,
    )
