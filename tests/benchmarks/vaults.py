"""A big vault of invented people, kept in a folder to be measured again and again.

Its device key lies in a file beside it, which no real vault's ever does: nobody in it exists, and every measurement has
to open it without a password store. The measured vault is a copy, so that the one that was made stays as it was made.
"""

import json
import os
import shutil
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from rapportdesk.clock import Clock, SystemClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.demo import DEMO_SECRET, founder
from rapportdesk.desk.invention.invention import invent
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.desk.search.indexing import Indexing
from rapportdesk.model.staff import Role
from rapportdesk.steps import in_one_go
from rapportdesk.vault.kdf import Argon2idParameters

SECRET = DEMO_SECRET
MANAGER, RECEPTION, CLINICIAN = "Ben Morgan", "Ana Ruiz", "Dr Osei"
VAULT = Path("vault", "desk.rapport")
KEY = "device-key.json"
TOLD_EVERY = 10_000


class FileCustody(MemoryCustody):
    """Keeps device keys in a file, in the clear: for invented people alone.

    Args:
        path: The file; made when the first key is kept.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        if path.exists():
            kept = json.loads(path.read_text(encoding="ascii"))
            self._keys.update({key_id: bytes.fromhex(key) for key_id, key in kept.items()})

    def write(self, key_id: str, key: bytes) -> None:
        """Keep a new key."""
        super().write(key_id, key)
        self._save()

    def delete(self, key_id: str) -> None:
        """Remove an entry."""
        super().delete(key_id)
        self._save()

    def _save(self) -> None:
        kept = {key_id: key.hex() for key_id, key in self._keys.items()}
        self._path.write_text(json.dumps(kept), encoding="ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made: how many records, in how many seconds, the founding left out."""

    records: int
    seconds: float

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.records} records in {self.seconds:.1f} s, {self.records / self.seconds:.0f} a second"


def make_vault(
    folder: Path, *, patients: int, notes: int, seed: int, say: bool = False, cost: Argon2idParameters | None = None
) -> Made:
    """Make a vault with a manager, a receptionist and a clinician, and fill it; the same seed makes the same people.

    Args:
        folder: Where nothing lies yet.
        patients: How many people.
        notes: How many notes.
        seed: What they are invented from.
        say: Print now and then how far it is.
        cost: Of the secrets; the usual cost unless given, so that a sign-in is measured as it is.
    """
    folder.mkdir(parents=True)
    desk, _codes = Desk.create(folder / VAULT, FileCustody(folder / KEY), founder(), SystemClock(), cost=cost)
    with desk:
        desk.staff.add(RECEPTION, frozenset({Role.RECEPTION}), SECRET, must_change=False)
        desk.staff.add(CLINICIAN, frozenset({Role.CLINICIAN}), SECRET, must_change=False)
        sign_in(desk, CLINICIAN)
        in_one_go(desk.check_in_steps())  # so that nobody's first sign-in has to look for unfinished lines
        began = time.monotonic()

        def told(done: int, of: int) -> None:
            if say and (done % TOLD_EVERY == 0 or done == of):
                print(f"{done} of {of} people, {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201

        records = invent(desk, patients=patients, notes=notes, seed=seed, progress=told)
        return Made(records=records, seconds=time.monotonic() - began)


def tell_read_model(folder: Path) -> Made | None:
    """Make the read model of a vault that was made, as the window does it in the background, so that copies have it.

    Returns:
        How many records were told, by seconds of processor time; None where it was there.
    """
    with open_vault(folder) as desk:
        desk.tells_index_beside = True
        sign_in(desk, CLINICIAN)
        if _indexing(desk).built:
            return None
        began = time.process_time()
        for _done in desk.tell_index_in_steps():
            pass
        seconds = time.process_time() - began
        with desk.session().store._file.reading() as reading:
            records = sum(
                reading.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608  # two names
                for table in ("patient", "record")
            )
        return Made(records=records, seconds=seconds)


def rebuild_in_steps(desk: Desk) -> Generator[tuple[int, int], None, None]:
    """Throw the read model away, as a damaged one is, and make it anew."""
    _indexing(desk)._begin_anew()
    yield 0, 1  # where a step finds the damage, that is all it does
    yield from desk.tell_index_in_steps()


def _indexing(desk: Desk) -> Indexing:
    index = desk.session()._open_index()
    assert isinstance(index, Indexing)
    return index


def copied(folder: Path, to: Path) -> Path:
    """Copy a vault that was made, with its key, for one measurement to change; returns the folder of the copy.

    What the copying leaves to be written is written first: the measured commits would wait for it.
    """
    shutil.copytree(folder, to)
    if hasattr(os, "sync"):
        os.sync()
    return to


def open_vault(folder: Path, clock: Clock | None = None) -> Desk:
    """Open a vault that was made, with nobody signed in yet."""
    return Desk.open(folder / VAULT, FileCustody(folder / KEY), clock or SystemClock())


def sign_in(desk: Desk, name: str) -> None:
    """Sign one of the three in."""
    desk.sign_in(next(person.id for person in desk.door() if person.name == name), SECRET)
