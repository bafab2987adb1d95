"""Birthdays are for the living who want them; a bereavement is said gently, near its day, to those who may know."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import RelatedPerson
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.rules.today.days import NEAR, anniversary, days_to_mind
from rapportdesk.rules.visibility import Known, see
from tests.rules.invented import CLINICIAN, NOW, RECEPTION, TODAY, agreed, handle, note, person, topic
from tests.rules.worlds import known as any_known
from tests.rules.worlds import moments

BORN_TODAY = dt.date(1958, 11, 20)


def said(
    *notes: Note, topics: tuple[TopicPermission, ...] = (), consented: bool = True, day: dt.date = TODAY, **who: object
) -> tuple[str, ...]:
    consents = agreed() if consented else ()
    patient = person(**who)  # type: ignore[arg-type]  # fields of a patient
    known = Known(patient=patient, notes=notes, topics=topics, consents=consents)
    return days_to_mind(see(known, RECEPTION, None, NOW), day)


def huw(died: dt.date | None, *, deceased: bool = True) -> RelatedPerson:
    return RelatedPerson(id="huw", name="Huw", relation="husband", deceased=deceased, deceased_on=died)


def test_a_birthday_is_said_on_its_day_and_to_nobody_who_has_died() -> None:
    assert said(birth_date=BORN_TODAY) == ("birthday",)
    assert said(birth_date=BORN_TODAY + dt.timedelta(days=1)) == ()
    assert said(birth_date=BORN_TODAY, deceased=True) == ()
    assert said(birth_date=TODAY) == (), "the day of birth itself is none"


def test_a_birthday_is_not_said_where_they_asked_us_not_to() -> None:
    dont = note(NoteKind.PLEASE_DONT, "No birthday wishes: Jehovah’s Witness", boundary=True)
    assert said(dont, birth_date=BORN_TODAY) == ()
    other = note(NoteKind.PLEASE_DONT, "Never Mrs", boundary=True)
    assert said(other, birth_date=BORN_TODAY) == ("birthday",)


@pytest.mark.parametrize(
    ("died", "words"),
    [
        (TODAY.replace(year=2025), ("Huw died 1 year ago, 20 November",)),
        (dt.date(2023, 11, 22), ("Huw died 3 years ago, 22 November",)),
        (TODAY - dt.timedelta(days=14), ("Huw died 2 weeks ago",)),
        (TODAY - dt.timedelta(days=100), ()),
        (None, ()),
    ],
)
def test_a_death_is_said_near_its_day_each_year_and_while_it_is_fresh(
    died: dt.date | None, words: tuple[str, ...]
) -> None:
    assert said(people=(huw(died),)) == words
    assert said(people=(huw(died, deceased=False),)) == ()


def test_a_loss_rests_on_consent_as_notes_do() -> None:
    assert said(people=(huw(TODAY.replace(year=2025)),), consented=False) == ()


def mourning(**fields: object) -> Note:
    made = {"occurs_on": dt.date(2020, 11, 21), "recurs_yearly": True, "topic": handle("bereavement"), **fields}
    return note(NoteKind.LIFE_EVENT, "Their son’s day", **made)  # type: ignore[arg-type]  # fields of a note


def test_a_bereavement_named_to_everyone_is_a_day_of_mourning_and_nothing_more_is_said() -> None:
    everyone = topic("bereavement", Permission.ASK_FIRST)
    assert said(mourning(), topics=(everyone,)) == ("a day of mourning",)
    assert said(mourning(recurs_yearly=False), topics=(everyone,)) == ()


def test_a_bereavement_named_to_clinicians_is_in_no_row() -> None:
    sealed = topic("bereavement", Permission.ASK_FIRST, name_for=Audience.CLINICIANS)
    assert said(mourning(), topics=(sealed,)) == ()
    assert said(mourning(audience=Audience.CLINICIANS), topics=(topic("bereavement", Permission.WELCOME),)) == ()


def test_another_day_in_their_life_is_said_unless_it_is_to_be_asked_about_first() -> None:
    wedding = note(NoteKind.LIFE_EVENT, "Wedding day", occurs_on=dt.date(1980, 11, 20), recurs_yearly=True)
    assert said(wedding) == ("Wedding day",)
    long = note(NoteKind.LIFE_EVENT, "The day the whole family came home again", occurs_on=TODAY)
    assert said(long) == ("a day that matters, see card",)
    asked = note(NoteKind.LIFE_EVENT, "Court day", occurs_on=TODAY, topic=handle("money"))
    assert said(asked, topics=(topic("money", Permission.ASK_FIRST),)) == ()


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_an_anniversary_lies_near_and_after_its_day(of: dt.date, near: dt.date) -> None:
    back = anniversary(of, near)
    assert back is None or (abs((back - near).days) <= NEAR and back > of)
    if (of.month, of.day) == (near.month, near.day) and near > of:
        assert back == near


def test_a_leap_day_returns_on_the_first_of_march() -> None:
    assert anniversary(dt.date(2000, 2, 29), dt.date(2026, 3, 1)) == dt.date(2026, 3, 1)


@given(any_known(), moments())
def test_nobody_who_has_died_is_ever_congratulated(known: Known, now: dt.datetime) -> None:
    for viewer in (RECEPTION, CLINICIAN):
        seen = see(known, viewer, None, now)
        words = days_to_mind(seen, now.date())
        assert not (known.patient.deceased and words)
