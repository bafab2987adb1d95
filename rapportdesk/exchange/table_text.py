"""The bytes of a table become rows here: charset-normalizer tells the encoding, CleverCSV the dialect, csv the cells.

UTF-8 is recognised for certain, and what begins with a byte order mark says so itself; anything else is a guess by the
letters, which is shown. A row that is longer than the header's would shift cells under other headers and is a fault.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.values import plain

_SEPARATORS = ",;\t|"
_SAMPLE_LETTERS = 8_000
_SAMPLE_BYTES = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLDER = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("mac_roman", "cp850", "cp932", "big5", "gb18030", "euc_kr"),
]  # what spreadsheets write where they do not write UTF-8


@dataclass(frozen=True, slots=True, kw_only=True)
class TableText:
    """A table's bytes and how they are written.

    Attributes:
        encoding: As Python names it.
        certain: Nobody had to guess the encoding.
        separator, quote, escape: One character each; `escape` may be empty.
    """

    data: bytes
    encoding: str
    certain: bool
    separator: str
    quote: str = '"'
    escape: str = ""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that holds anything with its number among all rows, counted from 1, its cells cleaned.

        Raises:
            Unreadable: It is in another encoding, or quoted as no table is.
        """
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        reader = csv.reader(
            text, delimiter=self.separator, quotechar=self.quote, escapechar=self.escape or None, strict=True
        )
        number = 0
        while True:
            number += 1
            try:
                row = next(reader, None)
            except (UnicodeError, LookupError) as fault:
                raise Unreadable(Fault.ENCODING) from fault
            except csv.Error as fault:
                raise Unreadable(Fault.MALFORMED, item=number) from fault
            if row is None:
                return
            cells = [plain(cell) for cell in row]
            if any(cells):
                yield number, cells


def table_text(data: bytes, *, encoding: str = "", separator: str = "") -> TableText:
    """Return how a table is written.

    Args:
        data: What the file holds.
        encoding: What a person said; empty to find out.
        separator: Likewise.

    Raises:
        Unreadable: It is no text, or no table: nothing separates its cells.
    """
    certain, name = (True, encoding) if encoding else _encoding(data)
    sample = _sample(data, name)
    if "\x00" in sample:
        raise Unreadable(Fault.UNKNOWN_FORMAT)
    found, quote, escape = _dialect(sample, separator or _SEPARATORS)
    if not found and not separator:
        raise Unreadable(Fault.UNKNOWN_FORMAT)
    return TableText(
        data=data,
        encoding=name,
        certain=certain,
        separator=separator or found,
        quote=quote or '"',
        escape=escape,
    )


def _encoding(data: bytes) -> tuple[bool, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return True, name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False, _by_letters(data)
    return True, "utf-8"


def _by_letters(data: bytes) -> str:
    """Return what charset-normalizer finds likeliest; Windows' Western one where nothing speaks against it."""
    from charset_normalizer import from_bytes

    found = list(from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_OLDER, enable_fallback=False))
    if not found:
        raise Unreadable(Fault.UNKNOWN_FORMAT)
    best = found[0]
    alike = [each.encoding for each in found if each.chaos == best.chaos and each.coherence == best.coherence]
    return "cp1252" if any(name == "cp1252" for name in alike) else best.encoding


def _sample(data: bytes, encoding: str) -> str:
    try:
        text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="").read(_SAMPLE_LETTERS)
    except (UnicodeError, LookupError) as fault:
        raise Unreadable(Fault.ENCODING) from fault
    whole, end, _rest = text.rpartition("\n")
    return whole + end if end and len(text) == _SAMPLE_LETTERS else text


def _dialect(sample: str, separators: str) -> tuple[str, str, str]:
    from clevercsv import Sniffer
    from clevercsv.exceptions import Error

    try:
        found = Sniffer().sniff(sample, delimiters=separators)
    except Error:
        found = None
    if found is None:
        return "", "", ""
    quote = found.quotechar if found.quotechar in ("'", '"') else ""
    return str(found.delimiter or ""), str(quote), str(found.escapechar or "")
