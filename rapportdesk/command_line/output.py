"""How a command says what it did: JSON for machines, plain lines for people, and files that never overwrite."""

import datetime as dt
import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import BinaryIO

from rapportdesk.errors import BadInput
from rapportdesk.language import _


def as_json(content: object) -> None:
    """Print `content` as indented JSON (RFC 8259) in ASCII, which every terminal passes on; dates in ISO 8601."""
    print(json.dumps(content, indent=2, default=_iso))


def as_line(*parts: object) -> None:
    """Print the parts on one line, apart by two spaces; control characters of a name cannot steer the terminal."""
    words = "  ".join(str(part) for part in parts if str(part))
    print("".join(" " if unicodedata.category(char) == "Cc" else char for char in words))


def open_new(path: Path) -> BinaryIO:
    """Make a file that only this account can read, and never over one that exists.

    Raises:
        BadInput: There is such a file already.
        OSError: The computer does not let us.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise BadInput(_("There is already a file {name}.").format(name=path.name), _("Choose another name.")) from None
    return open(path, "wb", opener=lambda _path, _flags: descriptor)


def keep(file: BinaryIO, content: bytes) -> None:
    """Write `content` and wait until the disk has it."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def write_out(path: Path | None, content: bytes) -> None:
    """Write `content` to a new file, or to standard output without one."""
    if path is not None:
        with open_new(path) as file:
            keep(file, content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _iso(thing: object) -> str:
    if isinstance(thing, dt.date | dt.datetime | dt.time):
        return thing.isoformat()
    raise TypeError(f"{type(thing).__name__} has no JSON form")
