"""Any number of invented people from a seed, for trying and measuring at a size.

The same seed gives the same people and words; ids and times are the vault's own.
"""

import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.session import Session
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier, Patient
from rapportdesk.paths import RESOURCES

BATCH = 200
"""People in one commit: bounded memory, and a commit now and then."""

_KINDS = (NoteKind.HOBBY, NoteKind.PREFERENCE, NoteKind.PLEASE_DO, NoteKind.PLEASE_DONT, NoteKind.ALSO_WORTH_KNOWING)


@dataclass(frozen=True, slots=True)
class _Words:
    given: list[str]
    family: list[str]
    hobbies: list[str]
    words: list[str]

    @classmethod
    def read(cls) -> "_Words":
        return cls(**json.loads((RESOURCES / "demo" / "invention.json").read_text(encoding="utf-8")))


def invent(desk: Desk, *, patients: int, notes: int, seed: int) -> None:
    """Fill the vault in which somebody is signed in.

    Args:
        desk: With somebody signed in.
        patients: How many people.
        notes: How many notes, spread over them; without people there are none.
        seed: The same number invents the same people again.
    """
    chance = random.Random(seed)  # noqa: S311  # invented people need no secrecy
    session, words = desk.session(), _Words.read()
    for start in range(0, patients, BATCH):
        count = min(BATCH, patients - start)
        with session.store.transaction():
            for number in range(start, start + count):
                share = notes // patients + (1 if number < notes % patients else 0)
                _keep_one(session, chance, words, number, share)
    desk.refill_index()


def _keep_one(session: Session, chance: random.Random, words: _Words, number: int, notes: int) -> None:
    patient = _patient(chance, words, number)
    session.store.put_patient(patient)
    at = session.now() - dt.timedelta(days=chance.randrange(400, 2000))
    for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS):
        session.store.put(
            ConsentEvent(
                id=RecordId(new_id()), patient=patient.id, covers=covers, status=ConsentStatus.ACTIVE, recorded_at=at,
                recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name,
            )
        )  # fmt: skip
    for note in _notes(session, chance, words, patient.id, notes):
        session.store.put(note)
    if number < 40:
        session.store.put(_visit(session, patient.id, number))


def _patient(chance: random.Random, words: _Words, number: int) -> Patient:
    given, family = chance.choice(words.given), chance.choice(words.family)
    born = dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(365 * 85))
    phone = f"07700 {chance.randrange(900000, 1000000)}"
    return Patient(
        id=PatientId(new_id()), name=f"{given} {family}", sort_name=f"{family}, {given}", birth_date=born,
        identifiers=(Identifier(value=str(50000 + number)),), languages=("English",),
        contact_points=(ContactPoint(system=ContactSystem.PHONE, value=phone),),
    )  # fmt: skip


def _notes(session: Session, chance: random.Random, source: _Words, patient: PatientId, count: int) -> Iterator[Note]:
    for _ in range(count):
        kind = chance.choice(_KINDS)
        # the square of a random number leans towards the first words, as words in a language do
        words = " ".join(
            source.words[int(chance.random() ** 2 * len(source.words))] for _ in range(chance.randrange(4, 14))
        )
        yield Note(
            id=RecordId(new_id()), patient=patient, kind=kind,
            text=chance.choice(source.hobbies) if kind is NoteKind.HOBBY else words.capitalize(),
            boundary=kind is NoteKind.PLEASE_DONT, noted_at=session.now() - dt.timedelta(days=chance.randrange(1500)),
            noted_by=session.viewer.staff, noted_by_name=session.viewer.name,
        )  # fmt: skip


def _visit(session: Session, patient: PatientId, number: int) -> Appointment:
    first = session.local_now().replace(hour=8, minute=0, second=0, microsecond=0)
    start = first + dt.timedelta(minutes=15 * number)
    return Appointment(
        id=RecordId(new_id()), patient=patient, start=start.astimezone(dt.UTC), minutes=15,
        practitioner_name=("Dr Osei", "Dr Hahn", "Nurse Lind")[number % 3], status_at=session.now(),
    )  # fmt: skip
