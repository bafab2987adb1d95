"""What is noticed while somebody types: quietly, from lists in `resources/wording`, one for each language.

It reads what it is handed and nothing else: it knows of no patient.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from rapportdesk.desk.session import Session
from rapportdesk.language import locale_name
from rapportdesk.model.wording import WordingHint
from rapportdesk.paths import RESOURCES
from rapportdesk.rules.wording.wording_hints import WordingHints, WordingList

LISTS = RESOURCES / "wording"
DEFAULT = "en"


def wording_list(language: str) -> WordingList:
    """Return the list of one language with those it names besides; the English one for a language without.

    Args:
        language: A POSIX name ("cy", "en_GB"); a region is left off where it has no list of its own.
    """
    found = next((each for each in (language, language.split("_")[0]) if (LISTS / f"{each}.json").is_file()), DEFAULT)
    rows = json.loads((LISTS / f"{found}.json").read_text(encoding="utf-8"))
    made = _read(rows)
    for other in rows["also"]:
        made = made.with_also(wording_list(other))
    return made


def _read(rows: Mapping[str, Sequence[Any]]) -> WordingList:
    return WordingList(
        judging={said: row["instead"] for row in rows["judging"] for said in row["said"]},
        clinical=tuple(rows["clinical"]),
        units=tuple(rows["units"]),
        unless=tuple(rows["unless"]),
    )


@cache
def wording_hints(language: str) -> WordingHints:
    """Return the ready function of one language; made once."""
    return WordingHints(wording_list(language))


class Wording:
    """What the window says of a text while it is typed."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def hints(self, text: str) -> tuple[WordingHint, ...]:
        """Return what is pointed out in `text`, in the language that is spoken; raises as `Desk.session`."""
        self._session()
        return wording_hints(locale_name())(text)
