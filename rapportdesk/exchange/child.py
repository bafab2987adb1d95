"""Files are read in a process of its own, which is killed when it takes too long or nobody waits any more."""

import dataclasses
import datetime as dt
import json
import os
import subprocess  # nosec B404
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from rapportdesk.exchange.columns import TableGuess, TableSettings
from rapportdesk.exchange.faults import reader_died, stopped
from rapportdesk.exchange.files import Looked, reading
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.exchange.zones import zone_text

READER_FLAG = "--import-reader"
"""The only argument with which a frozen program must run `rapportdesk.exchange.reader.main()` and nothing else."""

T = TypeVar("T")

_LEAST = 300.0  # seconds; a day's schedule takes one
_LOOKS_EVERY = 0.1  # seconds between looks at whether somebody has cancelled


def read_files(
    paths: Sequence[Path],
    *,
    zone: dt.tzinfo | None = None,
    timeout: float | None = None,
    cancelled: threading.Event | None = None,
    command: Sequence[str] | None = None,
    today: dt.date | None = None,
    tables: TableSettings | None = None,
) -> ImportPlan:
    """Read files in a child process and return what they hold.

    Args:
        paths: FHIR JSON, HL7 v2, iCalendar or CSV, in any mixture, read in this order.
        zone: For moments that say no offset: a named ZoneInfo, a datetime.timezone, or None for the workstation's own.
        timeout: Seconds after which the child is killed; by the files' size when None.
        cancelled: Kills the child when it is set, from any thread.
        command: What to run in place of the reader, for tests.
        today: From which repeating appointments are followed, and after which nobody is born; the workstation's own day
            when None.
        tables: What a person said about the columns of tables.

    Raises:
        BadInput: A file cannot be read, or reading took too long, was cancelled or died; there is no partial plan.
    """
    from rapportdesk.exchange.crossing import read_outcome  # pydantic takes a moment to import

    request = _request(paths, reading(zone, today, tables), look=False)
    until = time.monotonic() + (_longest(paths) if timeout is None else timeout)
    return _ask(list(command or _command()), request, until, cancelled, read_outcome).plan_or_raise()


def look_at_tables(
    paths: Sequence[Path],
    *,
    settings: TableSettings | None = None,
    zone: dt.tzinfo | None = None,
    today: dt.date | None = None,
    timeout: float | None = None,
    cancelled: threading.Event | None = None,
) -> tuple[TableGuess, ...]:
    """Look in a child process at how each file that is a table would be read; see `rapportdesk.exchange.columns`.

    Args:
        paths: Of any format; those that say themselves what they are have no guess.
        settings: What is remembered or was just said.
        zone: As in `read_files`, like everything below.
        today: When it is.
        timeout: In seconds.
        cancelled: Kills the child.

    Raises:
        BadInput: A file cannot be read at all, or looking took too long, was cancelled or died.
    """
    from rapportdesk.exchange.reader import LOOKED  # as above

    def read(lines: Iterable[bytes]) -> Looked:
        return LOOKED.validate_json(b"".join(lines))

    request = _request(paths, reading(zone, today, settings), look=True)
    until = time.monotonic() + (_longest(paths) if timeout is None else timeout)
    return _ask(_command(), request, until, cancelled, read).guesses_or_raise()


def ask_reader(
    request: Mapping[str, object],
    paths: Sequence[Path],
    read: Callable[[Iterable[bytes]], T],
    *,
    timeout: float | None = None,
    command: Sequence[str] | None = None,
) -> T:
    """Put another question to the reader and return what `read` makes of its answer.

    Args:
        request: What `reader.main` understands.
        paths: The files it is about, by whose size it may take its time.
        read: Raises ValueError or OSError for what is no answer.
        timeout: Seconds after which the child is killed; by the files' size when None.
        command: What to run in place of the reader.

    Raises:
        BadInput: Reading took too long or died.
    """
    until = time.monotonic() + (_longest(paths) if timeout is None else timeout)
    return _ask(list(command or _command()), json.dumps(request).encode(), until, None, read)


def _longest(paths: Sequence[Path]) -> float:
    """Return how many seconds reading may take: a slow workstation reads half a megabyte in each."""
    sizes = 0
    for path in paths:
        with suppress(OSError, ValueError):
            sizes += path.stat().st_size
    return _LEAST + sizes / 100_000


def _request(paths: Sequence[Path], how: Reading, *, look: bool) -> bytes:
    told = {
        "paths": [os.fspath(path.absolute()) for path in paths],
        "zone": zone_text(how.zone),
        "today": how.today.isoformat(),
        "tables": dataclasses.asdict(how.tables),
        "look": look,
    }
    return json.dumps(told).encode()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, READER_FLAG]
    return [sys.executable, "-m", "rapportdesk.exchange.reader"]


def _environment() -> dict[str, str]:
    """Return this process's environment, with this very code first on the path of modules."""
    home = os.fspath(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (home, os.environ.get("PYTHONPATH", "")) if part)
    return {**os.environ, "PYTHONPATH": path}


def _ask(
    command: list[str],
    request: bytes,
    until: float,
    cancelled: threading.Event | None,
    read: Callable[[Iterable[bytes]], T],
) -> T:
    """Run the child, hand it `request` and return what `read` makes of its answer as it comes."""
    # Our own interpreter and module, without a shell: nothing of a file reaches the command line.
    child = subprocess.Popen(  # noqa: S603 # nosec B603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback could hold what was read
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with child, ThreadPoolExecutor(max_workers=1) as beside:
        try:
            answer = beside.submit(_answer, child, request, read)
            _wait(answer, until, cancelled)
            if child.wait(timeout=_LOOKS_EVERY * 50) != 0:
                raise reader_died()
            return answer.result()
        except (ValueError, OSError, subprocess.TimeoutExpired):
            raise reader_died() from None  # the cause would quote what was read
        finally:
            child.kill()  # which also ends whatever still reads from it


def _answer(child: subprocess.Popen[bytes], request: bytes, read: Callable[[Iterable[bytes]], T]) -> T:
    if child.stdin is None or child.stdout is None:
        raise OSError("no pipes")
    with suppress(BrokenPipeError):  # it died; what it said, or did not, tells why
        child.stdin.write(request)
        child.stdin.close()
    return read(child.stdout)


def _wait(answer: Future[T], until: float, cancelled: threading.Event | None) -> None:
    while not answer.done():
        wait((answer,), timeout=_LOOKS_EVERY)
        if cancelled is not None and cancelled.is_set():
            raise stopped(too_long=False)
        if not answer.done() and time.monotonic() >= until:
            raise stopped(too_long=True)
