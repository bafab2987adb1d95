"""An invented clinic: a manager, a receptionist and a clinician with real keys, and a vault founded for them.

Secrets are stretched with the least Argon2id that is allowed; nothing else is made easier.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rapportdesk.clock import StandingClock
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.draft import Draft, Form, FormDraft
from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle, new_id
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.clinicians import first_pair
from rapportdesk.vault.grants import make_grant
from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.keys import CliniciansPair, SessionKeys
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.sheets import create_sheet, new_code
from rapportdesk.vault.signing import new_signing_key, verifying_key
from rapportdesk.vault.slots import Badge, StaffSlot, create_slot, open_slot, verify_slot

MORNING = dt.datetime(2026, 3, 9, 8, 30, tzinfo=dt.UTC)
SECRET = "a long enough passphrase"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of staff with everything they hold."""

    slot: StaffSlot
    badge: Badge
    keys: SessionKeys


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """A founded vault, closed, and the keys of those who work there."""

    path: Path
    vault_id: str
    device_key: bytes
    signing_key: bytes
    pair: CliniciansPair
    manager: Person
    receptionist: Person
    clinician: Person
    clock: StandingClock

    @contextmanager
    def open(self, person: Person | None = None) -> Iterator[SealedStore]:
        """Open the vault as somebody, the clinician unless said, and close it afterwards."""
        with VaultFile.open(self.path) as file:
            yield SealedStore(file, (person or self.clinician).keys, self.clock)

    @contextmanager
    def file_and_store(self, person: Person | None = None) -> Iterator[tuple[VaultFile, SealedStore]]:
        """Open the vault as somebody and give the file too."""
        with VaultFile.open(self.path) as file:
            yield file, SealedStore(file, (person or self.clinician).keys, self.clock)


def make_clinic(path: Path) -> Clinic:
    """Found a vault at `path` and close it."""
    vault_id, device_key, signing_key, vault_key = new_id(), new_key(), new_signing_key(), new_key()
    pair, public = first_pair(signing_key, vault_id)

    def person(name: str, *roles: str) -> Person:
        badge = Badge(name=name, roles=frozenset(roles))
        slot = create_slot(
            staff_id=new_id(),
            badge=badge,
            secret=SECRET,
            device_key=device_key,
            signing_key=signing_key,
            vault_id=vault_id,
            parameters=Argon2idParameters.fresh(memory_kib=8, iterations=1, lanes=1),
        )
        keys = SessionKeys(
            staff_id=slot.staff_id,
            private_key=open_slot(device_key, slot, SECRET, vault_id).private_key,
            vault_key=vault_key,
            signing_key=signing_key if "manager" in roles else None,
            clinicians=(pair,) if "clinician" in roles else (),
            clinic_public=verifying_key(signing_key),
            device_key=device_key,
        )
        return Person(slot=slot, badge=badge, keys=keys)

    clinic = Clinic(
        path=path,
        vault_id=vault_id,
        device_key=device_key,
        signing_key=signing_key,
        pair=pair,
        manager=person("Maren", "manager"),
        receptionist=person("Ana", "reception"),
        clinician=person("Dr Osei", "clinician"),
        clock=StandingClock(MORNING),
    )
    with VaultFile.create(path, vault_id=vault_id) as file:
        store = SealedStore.found(file, clinic.manager.keys, clinic.clock, device_key_id="key-1")
        with store.transaction():
            for each in (clinic.manager, clinic.receptionist, clinic.clinician):
                file.put_slot(each.slot)
                recipient = verify_slot(each.slot, each.badge, verifying_key(signing_key), vault_id)
                file.put_grant(
                    make_grant(
                        kind="vault-key", epoch=1, key=vault_key, recipient=recipient, signing_key=signing_key,
                        vault_id=vault_id,
                    )
                )  # fmt: skip
            file.put_clinicians(public)
            recipient = verify_slot(clinic.clinician.slot, clinic.clinician.badge, verifying_key(signing_key), vault_id)
            file.put_grant(
                make_grant(
                    kind="clinicians", epoch=1, key=pair.to_bytes(), recipient=recipient, signing_key=pair.ed25519,
                    vault_id=vault_id,
                )
            )  # fmt: skip
            file.put_sheet(
                create_sheet(
                    kind="desk", number=1, code=new_code(), signing_key=signing_key,
                    clinic_public=verifying_key(signing_key), vault_id=vault_id,
                )
            )  # fmt: skip
    return clinic


def a_patient(name: str = "Nia Prydderch") -> Patient:
    """Return somebody with a birth date."""
    return Patient(id=PatientId(new_id()), name=name, birth_date=dt.date(1958, 3, 14))


def a_note(patient: Patient, text: str = "Sings alto", audience: Audience = Audience.EVERYONE) -> Note:
    """Return a hobby."""
    return Note(
        id=RecordId(new_id()),
        patient=patient.id,
        kind=NoteKind.HOBBY,
        text=text,
        noted_at=MORNING,
        noted_by=StaffId("ana"),
        noted_by_name="Ana",
        audience=audience,
    )


def a_task(patient: Patient, text: str = "Send the form", audience: Audience = Audience.EVERYONE) -> Task:
    """Return a promise."""
    return Task(
        id=RecordId(new_id()),
        patient=patient.id,
        text=text,
        audience=audience,
        recorded_at=MORNING,
        recorded_by=StaffId("ana"),
        recorded_by_name="Ana",
    )


def a_topic(patient: Patient, code: str = "bereavement", name_for: Audience = Audience.EVERYONE) -> TopicPermission:
    """Return a permission to ask first."""
    return TopicPermission(
        id=RecordId(new_id()),
        patient=patient.id,
        handle=TopicHandle(new_id()),
        code=code,
        permission=Permission.ASK_FIRST,
        name_for=name_for,
        recorded_at=MORNING,
        recorded_by=StaffId("ana"),
        recorded_by_name="Ana",
    )


def a_consent(patient: Patient) -> ConsentEvent:
    """Return an agreement to keeping notes."""
    return ConsentEvent(
        id=RecordId(new_id()),
        patient=patient.id,
        covers=Covers.KEEP_NOTES,
        status=ConsentStatus.ACTIVE,
        recorded_at=MORNING,
        recorded_by=StaffId("ana"),
        recorded_by_name="Ana",
    )


def a_draft(patient: Patient, author: Person, text: str = "promise: ring on Fri") -> Draft:
    """Return an unfinished line."""
    return Draft(
        id=RecordId(new_id()),
        patient=patient.id,
        author=StaffId(author.slot.staff_id),
        text=text,
        saved_at=MORNING,
    )


def a_form(patient: Patient | None, author: Person, content: str = "typed", form: Form = Form.PERSON) -> FormDraft:
    """Return what stood in a form; of no patient, of one who is still being added."""
    return FormDraft(
        id=RecordId(new_id()),
        patient=patient.id if patient else None,
        author=StaffId(author.slot.staff_id),
        form=form,
        content=content,
        saved_at=MORNING,
    )
