"""Whole patients for properties: several notes, topics, promises and consents of every kind, drawn together.

Each thing is one drawn number, read digit by digit as a choice from each column: thousands of patients in seconds.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from math import prod
from typing import Any, TypeVar

from hypothesis import strategies as st

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.note import Audience, Note, NoteKind, NoteStatus, PreferenceArea
from rapportdesk.model.patient import Patient
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
DAYS = (None, *(TODAY + dt.timedelta(days=days) for days in (-3, -1, 0, 1, 3)))
COMPANIES: st.SearchStrategy[Company] = st.sampled_from([None, ALONE, WITH_GWEN, frozenset({"mother", "stranger"})])
CODES = ("money", "bereavement", "SEX", "gardens")
BORN = (None, dt.date(1958, 3, 14), dt.date(2009, 3, 14), dt.date(2015, 3, 14))
MOSTLY_ACTIVE = (NoteStatus.ACTIVE,) * 6 + tuple(NoteStatus)
TEXTS = ("leeks", "window chair", "never Mrs", "a longer text, with a comma")


def choices(make: Callable[..., T], *columns: Sequence[Any]) -> st.SearchStrategy[T]:
    """Draw one value of each column and make something of them."""

    def chosen(number: int) -> T:
        values = []
        for column in columns:
            number, index = divmod(number, len(column))
            values.append(column[index])
        return make(*values)

    return st.integers(0, prod(map(len, columns)) - 1).map(chosen)


def _note(
    kind: NoteKind, text: str, days: int, audience: Audience, code: str | None, boundary: bool, status: NoteStatus,
    review: dt.date | None, quote: bool, area: PreferenceArea | None,
) -> Note:  # fmt: skip
    return note(
        kind,
        f"{text} {fresh_id()}",
        days=days,
        audience=audience,
        topic=None if code is None else handle(code),
        boundary=kind is NoteKind.PLEASE_DONT and boundary,
        status=status,
        review_after=review,
        quote=quote,
        preference_area=area,
    )


def _topic(
    code: str, permission: Permission | None, audience: Audience, valid_from: dt.date | None, until: dt.date | None
) -> TopicPermission:
    person = "gwen" if permission is Permission.NOT_IN_FRONT_OF else ""
    return topic(code, permission, name_for=audience, person=person, valid_from=valid_from, valid_until=until)


def _consent(
    covers: Covers, status: ConsentStatus, days: int, reason: InactiveReason | None, given_by: str,
    valid_from: dt.date | None, until: dt.date | None,
) -> ConsentEvent:  # fmt: skip
    return consent(
        covers,
        status,
        days=days,
        person="gwen" if covers is Covers.TALK_WITH else "",
        inactive_reason=reason,
        given_by=given_by,
        valid_from=valid_from,
        valid_until=until,
    )


def _task(audience: Audience, status: TaskStatus, due: dt.date | None) -> Task:
    return task(f"ring {fresh_id()}", audience=audience, status=status, due=due)


def _patient(birth_date: dt.date | None, deceased: bool) -> Patient:
    return person(people=(GWEN, MOTHER), birth_date=birth_date, deceased=deceased)


def _known(
    patient: Patient,
    notes: list[Note],
    said: list[ConsentEvent],
    agreed_before: int,
    topics: list[TopicPermission],
    tasks: list[Task],
) -> Known:
    before = agreed()[:agreed_before]
    return Known(
        patient=patient,
        notes=tuple(notes),
        consents=(*before, *said),
        topics=tuple({each.code: each for each in topics}.values()),
        tasks=tuple(tasks),
    )


NOTES = choices(
    _note, tuple(NoteKind), TEXTS, (0, 3, 40, 900), tuple(Audience), (None, None, "unheard-of", *CODES), (True, False),
    MOSTLY_ACTIVE, DAYS, (True, False), (None, *PreferenceArea),
)  # fmt: skip
TOPICS = choices(_topic, CODES, (None, *Permission), tuple(Audience), DAYS, DAYS)
CONSENTS = choices(
    _consent,
    (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS, Covers.TALK_WITH),
    (ConsentStatus.ACTIVE, ConsentStatus.ACTIVE, *ConsentStatus),
    (-2, -1, 0, 1, 2, 5),
    (None, *InactiveReason),
    ("", "", "", "gwen", "mother", "stranger"),
    (None, *DAYS),
    (None, *DAYS),
)
TASKS = choices(_task, tuple(Audience), tuple(TaskStatus), DAYS)
PATIENTS = choices(_patient, BORN, (False, False, False, True))


def known() -> st.SearchStrategy[Known]:
    """Draw a patient of whom most have agreed to something, so that most of the table is reached."""
    return st.builds(
        _known,
        PATIENTS,
        st.lists(NOTES, min_size=1, max_size=4),
        st.lists(CONSENTS, max_size=2),
        st.sampled_from([2, 2, 2, 1, 0]),
        st.lists(TOPICS, max_size=3),
        st.lists(TASKS, max_size=1),
    )


def moments() -> st.SearchStrategy[dt.datetime]:
    """Draw moments around `NOW`, days before and after."""
    return st.integers(-6, 6).map(lambda days: NOW + dt.timedelta(days=days))
