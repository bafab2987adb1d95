"""A practice on a real file, with cheap secrets and a clock that stands where the test puts it."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.doorway import read_doorway
from rapportdesk.desk.door.founding import Founder, SheetCodes
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Identifier, Patient, RelatedPerson
from rapportdesk.model.staff import Role
from rapportdesk.vault.kdf import Argon2idParameters

MORNING = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
SECRET = "leeks and bara brith"


@dataclass
class Practice:
    """An open desk and what a test needs to come and go: everybody's secret is the same.

    Attributes:
        founded: Another one, closed, to go on from with a copy of its vault: founding takes ten times as long.
    """

    path: Path
    clock: StandingClock = field(default_factory=lambda: StandingClock(MORNING))
    custody: MemoryCustody = field(default_factory=MemoryCustody)
    founded: "Practice | None" = None

    def __post_init__(self) -> None:
        self.cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
        if self.founded is None:
            self.desk, self.codes = self._begin()
        else:
            self.codes = self.founded.codes
            self.desk = self._go_on(self.founded)

    def _begin(self) -> tuple[Desk, SheetCodes]:
        founder = Founder(
            clinic_name="Cwm Road", name="Ben Morgan", roles=frozenset({Role.MANAGER, Role.RECEPTION}), secret=SECRET
        )
        desk, codes = Desk.create(self.path, self.custody, founder, self.clock, cost=self.cost)
        desk.staff.add("Ana Ruiz", frozenset({Role.RECEPTION}), SECRET, must_change=False)
        desk.staff.add("Dr Osei", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
        return desk, codes

    def _go_on(self, founded: "Practice") -> Desk:
        self.path.parent.mkdir(mode=0o700)
        shutil.copy2(founded.path, self.path)
        key_id = read_doorway(self.path).device_key_id
        self.custody.write(key_id, founded.custody.read(key_id))
        self.desk = Desk.open(self.path, self.custody, self.clock, cost=self.cost)
        return self.sign_in("Ben Morgan")

    def sign_in(self, name: str) -> Desk:
        """Let `name` take over the desk."""
        person = next(each for each in self.desk.door() if each.name == name)
        self.desk.sign_in(person.id, SECRET)
        return self.desk

    def reopen(self) -> Desk:
        """Close the vault and open it again, as the next morning does."""
        self.desk.close()
        self.desk = Desk.open(self.path, self.custody, self.clock, cost=self.cost)
        return self.desk


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """Give the practice that all others are copies of; it is closed."""
    made = Practice(tmp_path_factory.mktemp("founded") / "vault" / "desk.rapport")
    made.desk.close()
    return made


@pytest.fixture
def practice(tmp_path: Path, founded: Practice) -> Iterator[Practice]:
    made = Practice(tmp_path / "vault" / "desk.rapport", founded=founded)
    yield made
    made.desk.close()


@pytest.fixture
def ana(practice: Practice) -> Desk:
    """The desk with a receptionist signed in."""
    return practice.sign_in("Ana Ruiz")


def looks(desk: Desk, patient: PatientId) -> tuple[AuditEvent, ...]:
    """What the signed-in person is told of who looked, without the questions about that."""
    asked = {AuditAction.AUDIT_READ, AuditAction.AUDIT_PRINTED}
    return tuple(event for event in desk.audit.of(patient) if event.action not in asked)


def add_nia(desk: Desk, *, agreed: bool = True) -> PatientId:
    """Keep Nia, who has agreed to notes unless told otherwise."""
    patient = desk.people.add(
        Patient(
            id=PatientId(""),
            name="Nia Prydderch",
            preferred_name="Nia",
            birth_date=dt.date(1958, 3, 14),
            identifiers=(Identifier(value="40218"),),
            people=(RelatedPerson(id="", name="Gwen", relation="daughter", often_with=True),),
        )
    )
    if agreed:
        desk.consents.agree(patient.id)
    return patient.id
