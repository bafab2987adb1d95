"""Whoever rings hears what the patient agreed to and nothing else; every no sounds the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.communication import Check, Speaker
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, Patient, RelatedPerson
from rapportdesk.model.staff import Viewer
from rapportdesk.rules.known import Known
from rapportdesk.rules.reach.reach_call import compose_call, nothing_to_say, proved, what_may_be_said
from rapportdesk.rules.visibility import Seen, see
from tests.rules.invented import CLINICIAN, GWEN, MANAGER, MOTHER, NOW, RECEPTION, ago, agreed, consent, person

BOTH = (Check.BIRTH_DATE, Check.POSTCODE_OR_NUMBER)
VIEWERS = st.sampled_from((RECEPTION, CLINICIAN, MANAGER))
CHECKS = st.sets(st.sampled_from(list(Check))).map(tuple)
SPEAKERS = st.sampled_from([(Speaker.PATIENT, ""), (Speaker.RELATED, "gwen"), (Speaker.SOMEBODY_ELSE, "")])


def seen(patient: Patient, *events: Any, viewer: Viewer = RECEPTION) -> Seen:
    """What is seen of somebody who agreed to notes and said `events` about others."""
    return see(Known(patient=patient, consents=(*agreed(), *events)), viewer, None, NOW)


def talk(status: ConsentStatus = ConsentStatus.ACTIVE, days: float = 10, who: str = "gwen") -> Any:
    return consent(Covers.TALK_WITH, status, days, person=who)


NO = {
    "refused": (talk(ConsentStatus.REJECTED),),
    "taken back": (talk(days=20), talk(ConsentStatus.INACTIVE)),
    "never asked": (),
}


def every_no(person_of_theirs: RelatedPerson) -> dict[str, Seen]:
    """Every way in which nothing may be said, with the same patient otherwise."""
    known = person(people=(person_of_theirs,))
    made = {name: seen(known, *events) for name, events in NO.items()}
    return {**made, "not on the card": seen(person())}


@given(speaker=SPEAKERS, checks=CHECKS, hears=st.text(max_size=20), viewer=VIEWERS)
def test_refused_taken_back_never_asked_and_unknown_are_the_same_to_the_last_sign(
    speaker: tuple[Speaker, str], checks: tuple[Check, ...], hears: str, viewer: Viewer
) -> None:
    gwen = RelatedPerson(id="gwen", name="Gwen", relation="daughter", may_hear=hears, often_with=True)
    answers = {
        name: (compose_call(each), what_may_be_said(each, *speaker, checks)) for name, each in every_no(gwen).items()
    }
    assert len(set(answers.values())) == 1


@given(checks=CHECKS, who=st.sampled_from([Speaker.RELATED, Speaker.SOMEBODY_ELSE]))
def test_what_is_said_to_them_is_the_sentence_that_discloses_nothing(checks: tuple[Check, ...], who: Speaker) -> None:
    for each in every_no(GWEN).values():
        answer = what_may_be_said(each, who, "gwen", checks)
        assert not answer.may_talk
        assert answer.sentence == nothing_to_say()
        assert "Gwen" not in answer.sentence
        assert "Nia" not in answer.sentence


def test_control_somebody_who_may_hear_something_is_offered_by_name_and_hears_that() -> None:
    agreed_to = seen(person(people=(GWEN,)), talk())
    assert [caller.words for caller in compose_call(agreed_to).callers] == ["Gwen, daughter"]
    answer = what_may_be_said(agreed_to, Speaker.RELATED, "gwen", BOTH)
    assert answer.may_talk
    assert answer.sentence == "Gwen may hear about appointments, nothing else."
    assert what_may_be_said(agreed_to, Speaker.SOMEBODY_ELSE, "", BOTH).sentence == nothing_to_say()


@given(speaker=SPEAKERS, checks=CHECKS)
def test_nothing_is_said_to_whoever_has_not_proved_who_they_are(
    speaker: tuple[Speaker, str], checks: tuple[Check, ...]
) -> None:
    agreed_to = seen(person(people=(GWEN,)), talk())
    answer = what_may_be_said(agreed_to, *speaker, checks)
    if answer.may_talk:
        assert proved(agreed_to.patient, checks)
        assert speaker[0] is not Speaker.SOMEBODY_ELSE


@pytest.mark.parametrize(
    ("point", "enough"),
    [
        (ContactPoint(system=ContactSystem.PHONE, value="1"), True),
        (ContactPoint(system=ContactSystem.PHONE, value="1", shared_with="Huw"), False),
        (ContactPoint(system=ContactSystem.PHONE, value="1", safety=ContactSafety.UNSAFE), False),
        (ContactPoint(system=ContactSystem.SMS, value="1"), False),
    ],
)
def test_ringing_back_proves_it_on_a_number_that_is_theirs_alone(point: ContactPoint, enough: bool) -> None:
    assert proved(person(contact_points=(point,)), (Check.CALL_BACK,)) is enough
    assert proved(person(contact_points=(point,)), (Check.CALL_BACK, Check.BIRTH_DATE))


@pytest.mark.parametrize(
    "patient",
    [
        person(people=(RelatedPerson(id="gwen", name="Gwen", authority=Authority.BARRED),)),
        person(people=(RelatedPerson(id="gwen", name="Gwen", deceased=True),)),
        person(people=(RelatedPerson(id="gwen", name="Gwen", unsafe_since=ago(1)),)),
        person(people=(GWEN,), deceased=True),
    ],
    ids=("barred", "dead", "not safe for them", "the patient has died"),
)
def test_a_yes_from_before_does_not_count_for(patient: Patient) -> None:
    view = seen(patient, talk())
    assert compose_call(view).callers == ()
    assert what_may_be_said(view, Speaker.RELATED, "gwen", tuple(Check)).sentence == nothing_to_say()


def test_who_has_authority_is_told_nothing_until_the_patient_was_asked() -> None:
    view = seen(person(people=(MOTHER,)))
    assert what_may_be_said(view, Speaker.RELATED, "mother", BOTH).sentence == nothing_to_say()


def test_nobody_hears_anything_once_the_notes_were_taken_back() -> None:
    view = seen(person(people=(GWEN,)), talk(), consent(Covers.KEEP_NOTES, ConsentStatus.INACTIVE, 1))
    assert compose_call(view).callers == ()
    assert not what_may_be_said(view, Speaker.RELATED, "gwen", BOTH).may_talk


def test_the_patient_is_talked_with_once_two_things_were_asked() -> None:
    view = seen(person())
    assert what_may_be_said(view, Speaker.PATIENT, "", BOTH).may_talk
    assert not what_may_be_said(view, Speaker.PATIENT, "", BOTH[:1]).may_talk
