"""Somebody who writes into a vault, one acknowledged thing after another, and what the vault should hold after each.

Nothing here knows of faults: rows of `python -m tests.faults` cut it off wherever they like.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapportdesk.errors import VaultFault
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Note
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from tests.store.clinic import MORNING, Clinic, a_consent, a_note, a_patient, a_task

State = frozenset[str]
"""Everything that a vault holds, thing by thing; random ids are among it, so that nothing stands for another."""


def everything(store: SealedStore) -> State:
    """Read all of it back: people, what is known of them and was, settings, and the lines of the audit."""
    found = {repr(person) for person in store.patients()}
    for thing in store.all_things():
        found.add(repr(thing))
        found |= {f"before: {earlier!r}" for earlier in store.history(thing.id)}
    for person in store.patients():  # by the index beside the table, as a card is read
        found |= {f"of {person.id}: {thing!r}" for thing in store.things(person.id)}
    found |= {f"setting {name}: {value}" for name, value in store.settings().items()}
    return frozenset(found | {f"line {number}: {line!r}" for number, line in enumerate(store.audit_events())})


@dataclass(slots=True)
class Writer:
    """Writes what chance says; every step is one thing that somebody was told was kept.

    Args:
        store: Into this.
        chance: From a seed.
        short: Whether no text is long.
    """

    store: SealedStore
    chance: random.Random
    short: bool = False
    states: list[State] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with what is there."""
        self.states.append(everything(self.store))

    def steps(self, most: int) -> Iterator[int]:
        """Do so many things; gives the number of each when it has been acknowledged."""
        for number in range(1, most + 1):
            self._one_thing()
            self.states.append(everything(self.store))
            yield number

    def write_only(self, most: int) -> Iterator[int]:
        """As `steps`, without reading all of it back after each."""
        for number in range(1, most + 1):
            self._one_thing()
            yield number

    def _one_thing(self) -> None:
        people = [person.id for person in self.store.patients()]
        if len(people) < 2:
            self._add_somebody()
            return
        patient = self.chance.choice(people)
        kind = self.chance.choices(
            (self._note, self._change, self._several, self._delete, self._erase, self._setting, self._add_somebody),
            (8, 5, 3, 2, 0.5, 1, 1),
        )[0]
        kind(patient)

    def _add_somebody(self, _patient: PatientId | None = None) -> None:
        self.store.put_patient(a_patient(f"Person {self.chance.randrange(10_000)}"))

    def _note(self, patient: PatientId) -> None:
        self.store.put(replace(a_note(a_patient()), patient=patient, text=self._text()))

    def _change(self, patient: PatientId) -> None:
        notes = [thing for thing in self.store.things(patient) if isinstance(thing, Note)]
        if notes:
            self.store.put(replace(min(notes, key=lambda note: note.id), text=self._text()))
        else:
            self._note(patient)

    def _several(self, patient: PatientId) -> None:
        with self.store.transaction():
            self.store.put(replace(a_task(a_patient()), patient=patient, text=self._text()))
            self.store.put(replace(a_consent(a_patient()), patient=patient))
            self._note(patient)
            self.store.audit(AuditEvent(at=MORNING, action=AuditAction.LOCK, who=None, who_name=""))

    def _delete(self, patient: PatientId) -> None:
        notes = [thing for thing in self.store.things(patient) if isinstance(thing, Note)]
        if notes:
            self.store.delete(min(notes, key=lambda note: note.id).id)
            self.store.checkpoint()
        else:
            self._note(patient)

    def _erase(self, patient: PatientId) -> None:
        self.store.delete_patient(patient)
        self.store.checkpoint()

    def _setting(self, _patient: PatientId) -> None:
        self.store.put_setting("clinic-name", self._text())

    def _text(self) -> str:
        return f"{self.chance.randrange(1_000_000)} " * self.chance.choice((1, 5) if self.short else (1, 5, 40, 700))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a vault turned out to hold after a fault; `why` says what kept it from opening or from being well."""

    state: State | None
    why: str = ""


def found_in(clinic: Clinic) -> Found:
    """Open a vault as the next morning does, walk through it and read everything."""
    try:
        with VaultFile.open(clinic.path) as file:
            store = SealedStore(file, clinic.clinician.keys, clinic.clock)
            report = store.verify()
            if not report.clean:
                return Found(state=None, why="; ".join(f"{fault.where}: {fault.what}" for fault in report.faults[:3]))
            return Found(state=everything(store))
    except VaultFault as fault:
        return Found(state=None, why=f"{type(fault).__name__}: {fault}")


def copied(clinic: Clinic, folder: Path) -> Clinic:
    """Return the clinic with a copy of its vault in a folder of its own."""
    folder.mkdir(mode=0o700)
    path = folder / clinic.path.name
    shutil.copyfile(clinic.path, path)
    path.chmod(0o600)
    return replace(clinic, path=path)


def lay(files: dict[str, bytes], folder: Path) -> None:
    """Make a folder hold these files and no others."""
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        path = folder / name
        path.touch(0o600)
        path.write_bytes(content)
