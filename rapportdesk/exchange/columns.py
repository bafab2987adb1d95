"""A table's columns are guessed by their headers, and a guess is a proposal that a person sees and corrects.

Where the data can be read in two ways, the person is asked.

What a screen for columns needs, and all of it pure data that crosses from the child process:

1. `rapportdesk.exchange.look_at_tables(paths, settings=TableSettings(columns=remembered))` answers a `TableGuess` for
   each file that is a table, and for no other: headers, one `Field` for each, sample rows as written, the encoding and
   the separator, the order of day and month if the data decides it, and `questions` that a person has to answer.
2. What the person says becomes a `TableSettings`: `columns` pairs a header with a `Field` (pairs that the desk
   remembers go in here too; headers that are not named keep the guess), `date_order`, `encoding`, `separator`.
   Looking again with it shows what it changes; a guess without questions can be read.
3. `read_files(paths, tables=settings)` reads with it. While a question is open it refuses with a sentence and brings
   nothing in. `Field.words`, `DateOrder.words` and `Question.words` are for people.

To remember a mapping keep `zip(guess.headers, fields)`; a header is compared by `header_key`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.exchange.column_names import NAMES
from rapportdesk.language import _


class Field(StrEnum):
    """What a column may hold; the values are FHIR's names of it."""

    IGNORE = "ignore"
    NUMBER = "Patient.identifier"
    NHS_NUMBER = "Patient.identifier.nhs"
    NAME = "Patient.name"
    GIVEN_NAME = "Patient.name.given"
    FAMILY_NAME = "Patient.name.family"
    PREFERRED_NAME = "Patient.name.nickname"
    BIRTH_DATE = "Patient.birthDate"
    PHONE = "Patient.telecom.phone"
    EMAIL = "Patient.telecom.email"
    ADDRESS = "Patient.address"
    LANGUAGE = "Patient.communication"
    APPOINTMENT_NUMBER = "Appointment.identifier"
    START = "Appointment.start"
    DATE = "Appointment.start.date"
    TIME = "Appointment.start.time"
    END = "Appointment.end"
    MINUTES = "Appointment.minutesDuration"
    STATUS = "Appointment.status"
    PRACTITIONER = "Appointment.participant.practitioner"
    LOCATION = "Appointment.participant.location"
    REASON = "Appointment.reasonCode"

    @property
    def words(self) -> str:
        """What a person picks it by."""
        return _WORDS[self]()

    @property
    def may_repeat(self) -> bool:
        """Whether several columns may hold it."""
        return self in _SEVERAL


_SEVERAL = frozenset({Field.IGNORE, Field.PHONE, Field.EMAIL, Field.ADDRESS, Field.LANGUAGE, Field.LOCATION})
DATES = frozenset({Field.BIRTH_DATE, Field.START, Field.DATE, Field.END})
"""Fields in which day and month may stand either way round."""


class DateOrder(StrEnum):
    """What stands first in a date that does not begin with its year."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"

    @property
    def words(self) -> str:
        """What a person reads."""
        return _("day first") if self is DateOrder.DAY_FIRST else _("month first")


class Question(StrEnum):
    """What only a person can answer before a table is read."""

    WHO = "who"
    DATE_ORDER = "date-order"
    TWICE = "twice"

    @property
    def words(self) -> str:
        """What a person is asked."""
        return {
            Question.WHO: _("Which column holds the name?"),
            Question.DATE_ORDER: _("Do these dates begin with the day or with the month?"),
            Question.TWICE: _("Two columns hold the same thing. Which one counts?"),
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSettings:
    """What a person said about tables; whatever is left empty is guessed and shown, or asked.

    Attributes:
        columns: Pairs of a header, as `TableGuess.headers` has it, and what it holds.
        encoding: As Python names it ("cp1252").
        separator: One character.
    """

    columns: tuple[tuple[str, Field], ...] = ()
    date_order: DateOrder | None = None
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExample:
    """A date as it is written, and as it would be read in each order; None where that order has no such day."""

    written: str
    day_first: dt.date | None
    month_first: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableGuess:
    """How a table would be read.

    Attributes:
        file: The file's name without its directory.
        encoding: As Python names it.
        encoding_certain: It is UTF-8, the file says so itself, or a person did; otherwise the letters were weighed.
        separator: One character.
        headers: Told apart where two are the same: "Phone", "Phone (2)"; "#3" for a column without one.
        fields: One for each header.
        samples: The first rows as written, each as long as `headers`.
        rows: How many rows hold anything, the header's and what stands above it left out.
        date_order: As a person said or as the data decides; None when nothing depends on it or nobody knows.
        date_order_said: A person said so.
        examples: Dates of the table that show what the order changes, or what decided it.
        unknown_statuses: Words in the column of statuses that mean nothing here; such rows are skipped by name.
        questions: To be answered before the table can be read; empty when it can.
    """

    file: str
    encoding: str
    encoding_certain: bool
    separator: str
    headers: tuple[str, ...]
    fields: tuple[Field, ...]
    samples: tuple[tuple[str, ...], ...]
    rows: int
    date_order: DateOrder | None = None
    date_order_said: bool = False
    examples: tuple[DateExample, ...] = ()
    unknown_statuses: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def header_key(header: str) -> str:
    """Return what is the same however a header is capitalised, spaced and punctuated ("Date_of Birth" and so on)."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in header.casefold()).split())


def told_apart(row: Sequence[str]) -> tuple[str, ...]:
    """Return a header row's cells so that no two are the same and none is empty; see `TableGuess.headers`."""
    found: list[str] = []
    for number, cell in enumerate(row, start=1):
        header, again = cell or f"#{number}", 2
        while header in found:
            header, again = f"{cell} ({again})", again + 1
        found.append(header)
    return tuple(found)


def guessed(headers: Sequence[str], said: Mapping[str, Field]) -> tuple[Field, ...]:
    """Return a field for each header: what is said of it, or what its words mean; the first of two alike counts.

    Args:
        headers: As `told_apart` returns them.
        said: By `header_key`.
    """
    fields = [said.get(header_key(header)) for header in headers]
    taken = {field for field in fields if field is not None}
    for at, header in enumerate(headers):
        if fields[at] is None:
            field = _meaning(header) or Field.IGNORE
            fields[at] = field if field.may_repeat or field not in taken else Field.IGNORE
            taken.add(field)
    return tuple(field or Field.IGNORE for field in fields)


def known_headers(row: Sequence[str], said: Mapping[str, Field]) -> int:
    """Return how many cells of a row would be headers that are known."""
    return sum(header_key(cell) in said or _meaning(cell) is not None for cell in row)


def _meaning(header: str) -> Field | None:
    """Return what a header means, with or without what it says in brackets ("DOB (dd/mm/yyyy)")."""
    return _BY_NAME.get(header_key(header)) or _BY_NAME.get(header_key(header.rsplit("(", 1)[0]))


def open_questions(fields: Sequence[Field], *, order_unknown: bool) -> tuple[Question, ...]:
    """Return what has to be answered before a table with these columns is read."""
    found = []
    if not {Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME} & set(fields):
        found.append(Question.WHO)
    if any(fields.count(field) > 1 for field in set(fields) if not field.may_repeat):
        found.append(Question.TWICE)
    if order_unknown:
        found.append(Question.DATE_ORDER)
    return tuple(found)


_BY_NAME = {header_key(name): Field(field) for field, names in NAMES.items() for name in names.split(",")}
_WORDS = {
    Field.IGNORE: lambda: _("leave out"),
    Field.NUMBER: lambda: _("number of the patient"),
    Field.NHS_NUMBER: lambda: _("NHS number"),
    Field.NAME: lambda: _("full name"),
    Field.GIVEN_NAME: lambda: _("given names"),
    Field.FAMILY_NAME: lambda: _("family name"),
    Field.PREFERRED_NAME: lambda: _("preferred name"),
    Field.BIRTH_DATE: lambda: _("birth date"),
    Field.PHONE: lambda: _("phone"),
    Field.EMAIL: lambda: _("e-mail"),
    Field.ADDRESS: lambda: _("address"),
    Field.LANGUAGE: lambda: _("language"),
    Field.APPOINTMENT_NUMBER: lambda: _("number of the appointment"),
    Field.START: lambda: _("day and time of the appointment"),
    Field.DATE: lambda: _("appointment day"),
    Field.TIME: lambda: _("appointment time"),
    Field.END: lambda: _("end of the appointment"),
    Field.MINUTES: lambda: _("length in minutes"),
    Field.STATUS: lambda: _("status of the appointment"),
    Field.PRACTITIONER: lambda: _("practitioner"),
    Field.LOCATION: lambda: _("room or place"),
    Field.REASON: lambda: _("reason for the appointment"),
}
