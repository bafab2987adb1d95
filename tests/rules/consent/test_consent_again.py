"""What is to be asked again comes up on its day, and nobody who said no is asked out of turn."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.consent_shown import AskAgain, AskWhy
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.rules.consent.consent_again import to_ask_again
from rapportdesk.rules.visibility import Known
from tests.rules.invented import GWEN, MOTHER, TODAY, ago, consent, person

KEEP = Covers.KEEP_NOTES
DAY = dt.timedelta(days=1)
CHILD = person(people=(GWEN, MOTHER), birth_date=dt.date(2015, 3, 14))


def due(*events: ConsentEvent, today: dt.date = TODAY, patient: object = CHILD) -> list[tuple[AskWhy, dt.date]]:
    known = Known(patient=patient, consents=events)  # type: ignore[arg-type]  # an invented patient
    return [(each.why, each.since) for each in to_ask_again(known, today, guardian_until=16)]


@pytest.mark.parametrize(
    ("event", "why", "day"),
    [
        (consent(KEEP, ask_again_on=TODAY), AskWhy.DAY_CAME, TODAY),
        (consent(KEEP, valid_until=TODAY - DAY), AskWhy.EXPIRED, TODAY),
        (consent(KEEP, ConsentStatus.REJECTED, ask_again_on=TODAY), AskWhy.SAID_NO_LONG_AGO, TODAY),
        (consent(KEEP, ConsentStatus.INACTIVE, ask_again_on=TODAY), AskWhy.DAY_CAME, TODAY),
        (consent(KEEP, given_by="mother", ask_again_on=TODAY), AskWhy.SOMEONE_ELSE, TODAY),
        (consent(KEEP, ConsentStatus.PROPOSED, given_by="gwen", ask_again_on=TODAY), AskWhy.SOMEONE_ELSE, TODAY),
        (consent(Covers.FEEDBACK, ask_again_on=TODAY), AskWhy.DAY_CAME, TODAY),
    ],
)
def test_each_comes_up_on_its_day_and_not_before(event: ConsentEvent, why: AskWhy, day: dt.date) -> None:
    assert due(event, today=day) == [(why, day)]
    assert due(event, today=day - DAY) == []
    assert due(event, today=day + 40 * DAY) == [(why, day)]


def test_a_no_to_notes_comes_up_after_twelve_months_and_a_no_to_anything_else_only_where_a_day_was_named() -> None:
    no = consent(KEEP, ConsentStatus.REJECTED, days=365)
    assert due(no) == [(AskWhy.SAID_NO_LONG_AGO, TODAY)]
    assert due(replace(no, recorded_at=ago(364))) == []
    assert due(consent(Covers.FEEDBACK, ConsentStatus.REJECTED, days=800)) == []


def test_what_was_taken_back_is_left_in_peace() -> None:
    assert due(consent(KEEP), consent(KEEP, ConsentStatus.INACTIVE, days=50)) == []


def test_a_parents_yes_comes_up_on_the_birthday() -> None:
    given = consent(KEEP, given_by="mother")
    sixteen = dt.date(2031, 3, 14)
    assert due(given, today=sixteen - DAY) == []
    assert due(given, today=sixteen + 3 * DAY) == [(AskWhy.DECIDES_THEMSELF, sixteen)]
    leap = person(people=(MOTHER,), birth_date=dt.date(2016, 2, 29))
    assert due(given, today=dt.date(2032, 3, 5), patient=leap) == [(AskWhy.DECIDES_THEMSELF, dt.date(2032, 2, 29))]


def test_an_attorneys_yes_comes_up_on_the_day_after_the_authority_ended() -> None:
    attorney = RelatedPerson(id="elif", name="Elif", authority=Authority.ATTORNEY, authority_until=TODAY - DAY)
    assert due(consent(KEEP, given_by="elif"), patient=person(people=(attorney,))) == [(AskWhy.DECIDES_THEMSELF, TODAY)]


def test_talking_with_somebody_unsafe_is_asked_again_alone_until_it_has_been() -> None:
    before, after = (consent(Covers.TALK_WITH, person="gwen", days=days) for days in (9, 1))
    unsafe = person(people=(replace(GWEN, unsafe_since=ago(5)),))
    assert to_ask_again(Known(patient=unsafe, consents=(before,)), TODAY, guardian_until=16) == (
        AskAgain(covers=Covers.TALK_WITH, person="gwen", why=AskWhy.UNSAFE, since=ago(5).date(), alone=True),
    )
    assert due(before, after, patient=unsafe) == [(AskWhy.UNSAFE, ago(5).date())]
    assert due(before, replace(after, alone=True), patient=unsafe) == []
    no = consent(Covers.TALK_WITH, ConsentStatus.REJECTED, days=1, person="gwen")
    assert due(before, no, patient=unsafe) == []
    assert due(before, patient=person(people=(GWEN,))) == []


def test_the_longest_due_comes_first_and_nobody_asks_after_a_death() -> None:
    events = (consent(KEEP, ask_again_on=TODAY), consent(Covers.REVIEW, ask_again_on=TODAY - DAY))
    assert [since for _why, since in due(*events)] == [TODAY - DAY, TODAY]
    assert due(*events, patient=replace(CHILD, deceased=True)) == []
