"""What a receptionist and a clinician wait for, measured through the widgets over one made vault.

Every row is keys in and a painting out. The heartbeat beats during all of it, and what the window's thread was kept for
is a row of its own, as is the memory that is held at the end.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import text

import rapportdesk.desk.desk as desk_module
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import KeepConsent
from tests.benchmarks.driven import Driven, Stopwatch, Taken
from tests.benchmarks.heartbeat import LATE_MS, Heartbeat
from tests.benchmarks.measured import Of, Row, Target
from tests.benchmarks.typed import Typed
from tests.benchmarks.vaults import CLINICIAN, RECEPTION

NAMES_MS, WORDS_MS, CARD_MS, LOCK_MS = 16.0, 30.0, 30.0, 100.0
TODAY_MS, TODAY_SMALL_MS, SMALL = 1_500.0, 600.0, 5_000
HELD_MB = 350.0
COMMIT = "commit"
_SLOT = "open_slot"
_NOTE = b"x" * 448
_SUMMED = 50_000

Peers = dict[str, tuple[float, ...]]


class WindowRows:
    """Measures one window.

    Args:
        driven: The window over the vault, with the sign-in shown.
        heart: Beats all the time.
        patients: How many there are, for the target that depends on it.
    """

    def __init__(self, driven: Driven, heart: Heartbeat, patients: int) -> None:
        self._driven, self._heart = driven, heart
        self._small = patients <= SMALL
        self.pause: Callable[[], None] = driven.settle
        """What is waited for between two people or texts: that the worker rests, or that long work has gone on."""
        self._kept: list[tuple[str, float, int, float]] = []
        self._paces: list[float] = []

    def sign_ins(self, times: int) -> tuple[Row, ...]:
        """Sign a clinician and a receptionist in, turn about, and lock; leaves nobody signed in."""
        today: dict[str, list[Taken]] = {CLINICIAN: [], RECEPTION: []}
        locks: list[Taken] = []
        with self._beating("signing in and locking"):
            for _time in range(times):
                for who, taken in today.items():
                    taken.append(self._sign_in(who))
                    self._driven.settle()
                    locks.append(self._driven.lock())
        target = Target(most=TODAY_SMALL_MS if self._small else TODAY_MS, of=Of.MOST)
        rows = [
            _row(
                f"secret accepted to Today, {who}", taken, target,
                note="from the moment Argon2id has said yes to a painted day",
            )
            for who, taken in (("clinician", today[CLINICIAN]), ("reception", today[RECEPTION]))
        ]  # fmt: skip
        return (*rows, _row("lock", locks, Target(most=LOCK_MS, of=Of.MOST)))

    def searches(self, rows: tuple[Typed, ...], beside: str = "") -> tuple[Row, ...]:
        """Type everything; somebody is signed in.

        Args:
            rows: What is typed.
            beside: What runs meanwhile, for the names of the rows.
        """
        driven, found = self._driven, []
        driven.go_to_search()
        with self._beating(f"searching{beside}"):
            for row in rows:
                taken: list[Taken] = []
                for each in row.texts:
                    strokes = [driven.keystroke(letter) for letter in each]
                    taken += strokes[-1:] if row.last_only else strokes
                    driven.shell.bar.search.clear()
                    self.pause()
                most = WORDS_MS if row.words else NAMES_MS
                found.append(_row(f"{row.name}{beside}", taken, Target(most=most)))
        return tuple(found)

    def cards(self, patients: list[PatientId], beside: str = "") -> Row:
        """Open cards, one after the other."""
        with self._beating(f"opening cards{beside}"):
            taken = []
            for patient in patients:
                taken.append(self._driven.open_card(patient))
                self.pause()
        return _row(f"open a card{beside}", taken, Target(most=CARD_MS))

    def saves(self, patients: list[PatientId], folder: Path, beside: str = "") -> tuple[Row, Row]:
        """Save a note on each card, and commit one row to a plain SQLite file beside it, turn about."""
        durable, said, plain = list[Taken](), list[Taken](), list[float]()
        path = folder / "commit.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as peer, self._beating(f"saving notes{beside}"):
            for setting in ("journal_mode = WAL", "synchronous = FULL"):
                peer.execute(f"PRAGMA {setting}")
            peer.execute("CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, patient TEXT, words BLOB)")
            for number, patient in enumerate(patients):
                self._driven.open_card(patient)
                self._driven.until(lambda: self._driven.card.quick.isEnabled())
                self.pause()
                kept, told = self._driven.save_note(f"Likes the window seat {number}")
                durable.append(kept)
                said.append(told)
                began = time.perf_counter()
                peer.execute("BEGIN IMMEDIATE")
                peer.execute("INSERT INTO note VALUES (?, ?, ?)", (os.urandom(16).hex(), patient, _NOTE))
                peer.execute("COMMIT")
                plain.append((time.perf_counter() - began) * 1000)
        path.unlink()
        peers = {COMMIT: tuple(plain)}
        return (
            _row(
                f"save a note{beside}", durable, Target(most=2.0, times=COMMIT), peers=peers,
                note="from Enter until it is durable",
            ),
            _row(f"save a note, said{beside}", said, peers=peers, note="from Enter to what is said of it"),
        )  # fmt: skip

    def kept(self) -> Iterator[Row]:
        """Yield how long the window's thread was kept, in each stretch that was measured."""
        for stretch, most, late, machine in self._kept:
            yield Row(
                name=f"window kept while {stretch}", values=(most,), peers={"idle process": (max(machine, 0.01),)},
                targets=(Target(most=LATE_MS, of=Of.MOST),),
                note=f"{late} times over {LATE_MS:g} ms; an idle process beside it was kept {machine:.0f} ms",
            )  # fmt: skip

    def _sign_in(self, who: str) -> Taken:
        """Return what it takes from the accepted secret to a painted day."""
        driven, accepted = self._driven, list[Stopwatch]()
        before: Callable[..., object] = vars(desk_module)[_SLOT]

        def open_slot(*arguments: object) -> object:
            opened = before(*arguments)
            accepted.append(Stopwatch())
            return opened

        setattr(desk_module, _SLOT, open_slot)  # the one place that knows when it was accepted
        try:
            driven.type_secret(who)
            driven.press_enter()
            driven.until(lambda: driven.application.shell is not None)
        finally:
            setattr(desk_module, _SLOT, before)
        today = driven.today
        # It may have been painted before anybody could look: painted once more, it is not waited for in vain. And all
        # of it: the list alone has no height when every visit of the day is over.
        driven.until(lambda: today._day is not None)
        driven.timed(today.update, today, lambda: True)
        return accepted[0].taken()

    def pace(self) -> Row:
        """Return what the same sums took before each stretch: how fast the machine was just then."""
        return Row(name="the same sums, before each of these", values=tuple(self._paces))

    @contextmanager
    def _beating(self, stretch: str) -> Iterator[None]:
        self._paces.append(min(_sums() for _again in range(3)))
        self._heart.taken()
        yield
        told = self._heart.taken()
        self._kept.append((stretch, told.most, told.late, told.machine))


def some_patients(driven: Driven, count: int) -> list[PatientId]:
    """Return so many patients who agreed that notes are kept, by their random ids; asked while the worker is idle.

    A note for anybody else is answered with a question, which nothing here would ever answer.

    Raises:
        LookupError: There are not so many.
    """
    chosen: list[PatientId] = []
    with driven.desk.session().store._file.reading() as reading:
        rows = reading.connection.execute(text("SELECT id FROM patient WHERE id > '3' ORDER BY id"))
        ids = map(PatientId, rows.scalars())
        while len(chosen) < count:
            patient = next(ids, None)
            if patient is None:
                raise LookupError(f"{len(chosen)} of {count} agreed that notes are kept")
            if driven.desk.consents.keep(patient) is KeepConsent.AGREED:
                chosen.append(patient)
    return chosen


def _sums() -> float:
    began = time.perf_counter()
    sum(number * number for number in range(_SUMMED))
    return (time.perf_counter() - began) * 1000


def _row(
    name: str, taken: Sequence[Taken], target: Target | None = None, *, note: str = "", peers: Peers | None = None
) -> Row:
    return Row(
        name=name, values=tuple(each.wall for each in taken), processor=tuple(each.processor for each in taken),
        targets=(target,) if target else (), note=note, peers=peers or {},
    )  # fmt: skip


def held_mb() -> float:
    """Return the memory that this process holds now, in megabytes."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024


def held_row(name: str, value: float) -> Row:
    """Return a row of memory."""
    return Row(name=name, values=(value,), unit="MB", targets=(Target(most=HELD_MB, of=Of.MOST),))
