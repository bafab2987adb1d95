"""Why a file cannot be read is a code until a person reads it: it crosses from the child process without words.

Neither the code nor the sentence holds anything that the file says; a place is told by counting.
"""

from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.errors import BadInput
from rapportdesk.language import _


class Fault(StrEnum):
    """What is wrong with a file."""

    ABSENT = "absent"
    NOT_A_FILE = "not-a-file"
    NOT_READABLE = "not-readable"
    TOO_BIG = "too-big"
    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown-format"
    ENCODING = "encoding"
    LETTERS = "letters"
    MALFORMED = "malformed"
    CUT_SHORT = "cut-short"
    TOO_DEEP = "too-deep"
    TWICE = "twice"
    DATE = "date"
    FIELD = "field"
    COLUMNS = "columns"
    DATE_ORDER = "date-order"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault:
    """What is wrong with one file.

    Attributes:
        file: The file's name without its directory.
        item: Which resource or message, counted from 1; 0 when it is the whole file.
        field: The standard's name of the field ("PID-7", "Patient.birthDate"); may be empty.
    """

    file: str
    fault: Fault
    item: int = 0
    field: str = ""


class Unreadable(Exception):
    """Raised by parsers; becomes a `FileFault` once the file's name is known.

    Args:
        fault: What is wrong.
        item: Which resource or message, counted from 1; 0 when it is the whole file or not known here.
        field: The standard's name of the field.
    """

    def __init__(self, fault: Fault, *, item: int = 0, field: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.item = item
        self.field = field


def bad_input(faults: tuple[FileFault, ...]) -> BadInput:
    """Return the error that tells a person about each file."""
    told = " ".join(_sentence(fault) for fault in faults[:5])
    return BadInput(told, _("Nothing was brought in."))


def _sentence(fault: FileFault) -> str:
    """Return one sentence about one file."""
    sentences = {
        Fault.ABSENT: _("There is no file {file}."),
        Fault.NOT_A_FILE: _("{file} is a folder, a link or a device, not a file."),
        Fault.NOT_READABLE: _("{file} may not be read by you, or its disk does not answer."),
        Fault.TOO_BIG: _("{file} is too big to read in one piece."),
        Fault.EMPTY: _("{file} is empty."),
        Fault.UNKNOWN_FORMAT: _("{file} is in no format known here: FHIR JSON, HL7 v2, iCalendar or CSV."),
        Fault.ENCODING: _("{file} is not in the encoding it should be in (UTF-8, or what HL7 names in MSH-18)."),
        Fault.COLUMNS: _("{file} has columns that do not say what they hold{where}; please say which is which."),
        Fault.DATE_ORDER: _("{file} has dates that can begin with the day or with the month; please say which."),
        Fault.LETTERS: _("{file} has letters that do not exist{where}."),
        Fault.MALFORMED: _("{file} is damaged or not written as its format asks{where}."),
        Fault.CUT_SHORT: _("{file} ends before it is complete."),
        Fault.TOO_DEEP: _("{file} is nested too deeply."),
        Fault.TWICE: _("{file} says one thing twice{where}, and it is not clear which holds."),
        Fault.DATE: _("{file} has a date that is in no calendar or too far away{where}."),
        Fault.FIELD: _("{file} has a field that is not as its format asks{where}."),
    }
    return sentences[fault.fault].format(file=fault.file, where=_where(fault))


def _where(fault: FileFault) -> str:
    if fault.item and fault.field:
        return _(" (entry {item}, {field})").format(item=fault.item, field=fault.field)
    if fault.item:
        return _(" (entry {item})").format(item=fault.item)
    return f" ({fault.field})" if fault.field else ""


def stopped(*, too_long: bool) -> BadInput:
    """Return the error for a reading that was stopped by a person or took too long."""
    if too_long:
        return BadInput(_("Reading the files took too long and was stopped."), _("Nothing was brought in."))
    return BadInput(_("Reading was stopped."), _("Nothing was brought in."))


def reader_died() -> BadInput:
    """Return the error for a reader that ended without an answer."""
    return BadInput(
        _("The files could not be read; something in them made the reader stop."), _("Nothing was brought in.")
    )
