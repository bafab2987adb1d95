"""What long work costs those who work meanwhile: rows a second, how long a save waits, how long the window stands.

Each job runs as in the window, in slices on the one worker, with an event loop whose heartbeat is watched, while a note
is saved five times a second; in a process and with a copy of the vault of its own. The jobs "nothing" and "python" are
the controls: what they show is the machine's, and that of any work beside the window in one interpreter. A step's own
time is the worker's processor time, which other programs on the machine do not lengthen.
"""

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from sqlalchemy import func, select

from rapportdesk.desk.bring_in.bringing import Bringing
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import RapportError
from rapportdesk.model.note import NoteKind
from rapportdesk.store.tables import PatientRow, table_of
from tests.benchmarks.bulk_steps import Watched
from tests.benchmarks.bulk_table import bulk_table
from tests.benchmarks.importing import held
from tests.benchmarks.invented_files import write
from tests.benchmarks.measured import Of, figure
from tests.benchmarks.vaults import MANAGER, copied, make_vault, open_vault, rebuild_in_steps, sign_in
from tests.ui.offscreen import use_offscreen
from ui.bring_in.stepping import Aside, Stepping
from ui.guard.idle import Idle
from ui.start.collector import Collector
from ui.work import Work

Steps = Generator[tuple[int, int], None, Any]

_CONTROLS, _CONTROL_S = frozenset({"nothing", "python"}), 30.0
_HEARTBEAT_MS = 5
_SAVE_MS = 200


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What was seen while a job ran; times in seconds."""

    rows: int = 0
    total: int = 0
    window: float = 0.0
    waits: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)


def measure_bulk(
    folder: Path | None, *, jobs: list[str], size: int, appointments: int, seconds: float, kept: Path | None = None,
    markdown: bool = False, say: Callable[[str], object] = lambda _words: None,
) -> str:  # fmt: skip
    """Return a table with a line for each job.

    Args:
        folder: A vault that `make_vault` made; None to make one of `size` patients and ten times as many notes.
        jobs: Of `JOBS`; all of them when empty.
        size: How many patients, where there is no folder.
        appointments: How many the imported file holds; a tenth as many patients.
        seconds: After which a job is stopped, as a person may stop it; rows a second are of what it did until then.
        kept: A file in which each job's figures stay: one that is in it already is not done again.
        markdown: As a table for a page.
        say: Told each job's figures as they come.
    """
    told: dict[str, Any] = json.loads(kept.read_text()) if kept is not None and kept.exists() else {}
    with tempfile.TemporaryDirectory(prefix="rapportdesk-bulk-") as scratch:
        if folder is None:
            folder = Path(scratch, "made")
            make_vault(folder, patients=size, notes=10 * size, seed=1)
        for job in jobs or list(JOBS):
            if job in told:
                continue
            moved = Path(scratch, "new key")
            # Who has moved everything goes on with the patients' keys, as the program does.
            own = moved if job == "rotation" and moved.exists() else copied(folder, Path(scratch, job))
            most = min(seconds, _CONTROL_S) if job in _CONTROLS else seconds
            command = [sys.executable, "-m", __name__, str(own), job, str(appointments), str(most)]
            began, load = time.time(), os.getloadavg()[0]
            told[job] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            told[job] |= {"load": load, "with all around it": time.time() - began}
            say(json.dumps({job: told[job]}))
            if kept is not None:
                kept.write_text(json.dumps(told, indent=1))
            if job != "new key":
                shutil.rmtree(own)
    return bulk_table(
        [(job, told[job]) for job in JOBS if job in told and (not jobs or job in jobs)], markdown=markdown
    )


def _nothing(_desk: Desk, _job: "_Job") -> Iterator[tuple[int, int]]:
    pause, number = threading.Event(), 0
    while True:
        pause.wait(0.002)
        number += 1
        yield number, number


def _python(_desk: Desk, _job: "_Job") -> Iterator[tuple[int, int]]:
    number = 0
    while True:
        number += sum(1 for _ in range(10_000))
        yield number, number


def _check(desk: Desk, _job: "_Job") -> Steps:
    return desk.check_in_steps()


def _backup(desk: Desk, job: "_Job") -> Steps:
    return desk.backups.make_in_steps(job.folder / "a.rapport-backup")


def _new_key(desk: Desk, _job: "_Job") -> Iterator[tuple[int, int]]:
    """Replace the vault key, and move what lies under the former one: rows are those counted anew."""
    desk.replace_vault_key()
    yield 0, 0
    store = desk.session().store
    with closing(store.rotate_patient_keys_in_steps()) as steps:
        for replaced in steps:
            if replaced:
                break
            yield 0, 0
    rows = _rows_of(desk)
    yield rows, rows


def _rows_of(desk: Desk) -> int:
    with desk._file.reading() as reading:
        return reading.recorded().count


def _rebuild(desk: Desk, _job: "_Job") -> Iterator[tuple[int, int]]:
    """Tell the read model everybody, from nothing."""
    with desk._file.reading() as reading:
        people = int(reading.connection.execute(select(func.count()).select_from(table_of(PatientRow))).scalar_one())
    for done, of in rebuild_in_steps(desk):
        yield people * done // of, people


def _export(desk: Desk, _job: "_Job") -> Iterator[tuple[int, int]]:
    """Give everybody's file out, one person at a step, as a manager may."""
    store = desk.session().store
    for number, patient in enumerate(store.patients(), start=1):
        desk.patient_files.export(patient.id, "fhir")
        yield number, number


def _named(desk: Desk, _job: "_Job") -> Iterator[tuple[int, int]]:
    """Look through every card for a name, as when somebody has died."""
    return desk.deceased.named_on_in_steps(next(iter(desk.session().store.patients())).id)


def _rotation(desk: Desk, _job: "_Job") -> Iterator[tuple[int, int]]:
    store, done = desk.session().store, 0
    total = store.patient_keys_due()
    for replaced in store.rotate_patient_keys_in_steps():
        done += replaced
        yield done, total


def _import(_desk: Desk, job: "_Job") -> Steps:
    if job.bringing is None:
        raise RuntimeError("the file is read first")
    return job.bringing.write()


JOBS: dict[str, Callable[[Desk, "_Job"], Iterator[tuple[int, int]]]] = {
    "nothing": _nothing, "python": _python, "check": _check, "backup": _backup, "new key": _new_key,
    "rotation": _rotation, "rebuild": _rebuild, "export": _export, "named": _named, "import": _import,
}  # fmt: skip


class _Job(QObject):
    """One job in one event loop."""

    def __init__(self, desk: Desk, name: str, folder: Path, seconds: float) -> None:
        super().__init__()
        self.desk, self.name, self.folder, self.seconds = desk, name, folder, seconds
        self.seen, self.work = _Seen(), Work(self)
        self.watched = Watched(desk._file._engine)
        self.bringing: Bringing | None = None
        self.ran = self.stop = 0.0
        self._whom = cycle([each.id for each in islice(desk.session().store.patients(), 100)])
        self._saving = False
        self._beat = time.perf_counter()
        self._stepping: Stepping[Any] | None = None
        for every, then in ((_HEARTBEAT_MS, self._heartbeat), (_SAVE_MS, self._save)):
            timer = QTimer(self)
            timer.timeout.connect(then)
            timer.start(every)

    def begin(self) -> None:
        """Begin, and stop once the time is over."""
        self._began = self._beat = time.perf_counter()
        self.watched.watch()
        desk = self.desk
        self._stepping = Stepping(self.work, desk.clock, self, self._watched, self._ended, self._failed)
        QTimer.singleShot(int(1000 * self.seconds), self, self._stop)

    def _watched(self) -> Steps:
        steps, seen = JOBS[self.name](self.desk, self), self.seen
        while True:
            at = self.watched.next(steps)
            if at is None:
                return
            seen.rows, seen.total = max(seen.rows, at[0]), max(seen.total, at[1])
            yield at

    def _stop(self) -> None:
        if self._stepping is None:
            return
        self._stepping.leave()
        self.ran, began = time.perf_counter() - self._began, time.perf_counter()
        bringing = self.bringing

        def left() -> None:
            if bringing is not None:
                bringing.give_up()

        def stopped(_none: None) -> None:
            self.stop = time.perf_counter() - began
            QCoreApplication.quit()

        self.work.submit(self, left, stopped)

    def _ended(self, _answer: object) -> None:
        self.ran, self._stepping = time.perf_counter() - self._began, None
        QCoreApplication.quit()

    def _failed(self, error: Exception) -> None:
        sys.stderr.write(f"{error}\n")
        QCoreApplication.exit(1)

    def _heartbeat(self) -> None:
        now = time.perf_counter()
        self.seen.window = max(self.seen.window, now - self._beat - _HEARTBEAT_MS / 1000)
        self._beat = now

    def _save(self) -> None:
        if self._saving:
            return
        self._saving = True
        asked, seen, whom = time.perf_counter(), self.seen, next(self._whom)

        def save() -> None:
            seen.waits.append(time.perf_counter() - asked)
            self.watched.save_began(seen.waits[-1])
            self.desk.notes.write(whom, "said meanwhile", kind=NoteKind.HOBBY)

        def saved(_none: None) -> None:
            seen.saves.append(time.perf_counter() - asked)
            self._saving = False

        def refused(_error: RapportError) -> None:  # by somebody who has not agreed to notes: the next one is asked
            self._saving = False

        self.work.submit(self, save, saved, refused)


def _once(folder: Path, name: str, appointments: int, seconds: float) -> dict[str, float]:
    use_offscreen()
    app = QCoreApplication([])
    with open_vault(folder) as desk:
        sign_in(desk, MANAGER)
        gc.freeze()  # as the program does once it has begun
        if name == "rotation" and not desk.session().store.patient_keys_due():
            desk.replace_vault_key()
            for replaced in desk.session().store.rotate_patient_keys_in_steps():
                if replaced:
                    break
        desk.tells_index_beside = True  # as in the window
        brought = [write(folder, "csv", appointments)] if name == "import" else []
        job = _Job(desk, name, folder, seconds)
        Collector(job.work, Idle(desk.clock, job), lambda: False, job).begin()
        if brought:
            job.bringing = desk.imports.begin(brought)
            reading = Aside(job.bringing.read)
            reading.came.connect(lambda _none: job.begin())
            reading.begin()
        else:
            job.begin()
        if app.exec():
            raise SystemExit(1)
        job.work.close()
        seen, steps = job.seen, job.watched.computing
        longest = {
            "step": max(steps), "step p99": figure(steps, Of.P99), "waits": max(seen.waits),
            "waits p99": figure(seen.waits, Of.P99), "saves": max(seen.saves), "window": seen.window,
        }  # fmt: skip
        return {
            "rows": seen.rows, "total": seen.total, "seconds": job.ran, "most": held(), "stop": 1000 * job.stop,
            **{each: 1000 * value for each, value in longest.items()}, **job.watched.told(),
        }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_once(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))))
