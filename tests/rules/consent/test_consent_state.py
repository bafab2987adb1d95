"""The newest event in force decides, and whatever is in doubt does not permit."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_state import ask_again_from, consent_moment, keep_state, state
from rapportdesk.rules.consent.consent_words import to_ask
from rapportdesk.rules.visibility import Known
from tests.rules.invented import GWEN, MOTHER, NOW, TODAY, ago, consent, person

KEEP = Covers.KEEP_NOTES
DAY = dt.timedelta(days=1)
NIA = person(people=(GWEN, MOTHER), birth_date=dt.date(2015, 3, 14))


def keep(*events: ConsentEvent, today: dt.date = TODAY) -> KeepConsent:
    return keep_state(events, NIA, today)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), KeepConsent.NOT_ASKED),
        ((consent(KEEP),), KeepConsent.AGREED),
        ((consent(KEEP, ConsentStatus.REJECTED),), KeepConsent.REFUSED),
        ((consent(KEEP), consent(KEEP, ConsentStatus.INACTIVE, 1)), KeepConsent.WITHDRAWN),
        ((consent(KEEP, ConsentStatus.INACTIVE, 9), consent(KEEP, days=1)), KeepConsent.AGREED),
        ((consent(KEEP, valid_until=TODAY),), KeepConsent.AGREED),
        ((consent(KEEP, valid_until=TODAY - DAY),), KeepConsent.EXPIRED),
        ((consent(KEEP, valid_from=TODAY + DAY),), KeepConsent.NOT_ASKED),
        ((consent(KEEP, ConsentStatus.INACTIVE, inactive_reason=InactiveReason.EXPIRED),), KeepConsent.EXPIRED),
        ((consent(KEEP, ConsentStatus.INACTIVE, inactive_reason=InactiveReason.SUPERSEDED),), KeepConsent.NOT_ASKED),
        ((consent(KEEP), consent(KEEP, ConsentStatus.ENTERED_IN_ERROR, 1)), KeepConsent.NOT_ASKED),
        ((consent(KEEP, ConsentStatus.DRAFT),), KeepConsent.NOT_ASKED),
        ((consent(KEEP, ConsentStatus.PROPOSED),), KeepConsent.NOT_ASKED),
        ((consent(KEEP, ConsentStatus.PROPOSED, given_by="gwen"),), KeepConsent.SOMEONE_ELSE),
        ((consent(KEEP, given_by="gwen"),), KeepConsent.SOMEONE_ELSE),
        ((consent(KEEP, given_by="a stranger"),), KeepConsent.SOMEONE_ELSE),
        ((consent(KEEP, given_by="mother"),), KeepConsent.AGREED),
        ((consent(Covers.SHARE_WITH_CLINICIANS),), KeepConsent.NOT_ASKED),
        ((consent(Covers.TALK_WITH, person="gwen"),), KeepConsent.NOT_ASKED),
    ],
)
def test_where_the_consent_to_keep_notes_stands(events: tuple[ConsentEvent, ...], expected: KeepConsent) -> None:
    for order in permutations(events):
        assert keep(*order) is expected


def test_of_two_events_of_one_moment_the_stricter_counts() -> None:
    yes, no = consent(KEEP), consent(KEEP, ConsentStatus.INACTIVE)
    assert keep(yes, no) is keep(no, yes) is KeepConsent.WITHDRAWN


def test_an_agreement_to_come_does_not_yet_undo_a_no() -> None:
    later = consent(KEEP, days=1, valid_from=TODAY + DAY)
    assert keep(consent(KEEP, ConsentStatus.REJECTED), later) is KeepConsent.REFUSED
    assert keep(consent(KEEP, ConsentStatus.REJECTED), later, today=TODAY + DAY) is KeepConsent.AGREED


def test_a_guardians_consent_rests_from_the_birthday_on() -> None:
    given = (consent(KEEP, given_by="mother"),)
    sixteen = dt.date(2031, 3, 14)
    assert keep_state(given, NIA, sixteen - DAY) is KeepConsent.AGREED
    assert keep_state(given, NIA, sixteen) is KeepConsent.RESTING
    assert keep_state(given, NIA, sixteen, guardian_until=18) is KeepConsent.AGREED
    assert keep_state(given, replace(NIA, birth_date=None), TODAY) is KeepConsent.RESTING
    own = (*given, consent(KEEP, days=1))
    assert keep_state(own, NIA, sixteen) is KeepConsent.AGREED


def test_an_attorneys_consent_rests_when_the_authority_has_ended() -> None:
    def stands(**fields: object) -> KeepConsent:
        attorney = RelatedPerson(id="elif", name="Elif", authority=Authority.ATTORNEY, **fields)  # type: ignore[arg-type]  # its own fields
        patient = person(people=(attorney,))
        return keep_state((consent(KEEP, given_by="elif"),), patient, TODAY)

    assert stands() is KeepConsent.AGREED
    assert stands(authority_until=TODAY - DAY) is KeepConsent.RESTING
    assert stands(authority_from=TODAY + DAY) is KeepConsent.RESTING


def test_talking_with_each_person_is_asked_by_itself() -> None:
    events = (consent(Covers.TALK_WITH, person="gwen"), consent(KEEP))
    assert state(events, Covers.TALK_WITH, NIA, TODAY, person="gwen") is KeepConsent.AGREED
    assert state(events, Covers.TALK_WITH, NIA, TODAY, person="mother") is KeepConsent.NOT_ASKED
    assert state(events, Covers.VOICEMAIL, NIA, TODAY) is KeepConsent.NOT_ASKED


def test_the_clock_is_never_behind_the_newest_event() -> None:
    event = consent(KEEP, days=-2)
    assert consent_moment((event,), NOW) == ago(-2)
    assert consent_moment((event,), ago(-3)) == ago(-3)
    assert consent_moment((), NOW) == NOW


def test_where_the_newest_event_is_ahead_of_the_clock_things_end_by_its_day_and_begin_by_the_clocks() -> None:
    def keep_at(*events: ConsentEvent, clock: dt.datetime = NOW, nia: Patient = NIA) -> KeepConsent:
        return keep_state(events, nia, TODAY + 3 * DAY, clock=clock)

    to_come = consent(KEEP, days=5, valid_from=TODAY + DAY)
    said_ahead = consent(KEEP, days=-1, valid_from=TODAY + DAY)
    assert keep_at(consent(KEEP, valid_until=TODAY + DAY)) is KeepConsent.EXPIRED
    assert keep_at(to_come) is KeepConsent.NOT_ASKED
    assert keep_at(consent(KEEP), to_come) is KeepConsent.NOT_ASKED
    assert keep_at(consent(KEEP, ConsentStatus.REJECTED), to_come) is KeepConsent.REFUSED
    assert keep_at(to_come, clock=NOW + DAY) is keep_at(said_ahead) is KeepConsent.AGREED

    attorney = RelatedPerson(
        id="elif",
        name="Elif",
        authority=Authority.ATTORNEY,
        authority_from=TODAY + DAY,
        authority_until=TODAY + 3 * DAY,
    )
    nia = person(people=(attorney,))
    by_elif = consent(KEEP, given_by="elif")
    assert keep_at(by_elif, nia=nia) is KeepConsent.RESTING
    assert keep_at(by_elif, nia=nia, clock=NOW + DAY) is KeepConsent.AGREED


def test_the_day_of_a_recording_ahead_of_the_clock_is_the_practices() -> None:
    west = NOW.astimezone(dt.timezone(dt.timedelta(hours=-8)))
    said = replace(consent(KEEP, valid_from=TODAY + 2 * DAY), recorded_at=dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))
    assert keep_state((said,), NIA, TODAY + 3 * DAY, clock=NOW) is KeepConsent.AGREED
    assert keep_state((said,), NIA, TODAY + 3 * DAY, clock=west) is KeepConsent.NOT_ASKED


def test_somebody_who_said_no_is_left_in_peace_for_twelve_months() -> None:
    said_no = consent(KEEP, ConsentStatus.REJECTED, days=0)
    known = Known(patient=NIA, consents=(said_no,))
    assert ask_again_from(said_no) == dt.date(2027, 11, 20)
    later = NOW + dt.timedelta(days=364)
    assert to_ask(known, KeepConsent.REFUSED, 0, later) == (
        "Said no to notes on 20 November 2026. Don’t ask again before 20 November."
    )
    assert "may we write down" in to_ask(known, KeepConsent.REFUSED, 0, later + DAY)
    assert ask_again_from(replace(said_no, ask_again_on=TODAY)) == TODAY
    leap = replace(said_no, recorded_at=dt.datetime(2024, 2, 29, tzinfo=dt.UTC))
    assert ask_again_from(leap) == dt.date(2025, 3, 1)


def test_each_state_has_its_own_sentence_and_withdrawal_has_none() -> None:
    known = Known(patient=NIA)
    sentences = {keep: to_ask(known, keep, 0, NOW) for keep in KeepConsent if keep is not KeepConsent.REFUSED}
    assert sentences.pop(KeepConsent.WITHDRAWN) == ""
    assert len(set(sentences.values())) == len(sentences)
    assert all(sentences.values())
    assert to_ask(known, KeepConsent.AGREED, 2, NOW) == ""
    dead = Known(patient=replace(NIA, deceased=True))
    assert not any(to_ask(dead, keep, 0, NOW) for keep in KeepConsent)
