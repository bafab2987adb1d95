"""With every key a receptionist holds, and SQL, what is for clinicians stays shut, and forgeries fool nobody."""

from dataclasses import replace
from itertools import product

import pytest

from rapportdesk.errors import NotFound, Tampered
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, Note
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.envelope import Envelopes
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.records.payload import Thing
from rapportdesk.store.records.records import RECORD, Records, place
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.tables import CliniciansKeyRow, PatientRow, RecordRow
from rapportdesk.vault.clinicians import first_pair, successor
from rapportdesk.vault.framing import unframe
from rapportdesk.vault.grants import Grant, GrantKind, make_grant, open_grant
from rapportdesk.vault.hpke_box import CLINICIANS, open_from
from rapportdesk.vault.keys import CliniciansPair, CliniciansPublic, SessionKeys
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sealing import new_key, seal, unseal
from rapportdesk.vault.signing import new_signing_key, public_key, sign, verifying_key
from rapportdesk.vault.slots import verify_slot
from tests.canaries import found
from tests.store.clinic import Clinic, Person, a_note, a_patient, a_task, a_topic

CANARY = "canary for clinicians alone"


def _fill(clinic: Clinic, person: Person) -> tuple[Thing, ...]:
    """Keep 120 clinicians' things of three kinds for four patients, in one person's session."""
    things: list[Thing] = []
    with clinic.open(person) as store, store.transaction():
        for _ in range(4):
            patient = store.put_patient(a_patient())
            for number in range(10):
                text = f"{CANARY} {number}"
                things.append(store.put(a_note(patient, text, Audience.CLINICIANS)))
                things.append(store.put(a_task(patient, text, Audience.CLINICIANS)))
                things.append(store.put(a_topic(patient, text, Audience.CLINICIANS)))
    return tuple(things)


def _outer_plaintexts(file: VaultFile, keys: SessionKeys) -> list[bytes]:
    """Unseal everything the vault key unseals, as somebody would who writes their own program."""
    patient_keys = PatientKeys(keys.vault_key)
    unwrapped = {row["id"]: patient_keys.unwrap(row) for row in file.all_rows(PatientRow)}
    return [
        unseal(
            unwrapped[row["patient_id"]], row["sealed"], place(RECORD, row["id"], row["patient_id"], row["revision"])
        )
        for row in file.all_rows(RecordRow)
    ]


def _opened_with(keys: list[bytes], envelope: bytes, clinic: Clinic, people: list[str]) -> int:
    """Try every key on the box, under every name it might have been sealed for; returns how many open it."""
    _kind, epoch, _author, box = unframe(envelope, 4)
    opened = 0
    for key, recipient, kind in product(keys, people, ("record", "note", "clinicians")):
        try:
            open_from(
                key, box, vault_id=clinic.vault_id, kind=kind, epoch=int.from_bytes(epoch, "big"), recipient=recipient
            )
        except Tampered:
            continue
        opened += 1
    return opened


@pytest.mark.parametrize("writer", ["receptionist", "clinician"])
def test_none_of_the_clinicians_records_opens_and_each_opens_for_a_clinician(clinic: Clinic, writer: str) -> None:
    things = _fill(clinic, getattr(clinic, writer))
    assert len(things) >= 100
    reception = clinic.receptionist.keys
    with clinic.file_and_store(clinic.receptionist) as (file, store):
        patients = {thing.patient for thing in things if thing.patient}
        assert [store.things(PatientId(patient)) for patient in patients] == [()] * len(patients)
        assert list(store.all_things()) == []
        for thing in things:
            with pytest.raises(NotFound):
                store.thing(thing.id)
        envelopes = _outer_plaintexts(file, reception)
        assert len(envelopes) == len(things)
        assert found([CANARY], {str(number): envelope for number, envelope in enumerate(envelopes)}) == []
        held = [reception.private_key, reception.vault_key, reception.device_key, reception.clinic_public]
        names = [CLINICIANS, reception.staff_id]
        assert sum(_opened_with(held, envelope, clinic, names) for envelope in envelopes) == 0
        # the control: the clinicians' key, tried the same way
        assert [_opened_with([clinic.pair.x25519], envelope, clinic, names) for envelope in envelopes] == [1] * len(
            envelopes
        )
    with clinic.open() as store:
        assert set(store.all_things()) == set(things)


def test_a_managers_keys_open_none_of_them_either(clinic: Clinic) -> None:
    _fill(clinic, clinic.clinician)
    with clinic.open(clinic.manager) as store:
        assert list(store.all_things()) == []


def test_a_box_put_into_another_record_is_noticed_by_the_clinician(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient, other = store.put_patient(a_patient()), store.put_patient(a_patient("Huw"))
        mine = store.put(a_note(patient, "about Nia", Audience.CLINICIANS))
        theirs = store.put(a_note(other, "about Huw", Audience.CLINICIANS))

    def reseal(from_id: str, to_id: str, to_patient: str) -> None:
        with clinic.file_and_store(clinic.receptionist) as (file, _store):
            keys = PatientKeys(clinic.receptionist.keys.vault_key)
            envelopes = Envelopes(clinic.vault_id, clinic.receptionist.keys, file.clinicians_chain)
            records = Records(keys, envelopes)
            with file.transaction() as writing:
                rows = {row["id"]: row for row in file.all_rows(RecordRow)}
                stored = records.open_row(writing, rows[from_id])
                sealed = seal(keys.of(writing, to_patient), stored.envelope, place(RECORD, to_id, to_patient, 1))
                writing.put(RecordRow, id=to_id, patient_id=to_patient, revision=1, sealed=sealed)

    # the control: sealed again where it was, all is well
    reseal(mine.id, mine.id, patient.id)
    with clinic.open() as store:
        assert store.thing(mine.id) == mine
        assert store.verify().clean
    # into another record of another patient, and then the record itself to another patient
    for from_id, to_id, to_patient in ((mine.id, theirs.id, other.id), (mine.id, mine.id, other.id)):
        reseal(from_id, to_id, to_patient)
        with clinic.open() as store:
            with pytest.raises(Tampered):
                store.thing(RecordId(to_id))
            assert f"record {to_id}" in [fault.where for fault in store.verify().faults]


def test_nothing_is_sealed_to_a_key_that_was_put_in_the_clinicians_place(clinic: Clinic) -> None:
    my_signing_key, mine = new_signing_key(), new_key()
    _pair, signed_by_me = first_pair(my_signing_key, clinic.vault_id)
    with VaultFile.open(clinic.path) as file:
        (genuine,) = file.clinicians_chain()
    next_pair, next_public = successor(clinic.pair, clinic.vault_id)
    my_next = successor(CliniciansPair(epoch=1, x25519=mine, ed25519=my_signing_key), clinic.vault_id)[1]
    forgeries = (
        replace(genuine, x25519=public_key(mine)),
        replace(genuine, ed25519=verifying_key(my_signing_key)),
        signed_by_me,
        my_next,
        replace(next_public, x25519=public_key(mine)),
        replace(next_public, epoch=3),
    )
    for forged in forgeries:
        with clinic.file_and_store(clinic.receptionist) as (file, store):
            file.put_clinicians(forged)
            patient = store.put_patient(a_patient())
            for writer in (clinic.receptionist, clinic.clinician):
                store = SealedStore(file, writer.keys, clinic.clock)
                with pytest.raises(Tampered):
                    store.put(a_note(patient, audience=Audience.CLINICIANS))
                assert store.things(patient.id) == ()
                assert "clinicians_key" in [fault.where for fault in store.verify().faults]
            if forged.epoch > 1:
                with file.transaction() as writing:
                    writing.remove(CliniciansKeyRow, epoch=forged.epoch)
            file.put_clinicians(genuine)
            assert store.verify().clean
    # the control: the genuine successor is sealed to, and opens
    with clinic.file_and_store(clinic.receptionist) as (file, store):
        file.put_clinicians(next_public)
        note = store.put(a_note(patient, audience=Audience.CLINICIANS))
    with VaultFile.open(clinic.path) as file:
        keys = replace(clinic.clinician.keys, clinicians=(clinic.pair, next_pair))
        assert SealedStore(file, keys, clinic.clock).thing(note.id) == note


def test_a_cut_chain_is_refused_by_whoever_knows_the_newer_keys(clinic: Clinic) -> None:
    next_pair, next_public = successor(clinic.pair, clinic.vault_id)
    both = replace(clinic.clinician.keys, clinicians=(clinic.pair, next_pair))
    with clinic.file_and_store() as (file, store):
        patient = store.put_patient(a_patient())
        store = SealedStore(file, both, clinic.clock)
        with pytest.raises(Tampered):
            store.put(a_note(patient, audience=Audience.CLINICIANS))
        file.put_clinicians(next_public)
        assert store.put(a_note(patient, audience=Audience.CLINICIANS))


def test_a_swapped_public_key_in_a_slot_is_refused_and_named(clinic: Clinic) -> None:
    theirs, mine = clinic.clinician.slot, clinic.receptionist.keys.private_key
    clinic_public = clinic.receptionist.keys.clinic_public
    forgeries = (
        theirs._replace(public_key=public_key(mine)),
        theirs._replace(
            public_key=public_key(mine),
            signature=sign(new_signing_key(), "staff slot", theirs.staff_id, public_key(mine), clinic.vault_id),
        ),
        clinic.receptionist.slot._replace(badge=theirs.badge, device_check=theirs.device_check),
    )
    for forged in forgeries:
        with pytest.raises(Tampered):
            verify_slot(forged, clinic.clinician.badge, clinic_public, clinic.vault_id)
        with clinic.file_and_store(clinic.receptionist) as (file, store):
            file.put_slot(forged)
            assert f"staff_slot {forged.staff_id}" in [fault.where for fault in store.verify().faults]
            file.put_slot(theirs)
            file.put_slot(clinic.receptionist.slot)
            assert store.verify().clean
    # the control
    assert verify_slot(theirs, clinic.clinician.badge, clinic_public, clinic.vault_id).recipient == theirs.staff_id


def test_forged_grants_are_refused_and_named(clinic: Clinic) -> None:
    my_signing_key = new_signing_key()
    keys = clinic.receptionist.keys
    manager = verify_slot(clinic.manager.slot, clinic.manager.badge, keys.clinic_public, clinic.vault_id)
    self_signed = VerifiedRecipient.vouched(
        recipient=keys.staff_id,
        public_key=public_key(keys.private_key),
        may_hold=frozenset({"clinicians", "signing-key"}),
        verifying=verifying_key(my_signing_key),
        signature=sign(my_signing_key, "mine", keys.staff_id, public_key(keys.private_key)),
        purpose="mine",
        parts=(),
    )
    my_pair, _public = first_pair(my_signing_key, clinic.vault_id)

    def forge(kind: GrantKind, key: bytes, recipient: VerifiedRecipient) -> Grant:
        return make_grant(
            kind=kind, epoch=1, key=key, recipient=recipient, signing_key=my_signing_key, vault_id=clinic.vault_id
        )

    def open_as(person: Person, grant: Grant, chain: tuple[CliniciansPublic, ...]) -> bytes:
        return open_grant(
            grant,
            private_key=person.keys.private_key,
            recipient=person.slot.staff_id,
            clinic_public=keys.clinic_public,
            vault_id=clinic.vault_id,
            chain=chain,
        )

    with clinic.file_and_store(clinic.receptionist) as (file, store):
        chain = file.clinicians_chain()
        genuine = {(each.kind, each.recipient): each for each in file.grants()}
        clinicians_grant = genuine["clinicians", clinic.clinician.slot.staff_id]
        managers_grant = genuine["vault-key", clinic.manager.slot.staff_id]
        forgeries = (
            (forge("vault-key", new_key(), manager), clinic.manager),  # a vault key that I know
            (forge("signing-key", my_signing_key, manager), clinic.manager),
            (forge("clinicians", my_pair.to_bytes(), self_signed), clinic.receptionist),
            (forge("signing-key", my_signing_key, self_signed), clinic.receptionist),
            (replace(clinicians_grant, recipient=keys.staff_id), clinic.receptionist),
            (replace(managers_grant, epoch=2), clinic.manager),
            (replace(managers_grant, kind="signing-key"), clinic.manager),
        )
        for forged, victim in forgeries:
            with pytest.raises(Tampered):
                open_as(victim, forged, chain)
            file.put_grant(forged)
            assert [fault.where for fault in store.verify().faults] == [f"key_grant {forged.grant_id}"]
            file.remove_grant(forged.grant_id)
            for each in genuine.values():
                file.put_grant(each)
        # the control
        assert store.verify().clean
        assert CliniciansPair.from_bytes(open_as(clinic.clinician, clinicians_grant, chain)) == clinic.pair
        assert open_as(clinic.manager, managers_grant, chain) == keys.vault_key


def test_a_clinicians_note_replaced_below_the_screen_is_not_taken_for_theirs(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
        note = store.put(a_note(patient, audience=Audience.CLINICIANS))
    with clinic.open(clinic.receptionist) as store, pytest.raises(NotFound):
        store.put(replace(note, text="overwritten"))
    with clinic.open() as store:
        assert isinstance(store.thing(note.id), Note)
        assert store.thing(note.id) == note
