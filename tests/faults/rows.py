"""The rows of the summary: what each fault is, how often it was made, and what it cost."""

import random
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.faults import (
    deed_power_cuts,
    failing_io,
    flipped,
    full_disk,
    power_cuts,
    rotations,
    small_disk,
    stream,
)
from tests.faults.deeds import DEEDS, Deed, new_place
from tests.faults.failing_io import FAILURES, Stage

_KILLS = 50
"""Kills that one vault goes through, one after another."""

_FEW = 10
"""Runs of a deed up to which only the quick ones are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the summary.

    Attributes:
        fault: What was done.
        runs: How often.
        lost: How often something acknowledged was not there, or something was silently missing or wrong.
        not_opening: How often a vault no longer opened.
        not_told: How often the program had no words for it.
        says: What else there is to know, in figures.
        must_lose: A control: unsafe settings, that are to be found out.
        examples: Some of what went wrong.
    """

    fault: str
    runs: int
    lost: int = 0
    not_opening: int = 0
    not_told: int = 0
    says: str = ""
    must_lose: bool = False
    examples: Sequence[str] = field(default_factory=tuple)

    @property
    def well(self) -> bool:
        """Whether it is as it should be."""
        wrong = self.lost + self.not_opening + self.not_told
        return self.runs > 0 and (wrong > 0) is self.must_lose


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """How to make one kind of fault: with a folder, a seed and a number of runs at most."""

    name: str
    runs: int
    quick: int
    make: Callable[[Path, int, int], list[Row]]


def _power_cuts(folder: Path, seed: int, runs: int) -> list[Row]:
    rows = []
    for unsafe in (None, "synchronous NORMAL", "synchronous OFF"):
        most = runs if unsafe is None else min(runs, 500)
        total = power_cuts.Outcome()
        while total.cuts < most:  # another writer every so often
            where = _new(folder / "power")
            recorded = power_cuts.record(where, seed + total.cuts, unsafe=unsafe)
            total.add(power_cuts.cut_power(recorded, where / "cut", seed + total.cuts, min(500, most - total.cuts)))
        rows.append(
            Row(
                fault=f"power cut{f', control: {unsafe}' if unsafe else ' under a writer'}",
                runs=total.cuts, lost=total.lost, not_opening=total.not_opening, must_lose=unsafe is not None,
                says=f"{total.unsynced} with unsynced writes", examples=total.examples,
            )
        )  # fmt: skip
    return rows


def _kills(folder: Path, seed: int, runs: int) -> list[Row]:
    chance, outcome, base = random.Random(seed), failing_io.Outcome(), new_place(_new(folder / "kills") / "base")
    stages = [
        Stage(deed=deed, begun=base.copied_to(base.root.parent / f"begun {number}"), scratch=base.root.parent)
        for number, deed in enumerate(_deeds(runs))
    ]
    counts = [stage.requests() for stage in stages]
    for run in range(runs):
        stage, count = stages[run % len(stages)], counts[run % len(stages)]
        stage.kill(chance.randrange(1, count + 1), outcome)
    return [_row("kill -9 at a request of the disk", outcome)]


def _stream_kills(folder: Path, seed: int, runs: int) -> list[Row]:
    outcome, where = failing_io.Outcome(), _new(folder / "stream")
    for number, begin in enumerate(range(0, runs, _KILLS)):
        place = new_place(where / f"vault {number}")
        stream.kill_under(place, seed + number, min(_KILLS, runs - begin), outcome)
        shutil.rmtree(place.root)
    says = f"{outcome.acknowledged} saves were acknowledged"
    return [replace(_row("kill -9 under a stream of saves", outcome), says=says)]


def _rotation_kills(folder: Path, seed: int, runs: int) -> list[Row]:
    base, rows, chance = new_place(_new(folder / "rotation") / "base"), [], random.Random(seed)
    rotating = [deed for deed in DEEDS if deed.rotates]
    for number, deed in enumerate(rotating if runs > _FEW else rotating[:1]):
        stage = Stage(deed=deed, begun=base.copied_to(base.root.parent / f"begun {number}"), scratch=base.root.parent)
        outcome, requests = failing_io.Outcome(), stage.requests(keys=True)
        for at in sorted(chance.sample(range(1, requests + 1), min(runs, requests))):
            rotations.kill_at(stage, at, outcome)
        rows.append(_row(f"kill -9 at each step: {deed.name}", outcome, of=requests))
    return rows


def _small_disk(folder: Path, seed: int, runs: int) -> list[Row]:
    names = [deed.name for deed in _deeds(runs)]
    outcomes = small_disk.made(_new(folder / "small"), seed, min(runs, 20), names)
    rows = [_row(f"tmpfs that is full: {name}", outcome) for name, outcome in outcomes.items()]
    return [replace(row, must_lose="control" in row.fault) for row in rows]


def _failing(folder: Path, seed: int, runs: int) -> list[Row]:
    base = new_place(_new(folder / "failing") / "base")
    rows, chance = [], random.Random(seed)
    for number, deed in enumerate(_deeds(runs)):
        stage = Stage(deed=deed, begun=base.copied_to(base.root.parent / f"begun {number}"), scratch=base.root.parent)
        outcome = failing_io.Outcome()
        counts = {reads: stage.requests(reads=reads) for reads in (False, True)}
        points = [(each, at) for each, how in FAILURES.items() for at in range(1, counts[how[2]] + 1)]
        for failure, at in chance.sample(points, min(runs, len(points))):
            stage.fail(failure, at, outcome)
        rows.append(_row(f"EIO and ENOSPC: {deed.name}", outcome, of=len(points)))
    return rows


def _deed_power_cuts(folder: Path, seed: int, runs: int) -> list[Row]:
    base, rows = new_place(_new(folder / "cuts") / "base"), []
    for number, deed in enumerate(_deeds(runs)):
        stage = Stage(deed=deed, begun=base.copied_to(base.root.parent / f"begun {number}"), scratch=base.root.parent)
        outcome = failing_io.Outcome()
        deed_power_cuts.cut_power(stage, seed, runs, outcome)
        rows.append(_row(f"power cut: {deed.name}", outcome))
    return rows


def _full_disk(folder: Path, seed: int, runs: int) -> list[Row]:
    base, chance, rows = new_place(_new(folder / "full") / "base"), random.Random(seed), []
    for number, deed in enumerate(_deeds(runs)):
        stage = Stage(deed=deed, begun=base.copied_to(base.root.parent / f"begun {number}"), scratch=base.root.parent)
        outcome = failing_io.Outcome()
        for _run in range(min(runs, 20)):
            full_disk.run_full(stage, chance.randrange(1 << chance.randrange(1, 19)), outcome)
        rows.append(_row(f"disk runs full: {deed.name}", outcome))
        outcome = failing_io.Outcome()
        full_disk.run_read_only(stage, outcome)
        rows.append(_row(f"read-only folder: {deed.name}", outcome))
    for ballast in (True, False):
        done, tried = 0, min(runs, 20)
        for number in range(tried):
            place = base.copied_to(base.root.parent / f"erasing {ballast} {number}")
            done += full_disk.erase_somebody(place, ballast=ballast, room=chance.randrange(0, 4096))
            shutil.rmtree(place.root)
        what = "with the room that is kept" if ballast else "control: without it"
        rows.append(Row(fault=f"erasing on a full disk, {what}", runs=tried, lost=tried - done, must_lose=not ballast))
    return rows


def _vault_flips(folder: Path, seed: int, runs: int) -> list[Row]:
    with flipped.statements_made_once():
        vault = flipped.DamagedVault(flipped.small_clinic(_new(folder / "flips"), seed))
        size, outcome, cuts = len(vault.whole), flipped.Outcome(), flipped.Outcome()
        for at, by in flipped.flips(size, seed, runs / size):
            vault.flip(at, by, outcome)
        for length in range(1, size, max(1, size // runs)):  # no bytes at all are a beginning: see the README
            vault.cut(length, cuts)
    return [_flips(f"bytes of a vault of {size} flipped", outcome), _flips("vault cut off", cuts)]


def _backup_flips(folder: Path, seed: int, runs: int) -> list[Row]:
    place = new_place(_new(folder / "backup flips") / "base")
    with place.signed_in() as desk:
        backup = Path(desk.backups.make(place.root).path)
    damaged = flipped.DamagedBackup(place, backup)
    size, outcome, cuts = len(damaged.whole), flipped.Outcome(), flipped.Outcome()
    for at, by in flipped.flips(size, seed, runs / size):
        damaged.flip(at, by, outcome)
    for length in range(0, size, max(1, size // runs)):
        damaged.cut(length, cuts)
    return [_flips(f"bytes of a backup of {size} flipped", outcome), _flips("backup cut off", cuts)]


TASKS = (
    Task(name="power-cuts", runs=10_000, quick=15, make=_power_cuts),
    Task(name="deed-power-cuts", runs=100, quick=3, make=_deed_power_cuts),
    Task(name="kills", runs=500, quick=6, make=_kills),
    Task(name="stream-kills", runs=500, quick=2, make=_stream_kills),
    Task(name="rotation-kills", runs=1_000_000, quick=2, make=_rotation_kills),
    Task(name="failing-io", runs=1_000_000, quick=4, make=_failing),
    Task(name="full-disk", runs=20, quick=3, make=_full_disk),
    *([Task(name="tmpfs", runs=20, quick=2, make=_small_disk)] if small_disk.available() else []),
    Task(name="vault-flips", runs=1_000_000, quick=20, make=_vault_flips),
    Task(name="backup-flips", runs=1_000_000, quick=25, make=_backup_flips),
)


def _deeds(runs: int) -> list[Deed]:
    return [deed for deed in DEEDS if deed.quick or runs > _FEW]


def made(task: Task, folder: Path, seed: int, runs: int) -> tuple[list[Row], float]:
    """Make one kind of fault; returns its rows, and how many seconds it took."""
    began = time.monotonic()
    return task.make(folder, seed, runs), time.monotonic() - began


def _row(fault: str, outcome: failing_io.Outcome, of: int | None = None) -> Row:
    told = f"{outcome.acknowledged} done all the same, {outcome.refused} refused in words"
    return Row(
        fault=fault, runs=outcome.runs, lost=outcome.lost, not_opening=outcome.not_opening,
        not_told=outcome.not_told, says=told + (f"; of {of} points" if of else ""), examples=outcome.examples,
    )  # fmt: skip


def _flips(fault: str, outcome: flipped.Outcome) -> Row:
    says = f"{outcome.refused} refused or named, {outcome.unchanged} whole all the same"
    return Row(
        fault=fault, runs=outcome.runs, lost=outcome.silent + outcome.wrong, not_told=outcome.not_told, says=says,
        examples=outcome.examples,
    )  # fmt: skip


def _new(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    return folder
