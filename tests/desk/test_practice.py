"""What the practice settles for itself counts at once, for everybody, and only a manager settles it."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotAllowed
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from rapportdesk.model.practice import BOUNDS, PracticeSettings
from rapportdesk.model.shown import KeepConsent
from tests.desk.conftest import MORNING, Practice


def young_person(desk: Desk, age: int) -> PatientId:
    """Keep somebody of this age whose mother agreed to notes, with one note."""
    mother = RelatedPerson(id="mother", name="Angharad", relation="mother", authority=Authority.PARENTAL)
    born = MORNING.date().replace(year=MORNING.year - age)
    patient = desk.people.add(Patient(id=PatientId(""), name="Elin Wyn", birth_date=born, people=(mother,)))
    desk.consents.someone_else(patient.id, "mother", MORNING.date() + dt.timedelta(days=90))
    return patient.id


def test_a_practice_that_settled_nothing_has_the_defaults(practice: Practice) -> None:
    assert practice.desk.practice.settings() == PracticeSettings(grace_days=30, guardian_until=16, audit_years=8)


def test_anybody_reads_the_settings_and_only_a_manager_changes_them(practice: Practice) -> None:
    changed = PracticeSettings(grace_days=14)
    practice.desk.practice.change(changed)
    ana = practice.sign_in("Ana Ruiz")
    assert ana.practice.settings() == changed
    with pytest.raises(NotAllowed):
        ana.practice.change(PracticeSettings())
    assert ana.practice.settings() == changed


def test_settings_are_still_there_the_next_morning(practice: Practice) -> None:
    changed = PracticeSettings(grace_days=14, guardian_until=18, audit_years=3)
    practice.desk.practice.change(changed)
    practice.reopen()
    assert practice.sign_in("Ana Ruiz").practice.settings() == changed


def test_a_change_is_recorded_by_what_changed_and_nothing_is_recorded_for_none(practice: Practice) -> None:
    desk = practice.desk
    desk.practice.change(PracticeSettings(guardian_until=18))
    desk.practice.change(PracticeSettings(guardian_until=18))
    recorded = [event for event in desk.audit.since() if event.action is AuditAction.PRACTICE_CHANGED]
    assert [event.why for event in recorded] == ["guardian_until"]


def settled(name: str, number: int) -> PracticeSettings:
    changed: dict[str, Any] = {name: number}
    return replace(PracticeSettings(), **changed)


@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_a_number_out_of_bounds_is_refused_and_one_at_the_edge_is_taken(practice: Practice, name: str) -> None:
    desk, (least, most) = practice.desk, BOUNDS[name]
    for number in (least - 1, most + 1):
        with pytest.raises(BadInput):
            desk.practice.change(settled(name, number))
    for number in (least, most):
        assert getattr(desk.practice.change(settled(name, number)), name) == number


def test_the_age_counts_at_once_on_the_card_in_search_and_for_writing(practice: Practice) -> None:
    desk = practice.desk
    patient = young_person(desk, age=15)
    desk.notes.write(patient, "Plays the harp", kind=NoteKind.HOBBY)
    assert [hit.id for hit in desk.search("harp").hits] == [patient]
    desk.practice.change(PracticeSettings(guardian_until=15))
    assert desk.people.card(patient).keep is KeepConsent.RESTING
    assert desk.consents.keep(patient) is KeepConsent.RESTING
    assert desk.search("harp").hits == ()
    desk.practice.change(PracticeSettings(guardian_until=16))
    assert desk.consents.keep(patient) is KeepConsent.AGREED
    assert [hit.id for hit in desk.search("harp").hits] == [patient]
