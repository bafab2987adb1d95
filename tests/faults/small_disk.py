"""A real disk that is full: a tmpfs of its own, filled up to some pages, in each of the things people do.

    unshare --user --map-root-user --mount python -m tests.faults.small_disk FOLDER SEED RUNS

`full_disk.py` counts a disk's room itself; here the kernel does, for names, sizes and the log that SQLite maps too.
Where a process may have no mounts of its own, there is no such row.
"""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rapportdesk.store.file.ballast import Ballast
from tests.faults.deeds import DEEDS, Place, new_place, ready
from tests.faults.failing_io import Outcome, Stage
from tests.faults.full_disk import erased_where

_UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]
_PAGE = 4096
_FILLER = "filler"


def available() -> bool:
    """Whether a process may have a small disk of its own here."""
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return False
    return subprocess.run([*_UNSHARE, "true"], check=False, capture_output=True).returncode == 0


def made(folder: Path, seed: int, runs: int, deeds: Sequence[str]) -> dict[str, Outcome]:
    """Make the faults in a process that has mounts of its own; returns what came of each deed."""
    command = [*_UNSHARE, sys.executable, "-m", "tests.faults.small_disk", str(folder), str(seed), str(runs), *deeds]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {name: Outcome(**outcome) for name, outcome in json.loads(done.stdout).items()}


@contextmanager
def _disk(at: Path, size: int) -> Iterator[None]:
    at.mkdir(mode=0o700, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", at], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", at], check=True)


def _fill(disk: Path, room: int) -> None:
    """Leave so many bytes free and no more."""
    free = shutil.disk_usage(disk).free
    with (disk / _FILLER).open("wb") as filler:
        filler.write(bytes(max(0, free - room)))


def _on_small_disk(stage: Stage, room: int, outcome: Outcome) -> None:
    scratch = stage.scratch / "small"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    place = Place(root=scratch, code=stage.begun.code)
    with _disk(place.disk, 8 << 20):
        shutil.copytree(stage.begun.root, scratch, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.ballast"))
        where, done = f"{stage.deed.name}, {room} bytes free", False
        outcome.runs += 1
        with outcome.telling(where), ready(stage.deed, place) as act:
            _fill(place.disk, room)
            try:
                act()
                done = True
            finally:
                (place.disk / _FILLER).unlink()
        stage.look(place, where, outcome, acknowledged=done)


def _erasing(begun: Place, scratch: Path, room: int, *, ballast: bool) -> bool:
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    place = Place(root=scratch, code=begun.code)
    with _disk(place.disk, 32 << 20):
        shutil.copytree(begun.root, scratch, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.ballast"))
        if ballast:
            Ballast(place.path).make()
        _fill(place.disk, room)
        return erased_where(place, (place.disk / _FILLER).unlink)


def main(folder: Path, seed: int, runs: int, deeds: Sequence[str]) -> None:
    """Make them, and print what came of each as JSON."""
    chance, base, outcomes = random.Random(seed), new_place(folder / "base"), dict[str, Outcome]()
    for number, deed in enumerate(each for each in DEEDS if each.name in deeds):
        stage = Stage(deed=deed, begun=base.copied_to(folder / f"begun {number}"), scratch=folder)
        outcome = outcomes[deed.name] = Outcome()
        for _run in range(runs):
            _on_small_disk(stage, chance.randrange(1 << chance.randrange(1, 8)) * _PAGE, outcome)
    for ballast in (True, False):
        outcome = outcomes[f"erasing, {'with' if ballast else 'control: without'} the room that is kept"] = Outcome()
        for _run in range(runs):
            outcome.runs += 1
            done = _erasing(base, folder / "erasing", chance.randrange(0, 2) * _PAGE, ballast=ballast)
            outcome.lost += not done
    sys.stdout.write(json.dumps({name: asdict(outcome) for name, outcome in outcomes.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
