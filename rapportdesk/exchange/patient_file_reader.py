"""A patient's file that comes back is taken apart in a process of its own, as files from outside are.

What crosses over is what our own program writes, `file_json`, and is checked again on this side. What is wrong is said
in the words of the source, and translated here: the reader knows no language.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from rapportdesk.errors import BadInput
from rapportdesk.exchange.child import ask_reader
from rapportdesk.exchange.faults import Unreadable
from rapportdesk.exchange.patient_file_fhir import TAG, read_file_fhir
from rapportdesk.exchange.patient_file_json import LARGEST, file_json, read_file_json
from rapportdesk.exchange.source import read_bytes
from rapportdesk.exchange.values import plain
from rapportdesk.language import _
from rapportdesk.model.patient_file import PatientFile

SNIFFED = 4096
"""Bytes at the beginning that say which form a file has."""

_READ_AT = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # the form wants a moment; nobody reads it


def read_patient_file(path: Path, *, timeout: float | None = None, command: Sequence[str] | None = None) -> PatientFile:
    """Return a patient's file that `file_json` or `file_fhir` wrote, read in a child process.

    Args:
        path: The file.
        timeout: Seconds after which the child is killed; by the file's size when None.
        command: What to run in place of the reader, for tests.

    Raises:
        BadInput: It is something else, or cannot be read, or the reader took too long or died.
    """
    request = {"patient_file": str(path.absolute())}
    read = ask_reader(request, (path,), _answer, timeout=timeout, command=command)
    if read is None:
        raise BadInput(_("{name} cannot be read.").format(name=plain(path.name.encode("utf-8", "replace").decode())))
    return read


def take_apart(path: Path) -> bytes:
    """Return the reader's answer: what the file holds, or what is wrong with it; called in the child process."""
    try:
        content = read_bytes(path, biggest=LARGEST)
        file = read_file_fhir(content) if f'"{TAG}"'.encode() in content[:SNIFFED] else read_file_json(content)
        return b"f" + file_json(file, made_at=_READ_AT, made_by="")
    except BadInput as wrong:
        return b"w" + json.dumps([wrong.message, wrong.hint]).encode()
    except Unreadable:
        return b"u"


def _answer(lines: Iterable[bytes]) -> PatientFile | None:
    """Return what the reader read; None where it could not read the file at all."""
    answer = b"".join(lines)
    if answer == b"u":
        return None
    if answer.startswith(b"f"):
        return read_file_json(answer[1:])
    if answer.startswith(b"w"):
        message, hint = json.loads(answer[1:])
        raise BadInput(_(message), _(hint) if hint else "")
    raise OSError("no answer")
