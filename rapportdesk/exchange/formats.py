"""What a file is, is told by its content and never by its name.

A format is one module with a question ("does it look like mine?") and a parser; its row here is all that adds it.
"""

import datetime as dt
from collections.abc import Callable

from rapportdesk.exchange import fhir, fhir_json, hl7_messages, hl7v2
from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.parsed import Parsed

_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, dt.tzinfo | None], Parsed]], ...] = (
    (hl7_messages.looks_like_hl7, hl7v2.parse),
    (fhir_json.looks_like_ndjson, fhir.parse_ndjson),
    (fhir_json.looks_like_json, fhir.parse_json),
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"{\x00", b"\x00{", b"M\x00S\x00H", b"\x00M\x00S\x00H")


def parse(data: bytes, zone: dt.tzinfo | None) -> Parsed:
    """Read one file by whatever format it is in.

    Args:
        data: What the file holds.
        zone: For moments that say no offset; None is the workstation's own.

    Raises:
        Unreadable: It is in no known format, or not as its format asks.
    """
    if data.startswith(_WIDE):  # UTF-16 and UTF-32, in which none of the formats is exchanged
        raise Unreadable(Fault.ENCODING)
    for looks_like_it, parser in _FORMATS:
        if looks_like_it(data):
            return parser(data, zone)
    raise Unreadable(Fault.UNKNOWN_FORMAT)
