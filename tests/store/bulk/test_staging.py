"""Bulk work comes in by one commit or not at all, and what somebody saved meanwhile is never overwritten unseen."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.errors import NotFound, VaultFault
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.patient import Patient
from rapportdesk.steps import in_one_go
from rapportdesk.store.bulk.staging import Staging
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.sealing import new_key
from tests.store.clinic import MORNING, Clinic, a_note, a_patient


def a_visit(patient: PatientId, minutes: int = 0) -> Appointment:
    return Appointment(id=RecordId(new_id()), patient=patient, start=MORNING + dt.timedelta(minutes=minutes))


def test_what_is_staged_is_nowhere_until_it_is_published_and_then_verifies(clinic: Clinic) -> None:
    nia, huw = a_patient(), a_patient("Huw Eynon")
    with clinic.open() as store:
        store.put_patient(nia)
        known = store.put(a_visit(nia.id))
        staging = store.stage()
        staging.put_patient(huw)
        staging.put(new := a_visit(huw.id))
        staging.put(moved := replace(known, minutes=20))
        assert list(store.patients()) == [nia]
        assert store.things(nia.id) == (known,)
        staging.publish()
        assert store.things(huw.id) == (new,)
        assert store.thing(known.id) == replace(moved, revision=2)
        assert store.verify().faults == ()
        store.put(replace(new, status=AppointmentStatus.ARRIVED))
    with clinic.open() as store:
        assert {each.name for each in store.patients()} == {nia.name, huw.name}
        assert store.verify().faults == ()


def test_staging_the_same_again_takes_the_first_ones_place(clinic: Clinic) -> None:
    nia = a_patient()
    with clinic.open() as store:
        staging = store.stage()
        staging.put_patient(nia)
        staging.put(visit := a_visit(nia.id))
        staging.put_patient(renamed := replace(nia, name="Nia Jones"))
        staging.put(longer := replace(visit, minutes=40))
        staging.publish()
        assert (store.patient(nia.id), store.things(nia.id)) == (renamed, (longer,))
        assert store.verify().faults == ()


def test_what_was_discarded_leaves_nothing_and_its_keys_are_forgotten(clinic: Clinic) -> None:
    nia = a_patient()
    with clinic.open() as store:
        staging = store.stage()
        staging.put_patient(nia)
        staging.discard()
        with pytest.raises(NotFound):
            store.put(a_note(nia))
        with pytest.raises(VaultFault):
            staging.publish()
        assert list(store.patients()) == []


def test_a_save_in_between_is_told_and_never_overwritten(clinic: Clinic) -> None:
    nia = a_patient()
    with clinic.open() as store:
        store.put_patient(nia)
        visit = store.put(a_visit(nia.id))
        staging = store.stage()
        staging.put_patient(replace(nia, name="From the file"))
        staging.put(replace(visit, minutes=20))
        assert staging.overtaken().records == ()
        store.put(arrived := replace(visit, status=AppointmentStatus.ARRIVED))
        store.put_patient(called := replace(nia, preferred_name="Nee"))
        late = staging.overtaken()
        assert (late.patients, late.records) == ((nia.id,), (visit.id,))
        with pytest.raises(VaultFault, match="changed meanwhile"):
            staging.publish()
        staging.drop(late)
        staging.put(replace(arrived, minutes=20))
        staging.publish()
        assert store.patient(nia.id) == called
        assert store.thing(visit.id) == replace(arrived, minutes=20, revision=3)
        assert store.verify().faults == ()


def test_a_visit_that_was_taken_away_meanwhile_is_overtaken(clinic: Clinic) -> None:
    nia = a_patient()
    with clinic.open() as store:
        store.put_patient(nia)
        visit = store.put(a_visit(nia.id))
        staging = store.stage()
        staging.put(replace(visit, minutes=20))
        staging.write()
        store.delete(visit.id)
        assert staging.overtaken().records == (visit.id,)


def test_who_was_taken_away_before_they_were_sealed_stays_away_with_everything_staged_for_them(clinic: Clinic) -> None:
    nia, huw = a_patient(), a_patient("Huw Eynon")
    with clinic.open() as store:
        store.put_patient(nia)
        store.put_patient(huw)
        visit = store.put(a_visit(huw.id))
        staging = store.stage()
        staging.put_patient(replace(nia, name="From the file"))
        staging.put(a_visit(nia.id))
        staging.put(replace(visit, minutes=20))
        store.delete_patient(nia.id)
        store.delete(visit.id)
        staging.publish()
        assert list(store.patients()) == [huw]
        assert list(store.all_things()) == []
        assert store.verify().faults == ()


def test_a_transaction_that_fails_after_publishing_takes_all_of_it_back(clinic: Clinic) -> None:
    nia = a_patient()
    with clinic.open() as store:
        staging = store.stage()
        staging.put_patient(nia)
        with pytest.raises(NotFound), store.transaction():
            _publish_and_fail(staging, store, nia)
        assert list(store.patients()) == []
        assert store.verify().faults == ()


def test_nothing_sealed_with_keys_that_went_is_published(clinic: Clinic) -> None:
    nia = a_patient()
    with clinic.open(clinic.manager) as store:
        store.put_patient(nia)
        staging = store.stage()
        staging.put(a_visit(nia.id))
        store.rotate_vault_key(new_key(), lambda: None)
        with pytest.raises(VaultFault):
            staging.publish()
        assert store.things(nia.id) == ()


def test_a_check_that_is_under_way_counts_what_is_published(clinic: Clinic) -> None:
    with clinic.open() as store:
        for number in range(3):
            store.put_patient(a_patient(f"Somebody {number}"))
        steps = store.verify_in_steps()
        next(steps)
        staging = _many(store)
        staging.publish()
        assert in_one_go(steps).faults == ()


def _publish_and_fail(staging: Staging, store: SealedStore, nia: Patient) -> None:
    staging.publish()
    assert store.patient(nia.id) == nia
    store.delete(RecordId(new_id()))  # there is none


def _many(store: SealedStore) -> Staging:
    staging = store.stage()
    for number in range(20):
        patient = a_patient(f"New {number}")
        staging.put_patient(patient)
        staging.put(a_visit(patient.id))
    return staging
