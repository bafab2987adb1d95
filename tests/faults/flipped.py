"""Every byte of a small vault and of a backup changed, and both cut off everywhere: never a wrong word, never silence.

A vault either says that something is wrong with it, or holds exactly what it held. What it gives out is always what
was written, whatever was changed. A changed or shortened backup restores nothing.
"""

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from sqlalchemy import Engine

from rapportdesk.clock import StandingClock
from rapportdesk.desk.backup.restoring import restore
from rapportdesk.errors import RapportError, VaultMissing
from rapportdesk.store.file.doorway import read_doorway
from rapportdesk.store.file.engine import make_engine
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.custody import MemoryCustody
from tests.desk.conftest import MORNING
from tests.faults.deeds import Place
from tests.faults.writer import State, Writer, everything
from tests.store.clinic import Clinic, make_clinic


@dataclass(slots=True)
class Outcome:
    """How many changed files were opened, and what they did."""

    runs: int = 0
    refused: int = 0
    unchanged: int = 0
    silent: int = 0
    wrong: int = 0
    not_told: int = 0
    examples: list[str] = field(default_factory=list)


class DamagedVault:
    """A small vault of which one place after the other is changed.

    Args:
        clinic: Its vault, closed and without a log beside it.
    """

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.whole = clinic.path.read_bytes()
        self.truth = self._read()

    def flip(self, at: int, by: int, outcome: Outcome) -> None:
        """Change one byte, and look."""
        with _changed(self.clinic.path, at, by):
            self._look(f"byte {at} ^ {by}", outcome)
        self._clean()

    def cut(self, length: int, outcome: Outcome) -> None:
        """Cut the file off, and look."""
        self.clinic.path.write_bytes(self.whole[:length])
        self._look(f"cut at {length}", outcome)
        self._clean()
        self.clinic.path.write_bytes(self.whole)

    def _look(self, where: str, outcome: Outcome) -> None:
        outcome.runs += 1
        try:
            said, found = self._walked()
        except VaultMissing:  # to take it for a first start would bury all of it
            outcome.silent += 1
            outcome.examples.append(f"{where}: taken for a first start")
            return
        except RapportError:
            outcome.refused += 1
            return
        except Exception as bug:  # noqa: BLE001  # whatever it is, nobody was told in words
            outcome.not_told += 1
            outcome.examples.append(f"{where}: {type(bug).__name__}: {bug}")
            return
        if not found <= self.truth:
            outcome.wrong += 1
            outcome.examples.append(f"{where}: {sorted(found - self.truth)[:1]}")
        elif found != self.truth and not said:
            outcome.silent += 1
            outcome.examples.append(f"{where}: {len(self.truth - found)} silently missing")
        elif said:
            outcome.refused += 1
        else:
            outcome.unchanged += 1

    def _walked(self) -> tuple[bool, State]:
        """Return whether anything was said to be wrong, and everything that was given out."""
        read_doorway(self.clinic.path)
        with VaultFile.open(self.clinic.path) as file:
            store = SealedStore(file, self.clinic.clinician.keys, self.clinic.clock)
            said = not store.verify().clean
            found: State = frozenset()
            try:
                found = everything(store)
            except RapportError:
                said = True
            return said, found

    def _read(self) -> State:
        with self.clinic.open() as store:
            return everything(store)

    def _clean(self) -> None:
        """What SQLite and the program wrote into the changed file goes too."""
        for path in self.clinic.path.parent.iterdir():
            if path != self.clinic.path:
                path.unlink()
        if self.clinic.path.read_bytes() != self.whole:
            self.clinic.path.write_bytes(self.whole)


class DamagedBackup:
    """A backup of which one place after the other is changed.

    Args:
        place: Where it was made.
        backup: The file.
    """

    def __init__(self, place: Place, backup: Path) -> None:
        self._place, self._backup = place, backup
        self.whole = backup.read_bytes()

    def flip(self, at: int, by: int, outcome: Outcome) -> None:
        """Change one byte, and try to restore."""
        with _changed(self._backup, at, by):
            self._look(f"byte {at} ^ {by}", outcome)

    def cut(self, length: int, outcome: Outcome) -> None:
        """Cut it off, and try to restore."""
        self._backup.write_bytes(self.whole[:length])
        self._look(f"cut at {length}", outcome)
        self._backup.write_bytes(self.whole)

    def _look(self, where: str, outcome: Outcome) -> None:
        outcome.runs += 1
        target = self._place.root / "from-damaged.rapport"
        try:
            restore(self._backup, target, self._place.code, MemoryCustody(), StandingClock(MORNING))
        except RapportError:
            outcome.refused += 1
            if target.exists():
                outcome.wrong += 1
                outcome.examples.append(f"{where}: refused, and something was restored")
        except Exception as bug:  # noqa: BLE001  # whatever it is, nobody was told in words
            outcome.not_told += 1
            outcome.examples.append(f"{where}: {type(bug).__name__}: {bug}")
        else:
            outcome.silent += 1
            outcome.examples.append(f"{where}: restored")
        for left in target.parent.glob(f"{target.name}*"):
            left.unlink()


def small_clinic(folder: Path, seed: int) -> Clinic:
    """Return a vault that has been written to for a while, in SQLite's smallest pages: the same content in a third."""
    clinic = make_clinic(folder / "vault" / "desk.rapport")
    with VaultFile.open(clinic.path) as file:
        writer = Writer(SealedStore(file, clinic.clinician.keys, clinic.clock), random.Random(seed), short=True)
        for _step in writer.write_only(8):
            continue
    with contextlib.closing(sqlite3.connect(clinic.path, isolation_level=None)) as connection:
        for said in ("journal_mode = DELETE", "page_size = 512"):
            connection.execute(f"PRAGMA {said}")
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode = WAL")
    return clinic


@contextlib.contextmanager
def statements_made_once() -> Iterator[None]:
    """Let the text of each statement be made once and not at every opening: a third of what an opening costs."""
    first = list[Engine]()

    def making(path: Path) -> Engine:
        engine = make_engine(path)
        if not first:
            first.append(engine)
        engine.dialect = engine.pool._dialect = first[0].dialect
        engine._compiled_cache = first[0]._compiled_cache
        return engine

    with mock.patch("rapportdesk.store.file.one_connection.make_engine", making):
        yield


@contextlib.contextmanager
def _changed(path: Path, at: int, by: int) -> Iterator[None]:
    with path.open("rb+") as file:
        file.seek(at)
        before = file.read(1)[0]
        file.seek(at)
        file.write(bytes([before ^ by]))
    yield
    with path.open("rb+") as file:
        file.seek(at)
        file.write(bytes([before]))


def flips(size: int, seed: int, share: float = 1.0) -> Iterator[tuple[int, int]]:
    """Give places of a file and by what to change each; all of them, or a share by chance."""
    chance = random.Random(seed)
    for at in range(size):
        by = 1 << chance.randrange(8) if chance.random() < 0.5 else chance.randrange(1, 256)
        if share >= 1 or chance.random() < share:
            yield at, by
