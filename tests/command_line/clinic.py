"""A practice whose key lies in a real password store: founded once, copied for each test that wants it."""

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier, Patient, RelatedPerson
from rapportdesk.model.staff import Role
from rapportdesk.vault.kdf import Argon2idParameters
from tests.command_line.program import Program, Ran

SECRET = "leeks and bara brith"
MANAGER, RECEPTION, CLINICIAN = "Ben Morgan", "Ana Ruiz", "Dr Osei"
DAY = dt.date(2031, 11, 20)
"""Nia's visit: after every day on which these tests will be run, and before what consents last."""

_CHEAP = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """A closed vault, and how commands are run on it.

    Attributes:
        nia: Who has agreed to notes; has a daughter, Gwen, and a visit on `DAY`.
        ali: Who has not been asked.
        visit: The id of Nia's visit.
    """

    program: Program
    vault: Path
    secret_file: Path
    nia: PatientId
    ali: PatientId
    visit: RecordId

    def run(
        self,
        *arguments: str | bytes | Path,
        staff: str = RECEPTION,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run one command on the vault as somebody, in a process of its own."""
        return self.program.run(*self._whole(arguments, staff), stdin=stdin, environment=environment)

    def call(self, *arguments: str | bytes | Path, staff: str = RECEPTION, stdin: bytes = b"") -> Ran:
        """Run one command likewise inside this process."""
        return self.program.call(*self._whole(arguments, staff), stdin=stdin)

    def brief_of(self, patient: str) -> str:
        """Return what the clinician reads about somebody, in words."""
        return self.call("brief", "--patient", patient, staff=CLINICIAN).done()

    def counts(self) -> dict[str, Any]:
        """Return what `verify` counts, which found nothing wrong."""
        found: dict[str, Any] = self.call("verify", "--json", staff=MANAGER).json()
        assert found.pop("faults") == []
        return found

    def copied(self, folder: Path) -> "Clinic":
        """Return the same clinic on a copy of its vault; the password store has the key of both."""
        folder.mkdir(mode=0o700)
        copy = folder / self.vault.name
        shutil.copy2(self.vault, copy)
        return replace(self, vault=copy)

    def _whole(self, arguments: tuple[str | bytes | Path, ...], staff: str) -> tuple[str | bytes | Path, ...]:
        who = ("--staff", staff) if staff else ()
        secret = () if "--secret-file" in arguments else ("--secret-file", self.secret_file)
        return (*arguments, "--vault", self.vault, *who, *secret)


def found(folder: Path, program: Program) -> Clinic:
    """Found the practice with a manager, a receptionist, a clinician and two patients.

    Args:
        folder: Where the vault will lie.
        program: Runs commands where the password store is that this process reaches too.
    """
    vault, secret_file = folder / "vault" / "desk.rapport", folder / "secret"
    secret_file.write_text(SECRET + "\n", encoding="utf-8")
    founder = Founder(clinic_name="Cwm Road", name=MANAGER, roles=frozenset({Role.MANAGER}), secret=SECRET)
    desk, _codes = Desk.create(vault, system_custody(), founder, cost=_CHEAP)
    with desk:
        desk.staff.add(RECEPTION, frozenset({Role.RECEPTION}), SECRET, must_change=False)
        clinician = desk.staff.add(CLINICIAN, frozenset({Role.CLINICIAN}), SECRET, must_change=False)
        nia, ali = desk.people.add(_nia()).id, desk.people.add(_ali()).id
        desk.consents.agree(nia)
        visit = desk.today.add_appointment(
            nia, dt.datetime.combine(DAY, dt.time(12), dt.UTC), minutes=20, practitioner=CLINICIAN
        )
        desk.sign_in(clinician.id, SECRET)  # replaces the clinicians' keys, once
    return Clinic(program=program, vault=vault, secret_file=secret_file, nia=nia, ali=ali, visit=visit.id)


def _nia() -> Patient:
    return Patient(
        id=PatientId(""),
        name="Nia Prydderch",
        preferred_name="Nia",
        birth_date=dt.date(1958, 3, 14),
        identifiers=(Identifier(value="40218"),),
        contact_points=(ContactPoint(system=ContactSystem.PHONE, value="01632 960123"),),
        people=(RelatedPerson(id="", name="Gwen", relation="daughter", often_with=True),),
    )


def _ali() -> Patient:
    return Patient(id=PatientId(""), name="Ali Hassan", identifiers=(Identifier(value="40219"),))
