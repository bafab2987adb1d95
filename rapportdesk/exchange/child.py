"""Files are read in a process of its own, which is killed when it takes too long or nobody waits any more."""

import dataclasses
import datetime as dt
import json
import os
import subprocess  # nosec B404
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from rapportdesk.exchange.columns import TableGuess, TableSettings
from rapportdesk.exchange.faults import reader_died, stopped
from rapportdesk.exchange.files import reading
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.exchange.zones import zone_text

READER_FLAG = "--import-reader"
"""The only argument with which a frozen program must run `rapportdesk.exchange.reader.main()` and nothing else."""

_LONGEST = 300.0  # seconds; a day's schedule takes one, the biggest file a minute
_LOOKS_EVERY = 0.1  # seconds between looks at whether somebody has cancelled


def read_files(
    paths: Sequence[Path],
    *,
    zone: dt.tzinfo | None = None,
    timeout: float = _LONGEST,
    cancelled: threading.Event | None = None,
    command: Sequence[str] | None = None,
    today: dt.date | None = None,
    tables: TableSettings | None = None,
) -> ImportPlan:
    """Read files in a child process and return what they hold.

    Args:
        paths: FHIR JSON, HL7 v2, iCalendar or CSV, in any mixture, read in this order.
        zone: For moments that say no offset: a named ZoneInfo, a datetime.timezone, or None for the workstation's own.
        timeout: Seconds after which the child is killed.
        cancelled: Kills the child when it is set, from any thread.
        command: What to run in place of the reader, for tests.
        today: From which repeating appointments are followed, and after which nobody is born; the workstation's own day
            when None.
        tables: What a person said about the columns of tables.

    Raises:
        BadInput: A file cannot be read, or reading took too long, was cancelled or died; there is no partial plan.
    """
    request = _request(paths, reading(zone, today, tables), look=False)
    answer = _ask(list(command or _command()), request, time.monotonic() + timeout, cancelled)
    from rapportdesk.exchange.reader import ANSWER  # pydantic takes a moment to import

    try:
        outcome = ANSWER.validate_json(answer)
    except ValueError:
        raise reader_died() from None  # the cause would quote what was read
    return outcome.plan_or_raise()


def look_at_tables(
    paths: Sequence[Path],
    *,
    settings: TableSettings | None = None,
    zone: dt.tzinfo | None = None,
    today: dt.date | None = None,
    timeout: float = _LONGEST,
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
    request = _request(paths, reading(zone, today, settings), look=True)
    answer = _ask(_command(), request, time.monotonic() + timeout, cancelled)
    from rapportdesk.exchange.reader import LOOKED  # as above

    try:
        return LOOKED.validate_json(answer).guesses_or_raise()
    except ValueError:
        raise reader_died() from None  # as above


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


def _ask(command: list[str], request: bytes, until: float, cancelled: threading.Event | None) -> bytes:
    """Run the child, hand it `request` and return its whole answer."""
    # Our own interpreter and module, without a shell: nothing of a file reaches the command line.
    child = subprocess.Popen(  # noqa: S603 # nosec B603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback could hold what was read
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with child:
        try:
            return _answer(child, request, until, cancelled)
        finally:
            child.kill()


def _answer(child: subprocess.Popen[bytes], request: bytes, until: float, cancelled: threading.Event | None) -> bytes:
    to_send: bytes | None = request
    while True:
        try:
            answer, _errors = child.communicate(to_send, timeout=_LOOKS_EVERY)
        except subprocess.TimeoutExpired:
            to_send = None  # `communicate` goes on with what it was given first
        else:
            if child.returncode != 0:
                raise reader_died()
            return answer
        if cancelled is not None and cancelled.is_set():
            raise stopped(too_long=False)
        if time.monotonic() >= until:
            raise stopped(too_long=True)
