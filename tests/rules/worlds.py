"""Whole patients for properties: several notes, topics, promises and consents of every kind, drawn together.

A patient is drawn as a string of bytes, each of which chooses one thing: thousands of patients in seconds, and one that
fails shrinks towards zeros, which choose the plainest.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.note import Audience, Note, NoteKind, NoteStatus, PreferenceArea
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.rules.visibility import Company, Known
from tests.rules.invented import (
    ALONE,
    GWEN,
    MOTHER,
    NOW,
    TODAY,
    WITH_GWEN,
    agreed,
    consent,
    fresh_id,
    handle,
    note,
    person,
    task,
    topic,
)

T = TypeVar("T")
BYTES = 98
DAYS = (None, *(TODAY + dt.timedelta(days=days) for days in (-3, -1, 0, 1, 3)))
COMPANIES: st.SearchStrategy[Company] = st.sampled_from([None, ALONE, WITH_GWEN, frozenset({"mother", "stranger"})])
CODES = ("money", "bereavement", "SEX")
BORN = (None, dt.date(1958, 3, 14), dt.date(2009, 3, 14), dt.date(2015, 3, 14))
MOSTLY_ACTIVE = (NoteStatus.ACTIVE,) * 6 + tuple(NoteStatus)
PERMISSIONS = (None, *Permission, Permission.CLINICIAN_ONLY, Permission.PRIVATE_ROOM)
WITHDRAWN = ((),) * 5 + ((consent(Covers.KEEP_NOTES, ConsentStatus.INACTIVE, days=0.5),),)
TEXTS = ("leeks", "window chair", "never Mrs", "a longer text, with a comma")


class _Chooser:
    """Reads one byte for each choice."""

    def __init__(self, drawn: bytes) -> None:
        self._left = iter(drawn)

    def of(self, options: Sequence[T]) -> T:
        return options[next(self._left) % len(options)]

    def some(self, make: Callable[["_Chooser"], T], counts: Sequence[int]) -> tuple[T, ...]:
        return tuple(make(self) for _ in range(self.of(counts)))


def _note(choose: _Chooser) -> Note:
    kind, code = choose.of(tuple(NoteKind)), choose.of((None, "unheard-of", *CODES))
    return note(
        kind,
        f"{choose.of(TEXTS)} {fresh_id()}",
        days=choose.of((0, 3, 40, 900)),
        audience=choose.of(tuple(Audience)),
        topic=None if code is None else handle(code),
        boundary=choose.of((True, False)) and kind is NoteKind.PLEASE_DONT,
        status=choose.of(MOSTLY_ACTIVE),
        review_after=choose.of(DAYS),
        quote=choose.of((False, True)),
        preference_area=choose.of((None, *PreferenceArea)),
    )


def _topic(choose: _Chooser) -> TopicPermission:
    permission = choose.of(PERMISSIONS)
    return topic(
        choose.of(CODES),
        permission,
        name_for=choose.of(tuple(Audience)),
        person="gwen" if permission is Permission.NOT_IN_FRONT_OF else "",
        valid_from=choose.of(DAYS),
        valid_until=choose.of(DAYS),
    )


def _consent(choose: _Chooser) -> ConsentEvent:
    covers = choose.of((Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS, Covers.TALK_WITH))
    return consent(
        covers,
        choose.of((ConsentStatus.ACTIVE, ConsentStatus.ACTIVE, *ConsentStatus)),
        days=choose.of((-2, -1, 0, 1, 2, 5)),
        person="gwen" if covers is Covers.TALK_WITH else "",
        inactive_reason=choose.of((None, *InactiveReason)),
        given_by=choose.of(("", "", "", "gwen", "mother", "stranger")),
        valid_from=choose.of((None, *DAYS)),
        valid_until=choose.of((None, *DAYS)),
    )


def _task(choose: _Chooser) -> Task:
    code = choose.of((None, "unheard-of", *CODES))
    return task(
        f"ring {fresh_id()}",
        topic=None if code is None else handle(code),
        audience=choose.of(tuple(Audience)),
        status=choose.of(tuple(TaskStatus)),
        due=choose.of(DAYS),
    )


def _known(drawn: bytes) -> Known:
    """Return a patient; most have agreed to something, so that most of the table is reached."""
    choose = _Chooser(drawn)
    patient = person(people=(GWEN, MOTHER), birth_date=choose.of(BORN), deceased=choose.of((False, False, False, True)))
    topics = choose.some(_topic, (3, 2, 1, 0))
    return Known(
        patient=patient,
        consents=(
            *agreed()[: choose.of((2, 2, 2, 1, 0))],
            *choose.some(_consent, (0, 0, 1, 2)),
            *choose.of(WITHDRAWN),
        ),
        topics=tuple({each.code: each for each in topics}.values()),
        tasks=choose.some(_task, (0, 1)),
        notes=choose.some(_note, (1, 2, 3, 4)),
    )


def known() -> st.SearchStrategy[Known]:
    """Draw everything that is known of one patient."""
    return st.binary(min_size=BYTES, max_size=BYTES).map(_known)


def moments() -> st.SearchStrategy[dt.datetime]:
    """Draw moments around `NOW`, days before and after."""
    return st.integers(-6, 6).map(lambda days: NOW + dt.timedelta(days=days))
