"""Reading help for what is written for patients, in the language in use; it keeps nothing of what it is handed.

The lists of hard words lie in `resources/plain_words`, one for each language. Syllables are counted by Pyphen's
patterns, which lie in its package: nothing is fetched from anywhere.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache

from rapportdesk.desk.session import Session
from rapportdesk.language import locale_name
from rapportdesk.model.reading_help import ReadingHelp
from rapportdesk.paths import RESOURCES
from rapportdesk.rules.wording.plain_words import reading_help

LISTS = RESOURCES / "plain_words"
_PATTERNS = "en_US"  # the British patterns divide by origin and count a third too few
_ENGLISH = frozenset({"en", "C", "POSIX"})


class PlainWords:
    """Says how plainly something reads."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def check(self, text: str) -> ReadingHelp:
        """Return how plainly a text reads; raises NotSignedIn when nobody is signed in."""
        self._session()
        language = locale_name().replace("-", "_").split("_")[0].split(".")[0]
        english = language in _ENGLISH
        hard = hard_words("en" if english else language)
        return reading_help(text, hard=hard, syllables=_syllables() if english else None)


@cache
def hard_words(language: str) -> Mapping[str, str]:
    """Return the hard words of a language, in small letters, with plainer ones; empty where nobody has listed any.

    Args:
        language: ISO 639-1 ("en").
    """
    file = LISTS / f"{language}.json"
    if not language.isalpha() or not file.is_file():
        return {}
    return {word.casefold(): plainer for word, plainer in json.loads(file.read_text(encoding="utf-8")).items()}


@cache
def _syllables() -> Callable[[str], int]:
    from pyphen import Pyphen  # its patterns take 50 ms, which a sign-in does not need

    patterns = Pyphen(lang=_PATTERNS, left=1, right=2)
    return lambda word: sum(len(patterns.positions(part)) + 1 for part in word.split("-") if part)
