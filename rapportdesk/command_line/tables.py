"""What a person says about tables on the command line; what they leave out is guessed and shown, or asked."""

import argparse
import codecs

from rapportdesk.command_line.usage import one_of
from rapportdesk.exchange import DateOrder, Field, TableSettings
from rapportdesk.language import _

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_FIELDS = {field.name.lower().replace("_", "-"): field for field in Field}


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Add the options about CSV and TSV to `import`."""
    parser.add_argument(
        "--dates",
        type=one_of(DateOrder),
        metavar="day-first|month-first",
        help="what a CSV's dates begin with; asked for where the data does not decide it",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="HEADER=FIELD",
        help=f"what a CSV's column holds; FIELD is one of {', '.join(_FIELDS)}",
    )
    parser.add_argument("--encoding", type=_encoding, help="of a CSV, for example cp1252")
    parser.add_argument("--separator", type=_separator, help=f"of a CSV: {', '.join(_SEPARATORS)}")


def table_settings(options: argparse.Namespace) -> TableSettings:
    """Return what the options of `add_table_options` say."""
    return TableSettings(
        columns=tuple(options.column),
        date_order=options.dates,
        encoding=options.encoding or "",
        separator=options.separator or "",
    )


def _column(text: str) -> tuple[str, Field]:
    header, equals, field = text.rpartition("=")
    if not equals or not header.strip() or field not in _FIELDS:
        raise argparse.ArgumentTypeError(_("Say a column as HEADER=FIELD"))
    return header, _FIELDS[field]


def _encoding(text: str) -> str:
    try:
        "".encode(codecs.lookup(text).name)  # refuses what is no encoding of text, "zip" for one
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(_("Say an encoding such as cp1252")) from None
    return text


def _separator(text: str) -> str:
    if text not in _SEPARATORS:
        raise argparse.ArgumentTypeError(_("Say one of {words}").format(words=", ".join(_SEPARATORS)))
    return _SEPARATORS[text]
