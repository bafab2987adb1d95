"""With new clinicians' keys, what was sealed to the old ones is sealed to the new; nothing is lost on the way."""

from dataclasses import replace

import pytest

from rapportdesk.errors import NotFound, Tampered
from rapportdesk.model.note import Audience
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.payload import Thing
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.clinicians import successor
from rapportdesk.vault.keys import CliniciansPair
from tests.store.clinic import Clinic, a_note, a_patient, a_task, a_topic


def _session(file: VaultFile, clinic: Clinic, *pairs: CliniciansPair) -> SealedStore:
    return SealedStore(file, replace(clinic.clinician.keys, clinicians=pairs), clinic.clock)


def _fill(store: SealedStore) -> set[Thing]:
    patient = store.put_patient(a_patient())
    with store.transaction():
        things: set[Thing] = {store.put(a_note(patient, f"{n}", Audience.CLINICIANS)) for n in range(120)}
        things |= {store.put(a_task(patient, audience=Audience.CLINICIANS)), store.put(a_note(patient, "for all"))}
        things.add(store.put(a_topic(patient, "HIV", Audience.CLINICIANS)))
        edited = store.put(a_note(patient, "before", Audience.CLINICIANS))
        things.add(store.put(replace(edited, text="after")))
    return things


def test_everything_is_sealed_to_the_newest_keys_and_no_longer_to_the_old(clinic: Clinic) -> None:
    pair, public = successor(clinic.pair, clinic.vault_id)
    with clinic.file_and_store() as (file, store):
        things = _fill(store)
        old_epoch = len(things)  # without the one for all, and with one earlier revision
        file.put_clinicians(public)
        told: list[int] = []
        assert store.reseal_clinicians((clinic.pair, pair), told.append) == old_epoch
        assert told[-1] == old_epoch
        assert len(told) > 2
        assert set(store.all_things()) == things
        assert store.reseal_clinicians((clinic.pair, pair)) == 0
        assert store.verify().clean
        with_the_new_alone = _session(file, clinic, pair)
        assert set(with_the_new_alone.all_things()) == things
        (edited,) = (thing for thing in things if getattr(thing, "text", "") == "after")
        assert [getattr(each, "text", "") for each in with_the_new_alone.history(edited.id)] == ["before"]
        with_the_old_alone = _session(file, clinic, clinic.pair)
        assert {getattr(thing, "text", "") for thing in with_the_old_alone.all_things()} == {"for all"}


def test_before_it_is_done_both_generations_open(clinic: Clinic) -> None:
    pair, public = successor(clinic.pair, clinic.vault_id)
    with clinic.file_and_store() as (file, store):
        things = _fill(store)
        file.put_clinicians(public)
        patient_id = next(iter(things)).patient
        assert patient_id is not None
        newer = store.put(a_note(store.patient(patient_id), "to the new keys", Audience.CLINICIANS))
        with pytest.raises(NotFound):
            store.thing(newer.id)
        assert set(_session(file, clinic, clinic.pair, pair).all_things()) == things | {newer}
        assert set(_session(file, clinic, pair).all_things()) >= {newer}


def test_interrupted_it_goes_on_where_something_is_left(clinic: Clinic) -> None:
    pair, public = successor(clinic.pair, clinic.vault_id)

    def give_up(_done: int) -> None:
        raise KeyboardInterrupt

    with clinic.file_and_store() as (file, store):
        things = _fill(store)
        file.put_clinicians(public)
        with pytest.raises(KeyboardInterrupt):
            store.reseal_clinicians((clinic.pair, pair), give_up)
        assert store.verify().clean
        rest = store.reseal_clinicians((clinic.pair, pair))
        assert 0 < rest < len(things)
        assert set(_session(file, clinic, pair).all_things()) == things


def test_nothing_is_resealed_to_a_key_that_nobody_signed(clinic: Clinic) -> None:
    pair, public = successor(clinic.pair, clinic.vault_id)
    with clinic.file_and_store() as (file, store):
        things = _fill(store)
        file.put_clinicians(replace(public, signature=bytes(64)))
        with pytest.raises(Tampered):
            store.reseal_clinicians((clinic.pair, pair))
        assert set(_session(file, clinic, clinic.pair).all_things()) == things


def test_a_receptionist_reseals_nothing(clinic: Clinic) -> None:
    _pair, public = successor(clinic.pair, clinic.vault_id)
    with clinic.open() as store:
        things = _fill(store)
    with clinic.file_and_store(clinic.receptionist) as (file, store):
        file.put_clinicians(public)
        assert store.reseal_clinicians(()) == 0
        assert store.verify().clean
    with clinic.open() as store:
        assert set(store.all_things()) == things
