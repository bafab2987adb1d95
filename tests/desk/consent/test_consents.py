"""Consent at the counter: only a yes permits, the newest answer decides, and no clock brings back what has ended."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.model.consent import ConsentStatus, Covers, Given
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from tests.desk.conftest import MORNING, Practice, add_nia

DAY = 86_400.0
TELLING = "Sings alto in the choir"


def readable(desk: Desk, patient: PatientId) -> bool:
    """Whether the note can be read on the card or found."""
    on_card = TELLING in str(desk.people.card_unrecorded(patient).blocks)
    assert bool(desk.search("alto").hits) == on_card
    return on_card


def with_person(desk: Desk, nia: PatientId, **about: object) -> str:
    """Give Nia a related person and return their id."""
    person = RelatedPerson(id="", name="Huw", **about)  # type: ignore[arg-type]  # each test's own fields
    return desk.people.update(replace(desk.people.get(nia), people=(person,))).people[0].id


def test_a_yes_is_one_sentence_for_two_purposes(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    assert ana.consents.keep(nia) is KeepConsent.NOT_ASKED
    assert "Nia" in ana.consents.sentence(nia)
    given = ana.consents.agree(nia)
    assert [event.covers for event in given] == [Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS]
    assert {event.words for event in ana.consents.of(nia)} == {ana.consents.sentence(nia)}
    assert {(event.where, event.recorded_by_name, event.status) for event in ana.consents.of(nia)} == {
        ("counter", "Ana Ruiz", ConsentStatus.ACTIVE)
    }
    assert ana.consents.keep(nia) is KeepConsent.AGREED


def test_after_a_no_nobody_asks_again_for_twelve_months(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk, agreed=False)
    sentence = desk.people.card(nia).to_ask
    assert "may we write down" in sentence
    desk.consents.refuse(nia)
    assert desk.consents.keep(nia) is KeepConsent.REFUSED
    with pytest.raises(ConsentNeeded):
        desk.notes.write(nia, TELLING, kind=NoteKind.HOBBY)
    assert "again" in desk.people.card(nia).to_ask
    practice.clock.move_on(364 * DAY)
    assert "may we write down" not in desk.people.card(nia).to_ask
    practice.clock.move_on(2 * DAY)
    assert desk.people.card(nia).to_ask == sentence
    assert desk.consents.keep(nia) is KeepConsent.REFUSED  # asked again is not answered yet


def test_a_no_after_a_yes_hides_at_once_and_the_newest_answer_decides(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.notes.write(nia, TELLING, kind=NoteKind.HOBBY)
    for answer, seen in ((ana.consents.refuse, False), (ana.consents.agree, True), (ana.consents.refuse, False)):
        answer(nia)  # all at the same standing moment
        assert readable(ana, nia) is seen
    assert len(ana.consents.of(nia)) == 6
    moments = [event.recorded_at for event in ana.consents.of(nia)]
    assert moments == sorted(moments)


def test_someone_without_authority_leaves_adjustments_alone(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    huw = with_person(ana, nia)
    (event,) = ana.consents.someone_else(nia, huw, MORNING.date() + dt.timedelta(days=30))
    assert (event.status, event.given_by) == (ConsentStatus.PROPOSED, huw)
    assert ana.consents.keep(nia) is KeepConsent.SOMEONE_ELSE
    with pytest.raises(ConsentNeeded):
        ana.notes.write(nia, TELLING, kind=NoteKind.HOBBY)
    ana.notes.write(nia, "Face her, left side", kind=NoteKind.ADJUSTMENT)
    assert "left side" in str(ana.people.card(nia).blocks)


@pytest.mark.parametrize("authority", [Authority.NONE, Authority.BARRED])
def test_somebody_barred_decides_nothing(ana: Desk, authority: Authority) -> None:
    nia = add_nia(ana, agreed=False)
    ana.consents.someone_else(nia, with_person(ana, nia, authority=authority), MORNING.date())
    assert ana.consents.keep(nia) is KeepConsent.SOMEONE_ELSE


@pytest.mark.parametrize("authority", [Authority.ATTORNEY, Authority.COURT_ORDER])
def test_someone_with_authority_agrees_until_it_ends(practice: Practice, authority: Authority) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk, agreed=False)
    until = MORNING.date() + dt.timedelta(days=10)
    huw = with_person(desk, nia, authority=authority, authority_proof="certified copy", authority_until=until)
    given = desk.consents.someone_else(nia, huw, until)
    assert {(event.given_by, event.authority_proof, event.ask_again_on) for event in given} == {
        (huw, "certified copy", until)
    }
    desk.notes.write(nia, TELLING, kind=NoteKind.HOBBY)
    practice.clock.move_on(10 * DAY)
    assert readable(desk, nia)
    practice.clock.move_on(DAY)
    assert desk.consents.keep(nia) is KeepConsent.RESTING
    assert not readable(desk, nia)


def test_authority_that_has_not_begun_or_has_ended_decides_nothing(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    tomorrow, yesterday = (MORNING.date() + dt.timedelta(days=days) for days in (1, -1))
    for period in ({"authority_from": tomorrow}, {"authority_until": yesterday}):
        huw = with_person(ana, nia, authority=Authority.ATTORNEY, **period)
        ana.consents.someone_else(nia, huw, tomorrow)
        assert ana.consents.keep(nia) is KeepConsent.SOMEONE_ELSE


def test_a_parents_yes_rests_from_the_sixteenth_birthday_until_the_young_person_is_asked(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    young = add_nia(desk, agreed=False)
    birthday = MORNING.date() + dt.timedelta(days=3)
    desk.people.update(replace(desk.people.get(young), birth_date=birthday.replace(year=birthday.year - 16)))
    parent = with_person(desk, young, authority=Authority.PARENTAL)
    desk.consents.someone_else(young, parent, birthday)
    desk.notes.write(young, TELLING, kind=NoteKind.HOBBY)
    practice.clock.move_on(2 * DAY)
    assert readable(desk, young)
    practice.clock.move_on(DAY)
    assert desk.consents.keep(young) is KeepConsent.RESTING
    assert not readable(desk, young)
    assert "until now somebody else agreed" in desk.people.card(young).to_ask
    desk.consents.agree(young)
    assert readable(desk, young)


def test_somebody_who_is_not_on_the_card_decides_nothing(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    with pytest.raises(NotFound):
        ana.consents.someone_else(nia, "nobody", MORNING.date())
    assert ana.consents.of(nia) == ()


def test_consent_ends_and_a_clock_that_runs_backwards_revives_nothing(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, TELLING, kind=NoteKind.HOBBY)
    tomorrow = MORNING.date() + dt.timedelta(days=1)
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, until=tomorrow, given=Given.SIGNED)
    practice.clock.move_on(DAY)
    assert readable(desk, nia)
    practice.clock.move_on(DAY)
    assert desk.consents.keep(nia) is KeepConsent.EXPIRED
    assert not readable(desk, nia)
    practice.clock.moment = MORNING - dt.timedelta(days=30)
    assert not readable(desk, nia)
    practice.reopen()
    for name in ("Ana Ruiz", "Dr Osei"):
        desk = practice.sign_in(name)
        assert desk.consents.keep(nia) is KeepConsent.EXPIRED
        assert not readable(desk, nia)
    assert desk.session().today() == MORNING.date() + dt.timedelta(days=2)


def test_a_withdrawal_under_a_clock_that_was_set_back_counts(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, TELLING, kind=NoteKind.HOBBY)
    practice.clock.moment = MORNING - dt.timedelta(days=400)
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert desk.consents.keep(nia) is KeepConsent.WITHDRAWN
    assert not readable(desk, nia)


@pytest.mark.parametrize(
    ("covers", "person"), [(Covers.TALK_WITH, ""), (Covers.KEEP_NOTES, "Gwen"), (Covers.PHONE, "Gwen")]
)
def test_a_person_is_named_for_talking_with_and_for_nothing_else(ana: Desk, covers: Covers, person: str) -> None:
    nia = add_nia(ana, agreed=False)
    with pytest.raises(BadInput):
        ana.consents.record(nia, covers, ConsentStatus.ACTIVE, person=person)
    assert ana.consents.of(nia) == ()


def test_consent_to_talk_with_somebody_is_kept_under_their_id_whatever_they_are_called_by(ana: Desk) -> None:
    nia = add_nia(ana)
    gwen = ana.people.get(nia).people[0].id
    for named in ("gwen", gwen):
        assert ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=named).person == gwen
    with pytest.raises(NotFound):
        ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person="Huw")


def test_each_purpose_stands_by_itself(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, TELLING, kind=NoteKind.HOBBY)
    for covers in set(Covers) - {Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS, Covers.TALK_WITH}:
        desk.consents.record(nia, covers, ConsentStatus.REJECTED)
    assert readable(desk, nia)
    desk.consents.record(nia, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.INACTIVE)
    assert readable(desk, nia)
    assert not readable(practice.sign_in("Dr Osei"), nia)


def test_nobody_unknown_agrees_to_anything(ana: Desk) -> None:
    for answer in (ana.consents.agree, ana.consents.refuse, ana.consents.keep, ana.consents.of, ana.consents.sentence):
        with pytest.raises(NotFound):
            answer(PatientId("0" * 32))


def test_whoever_decides_may_be_named_as_the_card_names_them(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    (gwen,) = ana.people.get(nia).people
    (event,) = ana.consents.someone_else(nia, "gwen", dt.date(2027, 1, 1))
    assert event.given_by == gwen.id
