"""Everything that is measured at one size, in a process of its own: what it holds in memory is then the desk's alone.

python -m tests.benchmarks.one_size FOLDER TOLD.json
"""

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapportdesk.errors import RapportError
from tests.ui.offscreen import use_offscreen

use_offscreen()  # before Qt is begun

from tests.benchmarks.bounded import answer_rows, asked_of  # noqa: E402
from tests.benchmarks.driven import Driven  # noqa: E402
from tests.benchmarks.heartbeat import Heartbeat  # noqa: E402
from tests.benchmarks.invented_files import write  # noqa: E402
from tests.benchmarks.measured import Of, Row, Size, Target, as_json  # noqa: E402
from tests.benchmarks.peers import PLAIN, SQLCIPHER, Peers, the_same_people  # noqa: E402
from tests.benchmarks.typed import Typed, typed  # noqa: E402
from tests.benchmarks.vaults import CLINICIAN, RECEPTION, VAULT, copied, rebuild_in_steps, tell_read_model  # noqa: E402
from tests.benchmarks.window_rows import WindowRows, held_mb, held_row, some_patients  # noqa: E402
from ui.bring_in.stepping import Stepping  # noqa: E402
from ui.look.palette import LIGHT  # noqa: E402
from ui.start.run import make_app  # noqa: E402
from ui.theme import Theme, load_fonts  # noqa: E402

FILE_TIMES, USUAL_TIMES = 2.0, 1.0
_FOR_EVER_MIN = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be measured.

    Attributes:
        made: The folder of a vault that `vaults.make_vault` made; it is copied.
        patients, notes, seed: What it was made from.
        against: Of `peers.PLAIN` and `peers.SQLCIPHER`.
        often: How often each thing is done: 1 for a look at whether it works, 10 for figures.
    """

    made: str
    patients: int
    notes: int
    seed: int
    against: tuple[str, ...]
    often: int


def measure(asked: Asked) -> Size:
    """Measure one size."""
    app = make_app()
    load_fonts()
    theme = Theme(LIGHT)
    theme.apply(app)
    rows: list[Row] = []
    told = tell_read_model(Path(asked.made))
    if told is not None:
        rows.append(
            Row(name="make the read model", values=(told.records / told.seconds,), unit="records/s of processor")
        )
    with tempfile.TemporaryDirectory(prefix="rapportdesk-") as place:
        folder = copied(Path(asked.made), Path(place, "measured"))
        vault_bytes = (folder / VAULT).stat().st_size
        with Heartbeat() as heart, Driven(app, theme, folder) as driven:
            driven.settings.idle_minutes = _FOR_EVER_MIN
            window = WindowRows(driven, heart, asked.patients)
            rows += _window(driven, window, asked, Path(place))
            if asked.against:
                peers = Peers(Path(place, "peers"))
                peers.fill(the_same_people(asked.patients, asked.notes, asked.seed, dt.datetime.now(dt.UTC)))
                rows += _beside_peers(driven, peers, asked, vault_bytes, Path(place))
                peers.close()
            # The last, because no search is whole until it has ended.
            driven.enter(CLINICIAN)
            rows += _rows_beside(driven, window, asked, Path(place), "a rebuild", lambda: rebuild_in_steps(driven.desk))
            driven.lock()
            rows += window.kept()
            rows.append(window.pace())
    return Size(patients=asked.patients, notes=asked.notes, rows=tuple(rows))


def _window(driven: Driven, window: WindowRows, asked: Asked, place: Path) -> list[Row]:
    """Return the rows of the window: by itself, and beside what takes long."""
    often, what = asked.often, typed(asked.seed, 2 * asked.often)
    rows = [*window.sign_ins(max(1, often // 3))]
    driven.enter(CLINICIAN)
    patients = some_patients(driven, 48 * often)
    rows += window.searches(what)
    rows.append(window.cards(patients[: 40 * often]))
    rows.append(held_row("resident, as clinician", held_mb()))
    for beside, begin in _long_work(driven, place, asked):
        rows += _rows_beside(driven, window, asked, place, beside, begin)
    driven.lock()
    driven.enter(RECEPTION)
    rows += window.saves(patients[40 * often :], place)
    rows.append(held_row("resident, at the end", held_mb()))
    driven.lock()
    return rows


def _rows_beside(
    driven: Driven, window: WindowRows, asked: Asked, place: Path, beside: str,
    begin: Callable[[], Generator[tuple[int, int], None, Any]],
) -> list[Row]:  # fmt: skip
    """Return the rows of the window beside what takes long; a clinician is signed in."""
    often, few = asked.often, typed(asked.seed + 1, 2 * asked.often)
    driven.settle()  # the card is still being looked at
    patients = some_patients(driven, 12 * often)
    alone = window.pause
    with _Beside(driven, begin) as work:
        window.pause = work.go_on
        rows = [
            *window.searches((*few[1:3], few[7]), f", beside {beside}"),
            window.cards(patients[: 10 * often], f", beside {beside}"),
            *window.saves(patients[-2 * often :], place, f", beside {beside}"),
            work.rate(beside),
        ]
    window.pause = alone
    return rows


def _long_work(
    driven: Driven, place: Path, asked: Asked
) -> tuple[tuple[str, Callable[[], Generator[tuple[int, int], None, Any]]], ...]:
    """Return what takes long, each with how it begins on the worker."""
    desk = driven.desk
    file = write(place, "csv", max(100, asked.patients // 10))
    bringing = desk.imports.begin([file])
    bringing.read()
    return (
        ("a check", desk.check_in_steps),
        ("a backup", lambda: desk.backups.make_in_steps(place / "copy.rapport-backup")),
        ("an import", bringing.write),
    )


class _Beside:
    """Long work on the worker, as the window does it; a context manager that leaves what has not ended by itself."""

    def __init__(self, driven: Driven, begin: Callable[[], Generator[tuple[int, int], None, Any]]) -> None:
        self._driven, self._begin = driven, begin
        self._over = False
        self._at = (0, 0)
        self._took = 0.0

    def __enter__(self) -> "_Beside":
        application, shell = self._driven.application, self._driven.shell
        self._began = time.monotonic()
        self._stepping: Stepping[Any] = Stepping(
            application.work, application.around.clock, shell, self._begin, self._done, self._failed
        )
        self._stepping.progressed.connect(self._progressed)
        return self

    def __exit__(self, *_raised: object) -> None:
        if not self._over:
            self._stepping.leave()
        # Its end is cleared away before what is asked now. Not until the worker rests: after a rebuild that was left,
        # the window itself goes on with it for minutes.
        cleared = list[None]()
        self._driven.application.work.submit(self._driven.shell, lambda: None, cleared.append)
        self._driven.until(lambda: bool(cleared))

    def go_on(self) -> None:
        """Wait until some of it has been done: it rests while somebody types, and is to run when the next one does."""
        before = self._at
        self._driven.until(lambda: self._over or self._at != before)

    def rate(self, what: str) -> Row:
        """Return how much it did in a second beside all that."""
        if not self._over:
            self._took = time.monotonic() - self._began
        return Row(
            name=f"{what}, meanwhile", values=(self._at[0] / max(self._took, 1e-6),), unit="steps/s",
            note=f"{self._at[0]} of {self._at[1]} in {self._took:.1f} s beside the keys",
        )  # fmt: skip

    def _progressed(self, done: int, total: int) -> None:
        self._at = done, total

    def _done(self, _answer: object) -> None:
        self._over, self._took, self._at = True, time.monotonic() - self._began, (self._at[1], self._at[1])

    def _failed(self, error: RapportError) -> None:
        self._driven.bugs.append(error)


def _beside_peers(driven: Driven, peers: Peers, asked: Asked, vault_bytes: int, place: Path) -> list[Row]:
    """Return the sizes of files, and the desk's answers beside the peers' for the same texts, turn about."""
    driven.enter(CLINICIAN)
    rows = []
    if PLAIN in asked.against:
        rows.append(
            Row(
                name="vault file", values=(vault_bytes / 1e6,), unit="MB",
                peers={PLAIN: (peers.plain_bytes() / 1e6,)}, note="the same things, a column for every field",
                targets=(Target(most=FILE_TIMES, of=Of.MOST, times=PLAIN),),
            )
        )  # fmt: skip
    if SQLCIPHER in asked.against:
        rows += [_answers(driven, peers, each) for each in typed(asked.seed, 2 * asked.often)]
    if PLAIN in asked.against:
        store, usual = driven.desk.session().store, asked_of(peers) if SQLCIPHER in asked.against else {}
        what = typed(asked.seed, 2 * asked.often)
        rows += answer_rows(Path(asked.made), store.keys, store._file.vault_id, place / "answers", what, usual)
    driven.lock()
    return rows


def _answers(driven: Driven, peers: Peers, what: Typed) -> Row:
    mine, theirs = [], []
    texts = [each[: length + 1] for each in what.texts for length in range(len(each))]
    for text in what.texts if what.last_only else texts:
        began = time.perf_counter()
        driven.desk.search(text)
        between = time.perf_counter()
        peers.search_the_usual_way(text, words=what.words)
        mine.append((between - began) * 1000)
        theirs.append((time.perf_counter() - between) * 1000)
    return Row(
        name=f"answer, {what.name}", values=tuple(mine), peers={SQLCIPHER: tuple(theirs)},
        targets=(Target(most=USUAL_TIMES, of=Of.P99, times=SQLCIPHER),), note="the desk's answer, below the widgets",
    )  # fmt: skip


def main() -> None:
    """Measure what a JSON file asks for, and write what was found into another."""
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    size = measure(Asked(**{**asked, "against": tuple(asked["against"])}))
    Path(sys.argv[2]).write_text(as_json([size], {}), encoding="utf-8")


if __name__ == "__main__":
    main()
