"""A patient's file as JSON: every field there is under its own name, so that it comes back as it was.

`{"format": "rapportdesk-patient-file", "version": 1, "made_at": ..., "made_by": ..., "file": {...}}`, all in ASCII.
Half characters (lone surrogates) come back as they were. What a later version adds takes its default here.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from rapportdesk.errors import BadInput
from rapportdesk.exchange.faults import Unreadable
from rapportdesk.exchange.values import moment
from rapportdesk.language import _
from rapportdesk.model.patient_file import LISTS, PatientFile

FORMAT: Final = "rapportdesk-patient-file"
VERSION: Final = 1
LARGEST: Final = 200_000_000
"""Bytes of one file: some dozens of scanned forms."""

_ID: Final = re.compile(r"[0-9a-f]{32}")

ADAPTER: TypeAdapter[Any] = TypeAdapter(PatientFile)


def file_json(file: PatientFile, *, made_at: dt.datetime, made_by: str) -> bytes:
    """Return the file's bytes.

    Args:
        file: What is handed out.
        made_at: When, with its offset.
        made_by: The practice's name.
    """
    made = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at.isoformat(),
        "made_by": made_by,
        "file": ADAPTER.dump_python(file, mode="json"),
    }
    return json.dumps(made, indent=2).encode("ascii") + b"\n"


def in_lines(made: dict[str, Any], last: str) -> bytes:
    """Return an object as JSON in ASCII, each member in a line of its own, and each element of the list `last`.

    Indented as a whole it would be written by Python and not by its C encoder, which takes a fifth of the time.
    """
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in made.items() if name != last]
    elements = ",\n".join(map(json.dumps, made[last]))
    return ("{\n" + ",\n".join([*lines, f"{json.dumps(last)}: [\n{elements}\n]"]) + "\n}\n").encode("ascii")


def read_file_json(content: bytes) -> PatientFile:
    """Return what `file_json` was given.

    Raises:
        BadInput: It is something else, or of a later version.
    """
    try:
        held = json.loads(content)
        if held["format"] != FORMAT:
            raise not_ours()
        if type(held["version"]) is not int or held["version"] > VERSION:
            raise BadInput(_("A newer version of RapportDesk made this file."), _("Update RapportDesk first."))
        return checked(ADAPTER.validate_python(held["file"]))
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
        raise not_ours() from None


def checked(file: PatientFile) -> PatientFile:
    """Return the file when all of it is about its patient, happened in reach, and has random ids: they lie unsealed.

    A moment that has no day in some zone would keep everybody from searching, not this one card from opening.

    Raises:
        BadInput: It is not so.
    """
    things = [thing for name in LISTS for thing in getattr(file, name)]
    if not all(_ID.fullmatch(each.id) and each.patient == file.patient.id for each in things):
        raise not_ours()
    if not _ID.fullmatch(file.patient.id):
        raise not_ours()
    try:
        for each in _moments(ADAPTER.dump_python(file)):
            if each.tzinfo is None:
                raise not_ours()
            moment(each, None, "")
    except Unreadable:
        raise not_ours() from None
    return file


def _moments(value: Any) -> Iterator[dt.datetime]:
    """Yield every moment that is anywhere in a value."""
    if isinstance(value, dt.datetime):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _moments(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _moments(each)


def not_ours() -> BadInput:
    """Return what is said of a file that is no patient's file of ours."""
    return BadInput(_("This file does not hold a patient’s file as RapportDesk writes it."))
