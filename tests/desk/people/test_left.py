"""Whoever is left is closed, however they are left: what was opened, the moment alone, the emergency, with its line."""

from collections.abc import Callable

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import VaultFault
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.company import NOT_ON_THE_CARD
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission
from tests.desk.conftest import Practice, add_nia

UNSHARED, SEALED = "Takes her heart tablets with grapefruit", "Waits for a result"


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Nia, of whom something is not shared and something waits for a moment alone; Dr Osei has opened all of it."""
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    desk.consents.record(patient, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.REJECTED)
    desk.notes.write(patient, UNSHARED, kind=NoteKind.ALSO_WORTH_KNOWING)
    desk.notes.write(patient, SEALED, kind=NoteKind.QUESTION, audience=Audience.CLINICIANS)
    practice.sign_in("Dr Osei")
    desk.people.card(patient)
    desk.emergency.open(patient, EmergencyReason.LIFE_AT_RISK)
    desk.people.set_company(patient, frozenset())
    assert read(desk, patient) == {UNSHARED, SEALED}, "the control: everything is open"
    return patient


def read(desk: Desk, patient: PatientId) -> set[str]:
    """Which of the two a clinician reads now."""
    return {words for words in (UNSHARED, SEALED) if words in str(desk.people.card_unrecorded(patient).blocks)}


def closings(desk: Desk, patient: PatientId) -> int:
    """How often the record says that the emergency ended."""
    return sum(event.action is AuditAction.EMERGENCY_CLOSED for event in desk.audit.of(patient))


def somebody_else(practice: Practice) -> PatientId:
    return practice.desk.people.add(Patient(id=PatientId(""), name="Tomasz Wójcik")).id


LEFT: dict[str, Callable[[Practice, PatientId], object]] = {
    "another's card": lambda p, _nia: p.desk.people.card(somebody_else(p)),
    "another's brief": lambda p, _nia: p.desk.briefs.of(somebody_else(p)),
    "the card is covered or put away": lambda p, nia: p.desk.people.leave(nia),
    "locked, as by its key, an idle desk, the platform": lambda p, _nia: p.desk.lock(),
    "somebody else signs in": lambda p, _nia: p.sign_in("Ben Morgan"),
    "the same clinician signs in again": lambda p, _nia: p.sign_in("Dr Osei"),
    "the window is closed": lambda p, _nia: p.reopen(),
}


@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT)
def test_leaving_closes_all_of_it_and_the_end_of_the_emergency_is_recorded_once(
    practice: Practice, nia: PatientId, leave: Callable[[Practice, PatientId], object]
) -> None:
    leave(practice, nia)
    if not practice.desk.is_signed_in or practice.desk.viewer.name != "Dr Osei":
        practice.sign_in("Dr Osei")
    assert read(practice.desk, nia) == set()
    assert practice.desk.people.company(nia) is None
    assert closings(practice.desk, nia) == 1
    practice.desk.people.leave(nia)
    practice.desk.emergency.close(nia)
    assert closings(practice.desk, nia) == 1, "what is closed is not closed again"


@pytest.mark.parametrize("nia_stays", [True, False])
def test_joining_another_card_closes_all_of_it_for_the_reason_was_given_for_one(
    practice: Practice, nia: PatientId, nia_stays: bool
) -> None:
    desk = practice.desk
    other = somebody_else(practice)
    joined = desk.merging.join(*((nia, other) if nia_stays else (other, nia)))
    assert read(desk, nia) == set()
    assert closings(desk, nia) == 1
    desk.emergency.open(joined.patient, EmergencyReason.LIFE_AT_RISK)
    assert UNSHARED in read(desk, joined.patient), "the control"
    desk.merging.part(joined.id)
    assert read(desk, nia) == set()


def test_opening_the_same_person_once_more_leaves_nobody(practice: Practice, nia: PatientId) -> None:
    practice.desk.people.card(nia)
    practice.desk.briefs.of(nia)
    assert read(practice.desk, nia) == {UNSHARED, SEALED}
    assert closings(practice.desk, nia) == 0


def test_the_end_of_an_emergency_is_told_to_nobody_who_may_not_know_of_it(practice: Practice, nia: PatientId) -> None:
    practice.desk.people.leave(nia)
    ana = practice.sign_in("Ana Ruiz")
    assert closings(ana, nia) == 0
    assert closings(practice.sign_in("Ben Morgan"), nia) == 1


def test_who_came_along_is_with_them_still_when_they_are_opened_again(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia, other = add_nia(ana), somebody_else(practice)
    company = frozenset({f"{NOT_ON_THE_CARD}Bob"})
    ana.people.set_company(nia, company)
    ana.people.card(other)
    assert ana.people.company(nia) == company
    ana.people.leave(nia)
    assert ana.people.company(nia) == company


def test_what_search_finds_follows_the_end_of_being_alone(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    gwen = ana.people.get(nia).people[0].id
    ana.topics.set(nia, "money", Permission.NOT_IN_FRONT_OF, person=gwen)
    ana.notes.write(nia, "Owes three months of rent", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="money")

    def found() -> bool:
        return bool(ana.search("rent").hits)

    ana.people.card(nia)
    ana.people.set_company(nia, frozenset())
    assert found()
    ana.people.card(somebody_else(practice))
    assert not found()


def test_a_full_disk_keeps_nothing_open(practice: Practice, nia: PatientId, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = practice.desk

    def full_disk(*_args: object, **_kwargs: object) -> None:
        raise VaultFault("full")

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.session().store), "audit", full_disk)
        with pytest.raises(VaultFault):
            desk.people.leave(nia)
    assert read(desk, nia) == set()
