"""A withdrawal hides at once everywhere, can be taken back while the days for it last, and says why."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotAllowed, NotFound
from rapportdesk.model.consent import ConsentStatus, Covers, Given, InactiveReason
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.model.practice import PracticeSettings
from rapportdesk.model.shown import KeepConsent
from tests.desk.conftest import MORNING, Practice, add_nia

DAY = 86_400.0
TELLING = "Sings alto in the choir"


def everything_shown(desk: Desk, nia: PatientId) -> str:
    """Return all that a screen, a list, a search or a page could show of her to whoever is signed in."""
    shown = [desk.people.card_unrecorded(nia), desk.search("alto"), desk.search("lift home"), desk.today.day()]
    if desk.viewer.is_clinician:
        shown.append(desk.briefs.of_unrecorded(nia))
        shown.append(desk.paper.brief_as(desk.briefs.of_unrecorded(nia), "text"))
    else:
        shown.append(desk.paper.desk_slip().pages_svg)
    return str(shown)


def withdraw(desk: Desk, nia: PatientId, **said: str) -> RecordId:
    """Take her consent to notes back."""
    return desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE, **said).id  # type: ignore[arg-type]  # words alone


def fill(desk: Desk) -> PatientId:
    """Keep Nia with a note and a promise, and a visit today."""
    nia = add_nia(desk)
    desk.today.add_appointment(nia, MORNING, practitioner="Dr Osei")
    desk.notes.write(nia, TELLING, kind=NoteKind.PREFERENCE)
    desk.tasks.add(nia, "book the lift home", due=MORNING.date())
    return nia


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei", "Ben Morgan"])
def test_nothing_of_it_is_shown_to_anybody_the_moment_it_is_recorded(practice: Practice, name: str) -> None:
    nia = fill(practice.sign_in("Ana Ruiz"))
    desk = practice.sign_in(name)
    before = everything_shown(desk, nia)
    assert "alto" in before
    assert "lift home" in before
    withdraw(desk, nia)
    after = everything_shown(desk, nia)
    assert TELLING not in after
    assert "lift home" not in after.replace("text='lift home'", "")  # what was searched for is repeated
    with pytest.raises(ConsentNeeded):
        desk.notes.write(nia, "Plays bowls", kind=NoteKind.HOBBY)


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei", "Ben Morgan"])
def test_nothing_of_it_is_found_or_shown_the_next_morning_either(practice: Practice, name: str) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = fill(desk)
    withdraw(desk, nia)
    practice.reopen()
    desk = practice.sign_in(name)
    assert TELLING not in everything_shown(desk, nia)
    assert desk.search("alto").hits == ()
    assert desk.session().index.open_tasks() == ()


def test_what_a_clinician_had_opened_closes_with_it(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    desk.notes.write(nia, TELLING, kind=NoteKind.PREFERENCE, audience=Audience.CLINICIANS)
    assert "alto" in str(desk.briefs.open_veiled(nia))
    withdraw(desk, nia)
    assert "alto" not in str(desk.briefs.of_unrecorded(nia))
    assert not desk.briefs.of_unrecorded(nia).veiled


def test_it_says_who_took_it_back_how_and_why(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.consents.record(
        nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE, given=Given.WRITTEN, where="phone", language="Welsh",
        reason="She would rather tell people herself", present="her daughter",
    )  # fmt: skip
    event = ana.consents.of(nia)[-1]
    assert (event.inactive_reason, event.reason) == (InactiveReason.WITHDRAWN, "She would rather tell people herself")
    assert (event.given, event.where, event.language, event.present) == (
        Given.WRITTEN, "phone", "Welsh", "her daughter",
    )  # fmt: skip
    assert event.recorded_by_name == "Ana Ruiz"


def test_taken_back_it_is_as_it_was_and_both_stay_in_the_history(ana: Desk) -> None:
    nia = fill(ana)
    gone = withdraw(ana, nia)
    again = ana.consents.take_back(nia, gone)
    assert TELLING in everything_shown(ana, nia)
    assert again.undoes == gone
    assert [event.status for event in ana.consents.of(nia) if event.covers is Covers.KEEP_NOTES] == [
        ConsentStatus.ACTIVE, ConsentStatus.INACTIVE, ConsentStatus.ACTIVE,
    ]  # fmt: skip


def test_the_undo_key_takes_it_back_too(ana: Desk) -> None:
    nia = fill(ana)
    withdraw(ana, nia)
    assert ana.notes.undo() == "took back consent"
    assert ana.consents.keep(nia) is KeepConsent.AGREED


def test_an_agreement_that_ran_out_meanwhile_does_not_come_back(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk, agreed=False)
    until = MORNING.date() + dt.timedelta(days=5)
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, until=until)
    gone = withdraw(desk, nia)
    practice.clock.move_on(6 * DAY)
    desk.consents.take_back(nia, gone)
    assert desk.consents.keep(nia) is KeepConsent.EXPIRED


def test_a_first_no_taken_back_is_as_if_they_had_never_been_asked(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    (said_no,) = ana.consents.refuse(nia)
    ana.consents.take_back(nia, said_no.id)
    assert ana.consents.keep(nia) is KeepConsent.NOT_ASKED


@pytest.mark.parametrize(("grace", "late"), [(30, 31), (7, 8), (0, 1)])
def test_it_can_be_taken_back_on_the_last_day_and_not_on_the_next(practice: Practice, grace: int, late: int) -> None:
    practice.desk.practice.change(PracticeSettings(grace_days=grace))
    desk = practice.sign_in("Ana Ruiz")
    nia, lowri = add_nia(desk), add_nia(desk)
    gone = {patient: withdraw(desk, patient) for patient in (nia, lowri)}
    practice.clock.move_on(grace * DAY)
    desk.consents.take_back(nia, gone[nia])
    practice.clock.move_on((late - grace) * DAY)
    with pytest.raises(BadInput):
        desk.consents.take_back(lowri, gone[lowri])
    assert desk.consents.keep(lowri) is KeepConsent.WITHDRAWN
    desk.consents.agree(lowri)
    assert desk.consents.keep(lowri) is KeepConsent.AGREED


def test_only_the_last_no_is_taken_back_and_never_a_yes(ana: Desk) -> None:
    nia = add_nia(ana)
    yes = ana.consents.of(nia)[0].id
    earlier = withdraw(ana, nia)
    ana.consents.agree(nia)
    for event in (yes, earlier, RecordId("0" * 32)):
        with pytest.raises((BadInput, NotFound)):
            ana.consents.take_back(nia, event)
    assert ana.consents.keep(nia) is KeepConsent.AGREED


def with_huw(desk: Desk, nia: PatientId, **about: object) -> str:
    """Give Nia a related person and return their id."""
    huw = RelatedPerson(id="huw", name="Huw", **about)  # type: ignore[arg-type]  # each test's own fields
    desk.people.update(replace(desk.people.get(nia), people=(huw,)))
    return huw.id


@pytest.mark.parametrize("status", [ConsentStatus.ACTIVE, ConsentStatus.REJECTED, ConsentStatus.INACTIVE])
@pytest.mark.parametrize(
    "about",
    [
        {},
        {"authority": Authority.BARRED},
        {"authority": Authority.ATTORNEY},
        {"authority": Authority.COURT_ORDER, "authority_proof": "order", "authority_until": dt.date(2026, 1, 1)},
        {"authority": Authority.PARENTAL},
        {"authority": Authority.ATTORNEY, "authority_proof": "deed", "unsafe_since": MORNING},
    ],
)
def test_nobody_without_authority_answers_for_the_patient(
    ana: Desk, about: dict[str, object], status: ConsentStatus
) -> None:
    nia = add_nia(ana)
    huw, before = with_huw(ana, nia, **about), ana.consents.of(nia)
    with pytest.raises(NotAllowed):
        ana.consents.record(nia, Covers.KEEP_NOTES, status, given_by=huw)
    assert ana.consents.of(nia) == before


def test_nobody_agrees_for_the_patient_that_they_themself_may_be_talked_with(ana: Desk) -> None:
    nia = add_nia(ana)
    huw = with_huw(ana, nia, authority=Authority.ATTORNEY, authority_proof="deed")
    with pytest.raises(NotAllowed):
        ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=huw, given_by=huw)
    ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.REJECTED, person=huw, given_by=huw)


def test_whoever_answers_with_authority_is_kept_with_proof_scope_and_period_as_they_stood_then(ana: Desk) -> None:
    nia, until = add_nia(ana), dt.date(2027, 6, 30)
    huw = with_huw(
        ana, nia, authority=Authority.ATTORNEY, authority_proof="LPA, certified copy",
        authority_scope="health and welfare", authority_until=until,
    )  # fmt: skip
    ana.consents.record(nia, Covers.FEEDBACK, ConsentStatus.ACTIVE, given_by="Huw", given=Given.SIGNED)
    with_huw(ana, nia)
    event = ana.consents.of(nia)[-1]
    assert (event.given_by, event.given_by_name, event.authority) == (huw, "Huw", Authority.ATTORNEY)
    assert (event.authority_proof, event.authority_scope, event.authority_until) == (
        "LPA, certified copy", "health and welfare", until,
    )  # fmt: skip


def test_an_attorney_without_proof_leaves_adjustments_alone_and_with_it_decides(ana: Desk) -> None:
    nia, review = add_nia(ana, agreed=False), dt.date(2027, 2, 1)
    huw = with_huw(ana, nia, authority=Authority.ATTORNEY)
    ana.consents.someone_else(nia, huw, review)
    assert ana.consents.keep(nia) is KeepConsent.SOMEONE_ELSE
    ana.consents.someone_else(nia, huw, review, proof="deed seen")
    assert ana.consents.keep(nia) is KeepConsent.AGREED
    assert {event.authority_proof for event in ana.consents.of(nia)[1:]} == {"deed seen"}
