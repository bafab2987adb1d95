"""What waits for a moment alone opens for one clinician and one patient, is recorded, and closes with the moment."""

import datetime as dt
from collections.abc import Callable

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotAllowed, NotFound, VaultFault
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Brief
from rapportdesk.store.sealed_store import SealedStore
from tests.desk.conftest import MORNING, Practice, add_nia

SEALED = "Waits for a result"


def says(brief: Brief) -> bool:
    """Whether the brief tells what is sealed."""
    return SEALED in str(brief.sections)


def recorded(desk: Desk, patient: PatientId, action: AuditAction) -> int:
    """How often something was done, by the audit."""
    return sum(event.action is action for event in desk.audit.of(patient))


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Nia, about whom something is sealed to clinicians; Dr Osei is signed in."""
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    desk.notes.write(patient, SEALED, kind=NoteKind.ALSO_WORTH_KNOWING, audience=Audience.CLINICIANS)
    desk.notes.write(patient, "Sings alto", kind=NoteKind.HOBBY)
    practice.sign_in("Dr Osei")
    return patient


def test_a_veil_says_that_something_waits_and_opens_by_one_recorded_press(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    closed = desk.briefs.of(nia)
    assert (closed.veiled, says(closed)) == (True, False)
    assert "Sings alto" in str(closed.sections)
    assert recorded(desk, nia, AuditAction.REVEALED) == 0
    opened = desk.briefs.open_veiled(nia)
    assert (opened.veiled, says(opened)) == (False, True)
    assert recorded(desk, nia, AuditAction.REVEALED) == 1
    assert says(desk.briefs.of(nia))
    assert says(desk.briefs.of_unrecorded(nia))
    assert recorded(desk, nia, AuditAction.REVEALED) == 1


@pytest.fixture
def full_disk(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be written down any more."""

    def refuse(*_arguments: object) -> None:
        raise VaultFault("full")

    practice.sign_in("Dr Osei")
    monkeypatch.setattr(SealedStore, "audit", refuse)


def test_what_cannot_be_recorded_is_not_opened(practice: Practice, nia: PatientId, full_disk: None) -> None:
    desk = practice.desk
    with pytest.raises(VaultFault):
        desk.briefs.open_veiled(nia)
    assert not says(desk.briefs.of_unrecorded(nia))


def test_somebody_coming_in_closes_it_even_if_that_cannot_be_written_down(
    practice: Practice, nia: PatientId, request: pytest.FixtureRequest
) -> None:
    practice.sign_in("Dr Osei").briefs.open_veiled(nia)
    opened = practice.desk.session().opened[nia]
    request.getfixturevalue("full_disk")
    desk = practice.desk
    desk.session().opened[nia] = opened
    assert says(desk.briefs.of_unrecorded(nia)), "the control"
    with pytest.raises(VaultFault):
        desk.people.set_company(nia, frozenset({"gwen"}))
    assert not says(desk.briefs.of_unrecorded(nia))


def test_a_second_press_leaves_it_open(practice: Practice, nia: PatientId) -> None:
    practice.desk.briefs.open_veiled(nia)
    assert says(practice.desk.briefs.open_veiled(nia))


CLOSINGS: dict[str, Callable[[Practice, PatientId], object]] = {
    "leaving the card": lambda practice, nia: practice.desk.briefs.close_veiled(nia),
    "somebody comes in": lambda practice, nia: practice.desk.people.set_company(nia, frozenset({"gwen"})),
    "nobody knows who is there": lambda practice, nia: practice.desk.people.set_company(nia, None),
    "signing in again": lambda practice, _nia: practice.sign_in("Dr Osei"),
    "another morning": lambda practice, _nia: (practice.reopen(), practice.sign_in("Dr Osei")),
}


@pytest.mark.parametrize("close", CLOSINGS.values(), ids=CLOSINGS)
def test_it_closes_with_the_moment(
    practice: Practice, nia: PatientId, close: Callable[[Practice, PatientId], object]
) -> None:
    assert says(practice.desk.briefs.open_veiled(nia))
    close(practice, nia)
    brief = practice.desk.briefs.of(nia)
    assert (brief.veiled, says(brief)) == (True, False)


def test_what_is_opened_for_one_patient_stays_closed_for_another(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    ali = desk.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id
    desk.consents.agree(ali)
    desk.notes.write(ali, SEALED, kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    desk.briefs.open_veiled(nia)
    assert not says(desk.briefs.of(ali))


def test_what_is_written_after_the_press_waits_for_the_next(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    desk.briefs.open_veiled(nia)
    desk.notes.write(nia, "And another thing", kind=NoteKind.QUESTION, audience=Audience.CLINICIANS)
    assert desk.briefs.of(nia).veiled
    assert "another thing" in str(desk.briefs.open_veiled(nia).sections)


@pytest.mark.parametrize("name", ["Ana Ruiz", "Ben Morgan"])
def test_nobody_but_a_clinician_reads_or_opens(practice: Practice, nia: PatientId, name: str) -> None:
    desk = practice.sign_in(name)
    for read in (desk.briefs.of, desk.briefs.of_unrecorded, desk.briefs.for_paper, desk.briefs.open_veiled):
        with pytest.raises(NotAllowed):
            read(nia)
    with pytest.raises(NotAllowed):
        desk.briefs.for_day(MORNING.date())
    desk.briefs.close_veiled(nia)
    assert SEALED not in str(desk.people.card(nia))
    assert recorded(practice.sign_in("Dr Osei"), nia, AuditAction.BRIEF_READ) == 0


def test_consent_to_share_that_is_taken_back_closes_what_was_opened_to_everyone(
    practice: Practice, nia: PatientId
) -> None:
    from rapportdesk.model.consent import ConsentStatus, Covers

    desk = practice.desk
    desk.briefs.open_veiled(nia)
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    brief = desk.briefs.of(nia)
    assert not says(brief)
    assert "Sings alto" not in str(brief.sections)
    assert not brief.veiled


def test_the_briefs_of_a_day_are_those_of_the_visits_that_still_stand(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    ali = desk.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id
    later = desk.today.add_appointment(nia, MORNING + dt.timedelta(hours=1), practitioner="Dr Osei")
    sooner = desk.today.add_appointment(ali, MORNING + dt.timedelta(minutes=5), practitioner="Dr Hahn")
    today = MORNING.date()
    assert [brief.appointment for brief in desk.briefs.for_day(today)] == [sooner, later]
    assert [brief.appointment for brief in desk.briefs.for_day(today, practitioner="Dr Osei")] == [later]
    assert recorded(desk, nia, AuditAction.BRIEF_READ) == 2
    desk.today.mark(sooner.id, AppointmentStatus.CANCELLED)
    assert [brief.patient.id for brief in desk.briefs.for_day(today)] == [nia]
    assert desk.briefs.for_day(today + dt.timedelta(days=1)) == ()
    assert desk.briefs.of(nia).appointment == later


def test_nobody_has_no_brief(practice: Practice, nia: PatientId) -> None:
    for read in (practice.desk.briefs.of, practice.desk.briefs.for_paper, practice.desk.briefs.open_veiled):
        with pytest.raises(NotFound):
            read(PatientId("0" * 32))


def test_a_brief_without_a_visit_named_is_for_the_one_that_comes_next(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk

    def booked_for(brief: Brief) -> dt.datetime | None:
        return brief.appointment.start if brief.appointment else None

    early, soon, off, late = (MORNING + dt.timedelta(minutes=each) for each in (-60, 20, 30, 300))
    visits = {start: desk.today.add_appointment(nia, start) for start in (early, soon, off, late)}
    desk.today.mark(visits[off].id, AppointmentStatus.CANCELLED)
    assert booked_for(desk.briefs.of(nia)) == soon
    desk.today.mark(visits[early].id, AppointmentStatus.CHECKED_IN)
    assert booked_for(desk.briefs.of(nia)) == early
    for start in (early, soon):
        desk.today.mark(visits[start].id, AppointmentStatus.FULFILLED)
    assert booked_for(desk.briefs.of(nia)) == late
    desk.today.mark(visits[late].id, AppointmentStatus.FULFILLED)
    assert booked_for(desk.briefs.of(nia)) == late
    for start in (early, soon, late):
        desk.today.mark(visits[start].id, AppointmentStatus.NOSHOW)
    assert booked_for(desk.briefs.of(nia)) is None
