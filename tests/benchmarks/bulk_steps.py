"""Which steps of long work took longest, and on what: its own computing, a commit, the collector, or the machine.

A step's wall clock is told apart by what the kernel counts for the worker's thread: the time on a processor, the time
it was ready and another program had the processor (Linux alone; 0 elsewhere), and what is left, in which it waited for
the disk or for Python's lock. A step is named by the lines of the generators at which it began and ended.
"""

import gc
import heapq
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

_SCHEDULED = Path("/proc/thread-self/schedstat")
_MOST = 10
_SINGLE = 0.050


@dataclass(slots=True, kw_only=True)
class Step:
    """One step; every time in seconds.

    Attributes:
        at: Its number.
        began: Since the first step.
        wall: By the wall's clock.
        computing: By the thread's processor time.
        ready: It could have gone on, and another program had the processor.
        commit: Of the wall's clock, within SQLite's commits.
        collector: Of the processor's time, within Python's collector, whichever step made what it looks through.
        what: From where to where it went.
    """

    at: int
    began: float
    wall: float = 0.0
    computing: float = 0.0
    ready: float = 0.0
    commit: float = 0.0
    collector: float = 0.0
    what: str = ""


@dataclass(slots=True)
class Watched:
    """Every step of one job.

    Args:
        engine: Of the vault's file, whose commits are timed.
    """

    engine: Engine
    computing: list[float] = field(default_factory=list)
    longest: list[tuple[float, int, Step]] = field(default_factory=list)
    slowest: list[tuple[float, int, Step]] = field(default_factory=list)
    now: Step | None = None
    lately: list[Step] = field(default_factory=list)
    waited: list[tuple[float, int, list[Step]]] = field(default_factory=list)
    _began: float = 0.0
    _collecting: float = 0.0

    def watch(self) -> None:
        """Time commits and the collector from now on."""
        self._began = time.perf_counter()
        gc.callbacks.append(self._collector)
        dialect: Any = self.engine.dialect
        commit = dialect.do_commit

        def timed(connection: Any) -> None:
            began = time.perf_counter()
            try:
                commit(connection)
            finally:
                if self.now is not None:
                    self.now.commit += time.perf_counter() - began

        dialect.do_commit = timed

    def next(self, steps: Iterator[tuple[int, int]]) -> tuple[int, int] | None:
        """Do the next step; None after the last one."""
        before = _where(steps)
        self.now = step = Step(at=len(self.computing), began=time.perf_counter() - self._began)
        ready, computing, wall = _waited_for_a_processor(), time.thread_time(), time.perf_counter()
        try:
            return next(steps, None)
        finally:
            step.computing, step.wall = time.thread_time() - computing, time.perf_counter() - wall
            step.ready = _waited_for_a_processor() - ready
            step.what = f"{before} > {_where(steps)}"
            self.now = None
            self.computing.append(step.computing)
            _keep(self.longest, step.computing, step)
            _keep(self.slowest, step.wall, step)
            self.lately = [*self.lately[-63:], step]

    def save_began(self, waited: float) -> None:
        """Keep beside what a save had to wait, if it is long: the steps done meanwhile. On the worker."""
        if waited > _SINGLE:
            since = time.perf_counter() - self._began - waited
            beside = [each for each in self.lately if each.began + each.wall >= since]
            entry = waited, len(self.computing), sorted(beside, key=lambda each: -each.wall)[:3]
            (heapq.heappush if len(self.waited) < _MOST else heapq.heappushpop)(self.waited, entry)

    def told(self) -> dict[str, Any]:
        """Return the longest steps and waits as plain data, in milliseconds."""
        return {
            "longest steps": [_told(step) for _key, _at, step in sorted(self.longest, reverse=True)],
            "slowest steps": [_told(step) for _key, _at, step in sorted(self.slowest, reverse=True)],
            "longest waits": [
                {"wait": round(1000 * waited, 1), "beside": [_told(step) for step in steps]}
                for waited, _at, steps in sorted(self.waited, key=lambda each: -each[0])
            ],
        }

    def _collector(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._collecting = time.thread_time()
        elif self.now is not None:
            self.now.collector += max(0.0, time.thread_time() - self._collecting)


def _keep(kept: list[tuple[float, int, Step]], key: float, step: Step) -> None:
    (heapq.heappush if len(kept) < _MOST else heapq.heappushpop)(kept, (key, step.at, step))


def _told(step: Step) -> dict[str, Any]:
    said = asdict(step)
    return {
        name: round(1000 * value, 1) if name not in {"at", "what", "began"} else value for name, value in said.items()
    } | {"began": round(step.began, 2)}  # fmt: skip


def _waited_for_a_processor() -> float:
    try:
        return int(_SCHEDULED.read_bytes().split()[1]) / 1e9
    except OSError:
        return 0.0


def _where(steps: Any) -> str:
    """Return the innermost generator that a step stands in: its file and line."""
    while getattr(steps, "gi_yieldfrom", None) is not None and hasattr(steps.gi_yieldfrom, "gi_frame"):
        steps = steps.gi_yieldfrom
    frame = getattr(steps, "gi_frame", None)
    return "end" if frame is None else f"{Path(frame.f_code.co_filename).stem}:{frame.f_lineno}"
