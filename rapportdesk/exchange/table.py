"""A table of patients, of appointments or of both, from any practice system: a row is somebody, and perhaps a visit.

Nobody is told apart by a name alone: a row with neither number nor birth date gives no patient, and its appointment
carries the name as a clue for a person. Reading refuses while a question is open (`rapportdesk.exchange.columns`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rapportdesk.exchange.columns import (
    DATES,
    DateOrder,
    Field,
    Question,
    TableGuess,
    guessed,
    header_key,
    known_headers,
    open_questions,
    told_apart,
)
from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.parsed import Parsed
from rapportdesk.exchange.plan import FileFormat
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.table_dates import OrderSeen
from rapportdesk.exchange.table_rows import Row
from rapportdesk.exchange.table_statuses import status_of
from rapportdesk.exchange.table_text import TableText, table_text

_HEADER_WITHIN = 10  # rows; a report's title and date may stand above the header
_SAMPLES = 20
_SEPARATOR_WORDS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}


def parse(data: bytes, how: Reading) -> Parsed:
    """Read one table.

    Args:
        data: What the file holds.
        how: With what a person said about tables.

    Raises:
        Unreadable: It is no table, its columns are not known, a question is open, or a row is not as the header says.
    """
    table = _Table.of(data, how)
    if not any(field is not Field.IGNORE for field in table.fields):
        raise Unreadable(Fault.UNKNOWN_FORMAT)
    order, seen = table.order(how)
    questions = open_questions(table.fields, order_unknown=order is None and seen.unknown)
    if Question.DATE_ORDER in questions:
        raise Unreadable(Fault.DATE_ORDER)
    if questions:
        raise Unreadable(Fault.COLUMNS)
    words = [table.text.encoding, _SEPARATOR_WORDS.get(table.text.separator, table.text.separator)]
    parsed = Parsed(format=FileFormat.TABLE, version=", ".join([*words, *([str(order)] if order else [])]))
    for number, cells in table.body():
        _take(parsed, Row(cells=cells, fields=table.fields, number=number, order=order, how=how))
    return parsed


def look(data: bytes, name: str, how: Reading) -> TableGuess:
    """Return how a table would be read; see `rapportdesk.exchange.columns`.

    Raises:
        Unreadable: It is no table.
    """
    table = _Table.of(data, how)
    order, seen = table.order(how)
    samples, rows, unknown = [], 0, dict[str, None]()
    statuses = [at for at, field in enumerate(table.fields) if field is Field.STATUS]
    for _number, cells in table.body():
        rows += 1
        if rows <= _SAMPLES:
            samples.append(tuple(cells))
        if len(unknown) < _SAMPLES:
            unknown |= {cells[at]: None for at in statuses if status_of(cells[at]) is None}
    return TableGuess(
        file=name,
        encoding=table.text.encoding,
        encoding_certain=table.text.certain,
        separator=table.text.separator,
        headers=table.headers,
        fields=table.fields,
        samples=tuple(samples),
        rows=rows,
        date_order=order,
        date_order_said=how.tables.date_order is not None,
        examples=seen.examples(),
        unknown_statuses=tuple(unknown),
        questions=open_questions(table.fields, order_unknown=order is None and seen.unknown),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table with its header found.

    Attributes:
        above: How many rows stand above the header and the header itself.
    """

    text: TableText
    headers: tuple[str, ...]
    fields: tuple[Field, ...]
    above: int

    @classmethod
    def of(cls, data: bytes, how: Reading) -> "_Table":
        text = table_text(data, encoding=how.tables.encoding, separator=how.tables.separator)
        said = {header_key(header): field for header, field in how.tables.columns}
        first = list(islice(text.rows(), _HEADER_WITHIN))
        if not first:
            raise Unreadable(Fault.EMPTY)
        number, row = max(first, key=lambda each: (known_headers(each[1], said), -each[0]))
        if len(row) < 2 or len(row) > 500:
            raise Unreadable(Fault.UNKNOWN_FORMAT)
        headers = told_apart(row)
        return cls(text=text, headers=headers, fields=guessed(headers, said), above=number)

    def body(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row below the header with its number, as long as the header.

        Raises:
            Unreadable: A row is longer than the header.
        """
        for number, cells in self.text.rows():
            if number > self.above:
                if any(cells[len(self.headers) :]):
                    raise Unreadable(Fault.COLUMNS, item=number)
                padded = [*cells[: len(self.headers)], *[""] * (len(self.headers) - len(cells))]
                if any(padded):
                    yield number, padded

    def order(self, how: Reading) -> tuple[DateOrder | None, OrderSeen]:
        """Return the order of day and month and what says so."""
        seen = OrderSeen()
        dates = [at for at, field in enumerate(self.fields) if field in DATES]
        for _number, cells in self.body():
            for at in dates:
                seen.feed(cells[at])
        return how.tables.date_order or seen.decided, seen


def _take(parsed: Parsed, row: Row) -> None:
    try:
        patient, appointment = row.patient(), row.appointment()
    except Unreadable as fault:
        raise Unreadable(fault.fault, item=row.number, field=fault.field) from fault
    if appointment is not None:
        parsed.read += 1
        if isinstance(appointment, SkipReason):
            parsed.skip("Appointment", appointment)
        else:
            parsed.appointments.append(appointment)
    if not isinstance(patient, SkipReason):
        parsed.read += 1
        parsed.patients.append(patient)
    elif appointment is None or patient is not SkipReason.NOBODY_CERTAIN:
        parsed.read += 1
        parsed.skip("Patient", patient)
