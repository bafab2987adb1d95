"""The log says what the program did and where it failed, and never a word that anybody typed, read or brought in.

What may stand in a line is decided by type and not by what it looks like: numbers, members of enumerations and names of
types pass, every text and every file name becomes "…", and an exception is its type and its place. Of another package's
lines only the place and the level are kept, because its message may have been put together before it came here.
"""

import enum
import logging
import logging.handlers
import os
import platform
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO, TextIOWrapper
from pathlib import Path
from typing import Any

WITHHELD = "…"
"""What stands in a line in the place of a text."""

MOST_BYTES = 256 * 1024
"""After which a file is put away as .1, .2 and so on."""

KEPT_FILES = 3
"""Files that were put away; the oldest goes."""

_OURS = ("rapportdesk", "ui")
_FORM = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s %(message)s"


def describe(error: BaseException) -> str:
    """Return the types and places of an exception and its causes: file, line and function, and no text of it."""
    lines: list[str] = []
    cause: BaseException | None = error
    told = set[int]()
    while cause is not None and id(cause) not in told:  # one that is raised again later may be its own cause's cause
        told.add(id(cause))
        kind = type(cause)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines.extend(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames)
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


class RedactingFilter(logging.Filter):
    """Lets every record pass, with nothing in it that could be a person's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put what is safe in the place of the record's message, arguments and exception."""
        error = record.exc_info[1] if record.exc_info else None
        if not self._is_ours(record.name):
            record.msg, record.args = f"{record.module}:{record.lineno}", ()
        elif isinstance(record.args, dict):
            record.args = {key: _safe(value) for key, value in record.args.items()}
        elif record.args:
            record.args = tuple(_safe(value) for value in record.args)
        if not isinstance(record.msg, str):
            record.msg, record.args = WITHHELD, ()
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        if error is not None:
            record.msg, record.args = f"{record.getMessage()}\n{describe(error)}", ()  # without arguments % is a sign
        return True

    @staticmethod
    def _is_ours(name: str) -> bool:
        return name.partition(".")[0] in _OURS


class OwnersFile(logging.handlers.RotatingFileHandler):
    """A rotated file that its owner alone can read; a disk that takes no more loses lines and nothing else."""

    def _open(self) -> "TextIOWrapper[Any]":
        """Open the file, which is made readable by its owner alone."""
        return TextIOWrapper(FileIO(self.baseFilename, self.mode, opener=_for_its_owner), encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's own name
        """Let a line go that could not be written: logging's own answer prints the record and its arguments."""


def redact_what_nobody_keeps() -> None:
    """Have lines for which there is no log, which Python prints on standard error, say as little as those in one.

    So are exceptions that nobody can catch, as of a finalizer: the session's own log keeps what stands there.
    """
    if logging.lastResort is not None and not logging.lastResort.filters:
        logging.lastResort.addFilter(RedactingFilter())
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _say_where


def _say_where(unraisable: "sys.UnraisableHookArgs") -> None:
    if sys.stderr is not None and unraisable.exc_value is not None:
        sys.stderr.write(f"{describe(unraisable.exc_value)}\n")


@contextmanager
def logging_to(file: Path, *, level: int = logging.INFO) -> Iterator[None]:
    """Keep a log in `file` until the block is left.

    Args:
        file: Its folder is made, for its owner alone. Where that cannot be, there is no log and nobody is stopped.
        level: From which lines are kept, as of `logging`.
    """
    handler = _handler(file)
    root = logging.getLogger()
    if handler is None:
        yield
        return
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    logging.getLogger(__name__).info(
        "began: Python %d.%d.%d, SQLite %d.%d.%d, %s", *_numbers(platform.python_version()),
        *_numbers(sqlite3.sqlite_version), _System.this(),
    )  # fmt: skip
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        handler.close()


class _System(enum.Enum):
    LINUX = "Linux"
    WINDOWS = "Windows"
    MACOS = "Darwin"
    OTHER = ""

    @classmethod
    def this(cls) -> "_System":
        name = platform.system()
        return next((each for each in cls if each.value == name), cls.OTHER)


def _handler(file: Path) -> logging.Handler | None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = OwnersFile(file, maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.addFilter(RedactingFilter())
    handler.setFormatter(logging.Formatter(_FORM, datefmt="%Y-%m-%dT%H:%M:%S"))
    return handler


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _numbers(version: str) -> tuple[int, int, int]:
    first, second, third = (*(int("".join(filter(str.isdigit, part)) or 0) for part in version.split(".")), 0, 0, 0)[:3]
    return first, second, third


def _safe(value: object) -> object:
    match value:
        case enum.Enum():
            return value.name
        case bool() | int() | float() | None:
            return value
        case BaseException():
            return type(value).__qualname__
        case type():
            return value.__qualname__
        case _:
            return WITHHELD
