r"""An HL7 v2 file is cut into messages here, each in its own encoding; within a message the `hl7` package reads.

Segments end in \r by the standard and in \n or \r\n in half of what is sent. MLLP's frame (a vertical tab before, a
file separator after) and the headers of batches (FHS, BHS, BTS, FTS) are taken off; a batch that is shorter than its
trailer says has been cut short.
"""

import re
from collections.abc import Iterator
from typing import Any

import hl7
from hl7.exceptions import HL7Exception

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.hl7_fields import Segment

_LINE = re.compile(rb"[^\r\n\x0b\x1c]+")
_HEADER = re.compile(r"MSH([^\w\s])([^\w\s])(?:([^\w\s])([^\w\s])?([^\w\s])?([^\w\s])?)?(?:\1|\Z)")
_ENVELOPE = (b"FHS", b"BHS", b"BTS", b"FTS")
_CODE = re.compile(r"[A-Z]{3}\Z")
_EVENT = re.compile(r"[A-Z][A-Z0-9]{2}\Z")
_SEGMENT_ID = re.compile(r"[A-Z][A-Z0-9]{2}\Z")
_LONG_REPEAT = re.compile(r"\.[A-Za-z]{2}[+-]?\d{4,}")
_CHARACTER_SETS = {
    "ASCII": "utf-8",  # its own superset, which many send who say ASCII
    "UNICODE UTF-8": "utf-8",
    "GB 18030-2000": "gb18030",
    "KS X 1001": "euc-kr",
    "BIG-5": "big5",
}


class Message:
    """One message, with its segments by name in their order.

    Args:
        parsed: Of the `hl7` package.
        item: Which message of the file it is, counted from 1.

    Attributes:
        segments: All of them in their order.
    """

    def __init__(self, parsed: Any, item: int) -> None:
        self.item = item
        self._segments: dict[str, list[Segment]] = {}
        self.segments: list[Segment] = []
        for segment in parsed:
            name = str(segment[0])
            if _SEGMENT_ID.match(name):
                self.segments.append(Segment(segment, name))
                self._segments.setdefault(name, []).append(self.segments[-1])

    def all(self, name: str) -> list[Segment]:
        """Return all segments of that name."""
        return self._segments.get(name, [])

    def first(self, *names: str) -> Segment | None:
        """Return the first segment of the first of `names` that is there."""
        return next((self._segments[name][0] for name in names if name in self._segments), None)

    @property
    def header(self) -> Segment:
        """The MSH segment."""
        return self._segments["MSH"][0]

    @property
    def type(self) -> str:
        """Message code and trigger event, "SIU^S12".

        Raises:
            Unreadable: They are not written as such; what stands there may be anything.
        """
        code, event = self.header.text(9, 1), self.header.text(9, 2)
        if not event and (events := self.first("EVN")) is not None:  # before 2.3.1 MSH-9 may have had the code alone
            event = events.text(1)
        if not _CODE.match(code) or (event and not _EVENT.match(event)):
            raise Unreadable(Fault.FIELD, field="MSH-9")
        return f"{code}^{event}" if event else code


def looks_like_hl7(data: bytes) -> bool:
    """Return whether a file begins as HL7 v2 does, with or without MLLP's frame."""
    return bool(re.match(rb"(?:\xef\xbb\xbf)?[\s\x0b\x1c]*(?:MSH|FHS|BHS)[^\w\s]", data[:64]))


def messages(data: bytes) -> Iterator[Message]:
    """Yield each message of a file.

    Raises:
        Unreadable: Something before the first message, a broken header, an encoding other than the one it names, or a
            trailer that counts more messages than there are.
    """
    item = 0
    for item, lines in enumerate(_cut(data), start=1):
        yield Message(_parsed(_decoded(lines, item), item), item)
    if not item:
        raise Unreadable(Fault.EMPTY)


def _cut(data: bytes) -> Iterator[list[bytes]]:
    message: list[bytes] = []
    in_batch = 0
    for line in _LINE.finditer(data, 3 if data.startswith(b"\xef\xbb\xbf") else 0):
        segment = line[0].strip(b" \t\x00")
        name = segment[:3]
        if name == b"MSH":
            if message:
                yield message
            message = [segment]
            in_batch += 1
        elif name in _ENVELOPE:
            if name == b"BTS" and not _counted(segment, in_batch):
                raise Unreadable(Fault.CUT_SHORT)
            in_batch = 0 if name in (b"BHS", b"BTS") else in_batch
        elif segment:
            if not message:
                raise Unreadable(Fault.MALFORMED)
            message.append(segment)
    if message:
        yield message


def _counted(trailer: bytes, messages_before: int) -> bool:
    """Return whether BTS-1 (how many messages the batch has) agrees; many leave it empty."""
    count = re.match(rb"BTS[^\w\s]\s*(\d{1,9})", trailer)
    return count is None or int(count[1]) == messages_before


def _decoded(lines: list[bytes], item: int) -> str:
    header = lines[0].decode("latin-1")
    if not (match := _HEADER.match(header)):
        raise Unreadable(Fault.MALFORMED, item=item, field="MSH")
    separators = [separator for separator in match.groups() if separator]
    if len(set(separators)) != len(separators):
        raise Unreadable(Fault.MALFORMED, item=item, field="MSH")
    named = [*header.split(match[1]), *[""] * 18][17].split(match[3] or "~")[0].strip().upper()
    numbered = re.fullmatch(r"8859/(\d{1,2})", named)
    encoding = f"iso8859-{numbered[1]}" if numbered else _CHARACTER_SETS.get(named or "ASCII")
    if encoding is None:
        raise Unreadable(Fault.ENCODING, item=item, field="MSH-18")
    try:
        text = b"\r".join(lines).decode(encoding)
    except (UnicodeDecodeError, LookupError) as fault:
        raise Unreadable(Fault.ENCODING, item=item, field="MSH-18") from fault
    if _LONG_REPEAT.search(text) and (match[4] or "\\") in text:  # "\.sp99999999\" would be written out
        raise Unreadable(Fault.MALFORMED, item=item)
    return text


def _parsed(text: str, item: int) -> Any:
    try:
        return hl7.parse(text)
    except (HL7Exception, ValueError, LookupError, AssertionError) as fault:
        raise Unreadable(Fault.MALFORMED, item=item) from fault
