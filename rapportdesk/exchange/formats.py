"""What a file is, is told by its content and never by its name.

A format is one module with a question ("does it look like mine?") and a parser; its row here is all that adds it.
"""

import re
from collections.abc import Callable

from rapportdesk.exchange import fhir, fhir_json, hl7_messages, hl7v2, ical, ical_text, table
from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.parsed import Parsed

_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, Reading], Parsed]], ...] = (
    (hl7_messages.looks_like_hl7, hl7v2.parse),
    (ical_text.looks_like_ical, ical.parse),
    (fhir_json.looks_like_ndjson, fhir.parse_ndjson),
    (fhir_json.looks_like_json, fhir.parse_json),
)
_WIDE = re.compile(
    rb"(?:\xff\xfe\x00\x00|\x00\x00\xfe\xff|\xff\xfe|\xfe\xff)?\x00*(?:[{\[]\x00|M\x00+S\x00+H|B\x00+E\x00+G)"
)


def parse(data: bytes, how: Reading) -> Parsed:
    """Read one file by whatever format it is in.

    Args:
        data: What the file holds.
        how: What no file says.

    Raises:
        Unreadable: It is in no known format, or not as its format asks.
    """
    if _WIDE.match(data):  # UTF-16 and UTF-32, in which none of these is exchanged; spreadsheets do write tables so
        raise Unreadable(Fault.ENCODING)
    for looks_like_it, parser in _FORMATS:
        if looks_like_it(data):
            return parser(data, how)
    return table.parse(data, how)


def is_table(data: bytes) -> bool:
    """Return whether a file is in none of the formats that say what they are, and so may be a table."""
    return not _WIDE.match(data) and not any(looks_like_it(data) for looks_like_it, _parser in _FORMATS)
