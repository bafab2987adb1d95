"""A power cut at any moment: what was acknowledged is there, what was not is there whole or not at all.

The product's own SQLite writes a vault while every write and sync is recorded; images of what a power cut may leave
are laid down and opened by the product. The control runs the same over settings that are not safe, and must lose.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rapportdesk.store.file import pragmas
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from tests.faults.preload import Disk
from tests.faults.recording import Event, PowerCuts, read_log
from tests.faults.writer import Found, State, Writer, copied, found_in, lay
from tests.store.clinic import Clinic, make_clinic

STEPS = 40
UNSAFE = {
    "synchronous NORMAL": ("synchronous = FULL", "synchronous = NORMAL"),
    "synchronous OFF": ("synchronous = FULL", "synchronous = OFF"),
    "journal DELETE": ("journal_mode = WAL", "journal_mode = DELETE"),
}
"""Settings that are not safe, by what is put in the place of what."""


@dataclass(slots=True, kw_only=True)
class Recorded:
    """A writer's work, and everything it asked of the disk."""

    clinic: Clinic
    before: dict[str, bytes]
    events: Sequence[Event]
    states: Sequence[State]


@dataclass(slots=True)
class Outcome:
    """How many power cuts there were, and what was wrong after them."""

    cuts: int = 0
    lost: int = 0
    not_opening: int = 0
    unsynced: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another's too."""
        self.cuts, self.unsynced = self.cuts + other.cuts, self.unsynced + other.unsynced
        self.lost, self.not_opening = self.lost + other.lost, self.not_opening + other.not_opening
        self.examples += other.examples

    def note(self, cut: int, found: Found, acknowledged: int, states: Sequence[State], unsynced: int) -> None:
        """Count one; a state is right when it is the last acknowledged one, or the one that was just being written."""
        self.cuts += 1
        self.unsynced += bool(unsynced)
        if found.state is None:
            self.not_opening += 1
            self.examples.append(f"after request {cut}: {found.why}")
        elif found.state not in states[acknowledged : acknowledged + 2]:
            self.lost += 1
            self.examples.append(f"after request {cut}: {acknowledged} acknowledged, not there as they were")


@contextmanager
def settings(replaced: tuple[str, str] | None) -> Iterator[None]:
    """Let the vault be opened with one setting replaced: the control's."""
    usual = pragmas._SETTINGS
    if replaced is not None:
        pragmas._SETTINGS = tuple(each.replace(*replaced) for each in usual)  # type: ignore[assignment]  # as many
    try:
        yield
    finally:
        pragmas._SETTINGS = usual


def record(folder: Path, seed: int, *, unsafe: str | None = None, steps: int = STEPS) -> Recorded:
    """Let a writer work over the library, and return what it asked of the disk."""
    founded = make_clinic(folder / "founded" / "desk.rapport")
    clinic = copied(founded, folder / "written")
    before = {path.name: path.read_bytes() for path in clinic.path.parent.iterdir()}
    disk, log = Disk(clinic.path.parent), folder / "log"
    with settings(UNSAFE[unsafe] if unsafe else None), disk.recording(log), VaultFile.open(clinic.path) as file:
        writer = Writer(SealedStore(file, clinic.clinician.keys, clinic.clock), random.Random(seed))
        for number in writer.steps(steps):
            disk.mark(str(number))
    return Recorded(clinic=clinic, before=before, events=read_log(log), states=writer.states)


def cut_power(recorded: Recorded, folder: Path, seed: int, most: int) -> Outcome:
    """Cut the power so many times, each time at a moment of chance, and open what is left."""
    chance, outcome = random.Random(seed), Outcome()
    place = copied(recorded.clinic, folder)
    cuts = PowerCuts(recorded.before, recorded.events, recorded.clinic.path.parent)
    for moment in sorted(chance.randrange(len(recorded.events) + 1) for _cut in range(most)):
        cuts.go_on(moment)
        lay(cuts.image(chance), place.path.parent)
        acknowledged = int(cuts.marks[-1]) if cuts.marks else 0
        outcome.note(moment, found_in(place), acknowledged, recorded.states, cuts.unsynced)
    return outcome
