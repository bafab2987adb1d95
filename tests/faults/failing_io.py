"""Each request of the disk fails once, or all from one on, or the process dies at it, for each thing people do."""

import contextlib
import errno
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapportdesk.errors import RapportError
from tests.faults.deeds import Deed, Place, State, ready, state_of
from tests.faults.preload import Disk, Fault

FAILURES = {
    "EIO once": (Fault.ONCE, errno.EIO, False),
    "EIO from then on": (Fault.FROM_THEN_ON, errno.EIO, False),
    "ENOSPC once": (Fault.ONCE, errno.ENOSPC, False),
    "ENOSPC from then on": (Fault.FROM_THEN_ON, errno.ENOSPC, False),
    "EIO once, reading too": (Fault.ONCE, errno.EIO, True),
}


@dataclass(slots=True)
class Outcome:
    """How often something was made to fail, and what was wrong after it."""

    runs: int = 0
    acknowledged: int = 0
    refused: int = 0
    lost: int = 0
    not_opening: int = 0
    not_told: int = 0
    examples: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def telling(self, where: str) -> Iterator[None]:
        """Count what is refused inside, and what nobody has words for."""
        try:
            yield
        except RapportError:
            self.refused += 1
        except Exception as bug:  # noqa: BLE001  # whatever it is, nobody was told in words
            self.not_told += 1
            self.examples.append(f"{where}: {type(bug).__name__}: {bug}")

    def add(self, other: "Outcome") -> None:
        """Count another's too."""
        for name in ("runs", "acknowledged", "refused", "lost", "not_opening", "not_told"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples


@dataclass(slots=True, kw_only=True)
class Stage:
    """A deed, ready to be done again and again from the same beginning."""

    deed: Deed
    begun: Place
    scratch: Path
    before: State = frozenset()
    after: State = frozenset()

    def __post_init__(self) -> None:
        """Do it once without a fault."""
        self.deed.prepare(self.begun)
        place = self.fresh()
        with ready(self.deed, place):
            pass
        self.before = state_of(place)
        place = self.fresh()
        with ready(self.deed, place) as act:
            act()
        self.after = state_of(place)

    def requests(self, *, reads: bool = False, keys: bool = False) -> int:
        """How many requests of the disk it takes; with `keys`, of the password store too."""
        place = self.fresh()
        disk = Disk(place.root if keys else place.disk)
        with ready(self.deed, place) as act:
            disk.arm(Fault.NEVER, 0, reads=reads)
            act()
            return disk.disarm()

    def fail(self, failure: str, number: int, outcome: Outcome) -> None:
        """Let one request fail, and look at what is left; then do it again, and it must be done."""
        fault, error, reads = FAILURES[failure]
        where = f"{self.deed.name}, {failure}, request {number}"
        place, done = self.fresh(), False
        disk = Disk(place.disk)
        outcome.runs += 1
        with outcome.telling(where), ready(self.deed, place) as act:
            disk.arm(fault, number, error, reads=reads)
            try:
                act()
                done = True
            finally:
                disk.disarm()
        self.look(place, where, outcome, acknowledged=done)

    def kill(self, number: int, outcome: Outcome, *, keys: bool = False) -> Place:
        """Let the process die at one request, in the middle of it where it is a write, and look at what is left.

        Args:
            number: At which request.
            outcome: Is counted in.
            keys: Whether a call of the password store is a request too.
        """
        place = self.fresh()
        outcome.runs += 1
        child = os.fork()
        if child == 0:
            self._die(place, Disk(place.root if keys else place.disk), number)
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        self.look(place, f"{self.deed.name}, killed at request {number}", outcome, acknowledged=not killed)
        return place

    def _die(self, place: Place, disk: Disk, number: int) -> None:
        try:
            with ready(self.deed, place) as act:
                disk.arm(Fault.KILL, number)
                act()
        finally:
            os._exit(0)  # nothing of the parent's is to run a second time

    def look(self, place: Place, where: str, outcome: Outcome, *, acknowledged: bool) -> None:
        """Open everything as everybody, and count what is not as it should be."""
        outcome.acknowledged += acknowledged
        try:
            found = state_of(place)
        except RapportError as fault:
            outcome.not_opening += 1
            outcome.examples.append(f"{where}: {fault}")
            return
        right = (self.after,) if acknowledged else (self.before, self.after, *self._between(found))
        if found not in right:
            outcome.lost += 1
            outcome.examples.append(f"{where}: {sorted(found ^ self.after)} {'acknowledged' * acknowledged}")

    def _between(self, found: State) -> Iterator[State]:
        """A new key may lie in the password store before the vault knows it; it opens nothing and hides nothing."""
        keys = {each for each in found if each.startswith("computer's keys")}
        for state in (self.before, self.after):
            yield frozenset({each for each in state if not each.startswith("computer's keys")} | keys)

    def fresh(self) -> Place:
        """Return the beginning once more."""
        root = self.scratch / "now"
        if root.exists():
            shutil.rmtree(root)
        return self.begun.copied_to(root)
