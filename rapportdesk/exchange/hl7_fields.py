"""Fields of an HL7 v2 segment as clean text: the `hl7` package splits and unescapes, nothing here does.

A field that is not there, and HL7's null (two quotation marks), are empty. The package writes what it cannot unescape
to its log and warns by a deprecated call; both would carry patients' text, so both are silenced here.
"""

import datetime as dt
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import hl7
import hl7.containers
import hl7.util

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.values import in_reach, moment, plain

_NULL = '""'


@contextmanager
def library_kept_quiet() -> Iterator[None]:
    """Keep the `hl7` package from logging what it reads."""
    loggers = [hl7.util.logger, hl7.containers.logger]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


class Segment:
    """Read access to one segment, counted from 1 as the standard counts.

    Args:
        segment: Of the `hl7` package.
        name: "PID".
    """

    def __init__(self, segment: Any, name: str) -> None:
        self._segment = segment
        self.name = name

    def text(self, field: int, component: int = 1, *, repetition: int = 1, subcomponent: int = 1) -> str:
        """Return one piece of a field."""
        try:
            found = self._segment.extract_field(1, field, repetition, component, subcomponent)
        except IndexError:  # not there: the package says so only sometimes by an empty text
            return ""
        except (ValueError, OverflowError, MemoryError) as fault:  # an escape sequence with an impossible count
            raise Unreadable(Fault.MALFORMED, field=f"{self.name}-{field}") from fault
        cleaned = plain(str(found))
        return "" if cleaned == _NULL else cleaned

    def repetitions(self, field: int) -> range:
        """Return the numbers of a field's repetitions; empty for a field that is not there."""
        return range(1, len(self._segment[field]) + 1) if field < len(self._segment) else range(0)

    def pieces(self, field: int, component: int = 1, *, repetition: int = 1) -> list[str]:
        """Return the subcomponents that say something."""
        found = [self.text(field, component, repetition=repetition, subcomponent=number) for number in range(1, 5)]
        return [piece for piece in found if piece]

    def day(self, field: int, component: int = 1) -> dt.date | None:
        """Return the day of a DT or TS; a year or month alone is no day.

        Raises:
            Unreadable: There is no such day, or it is out of reach.
        """
        written = self.text(field, component)
        read = self._datetime(written, field)
        return None if read is None or _digits(written) < 8 else in_reach(read.date(), f"{self.name}-{field}")

    def moment(self, field: int, zone: dt.tzinfo | None, component: int = 1) -> dt.datetime | None:
        """Return the moment of a TS in UTC; one without at least the hour is none.

        Args:
            field: As the standard counts.
            zone: For a moment without an offset; None is the workstation's own.
            component: As the standard counts.

        Raises:
            Unreadable: There is no such moment, or it is out of reach.
        """
        written = self.text(field, component)
        read = self._datetime(written, field)
        return None if read is None or _digits(written) < 10 else moment(read, zone, f"{self.name}-{field}")

    def offset(self, field: int) -> dt.tzinfo | None:
        """Return the offset of a TS, or None when it has none."""
        read = self._datetime(self.text(field), field)
        if read is None or (offset := _offset(read)) is None:
            return None
        return dt.timezone(offset)

    def _datetime(self, written: str, field: int) -> dt.datetime | None:
        if not written:
            return None
        try:
            read = hl7.parse_datetime(written)
            _offset(read)
        except (ValueError, OverflowError) as fault:
            raise Unreadable(Fault.DATE, field=f"{self.name}-{field}") from fault
        return read if isinstance(read, dt.datetime) else None


def _offset(read: dt.datetime) -> dt.timedelta | None:
    return read.utcoffset()


def _digits(written: str) -> int:
    return len(written) - len(written.lstrip("0123456789"))
