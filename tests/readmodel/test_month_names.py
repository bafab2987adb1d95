"""The names of months that the search knows are Babel's, kept in a file: to ask Babel takes a fifth of a second.

`python -m tests.readmodel.test_month_names` writes the file again.
"""

import json
import re
from collections import defaultdict

from babel.dates import get_month_names

from rapportdesk.model.names import fold
from rapportdesk.paths import RESOURCES

FILE = RESOURCES / "month_names.json"
LANGUAGES = (
    "en", "cy", "ga", "de", "nl", "da", "sv", "nb", "is", "fi", "fr", "es", "ca", "pt", "it", "ro", "pl", "cs", "sk",
    "hu", "hr", "uk", "ru", "bg", "el", "tr", "ar", "vi",
)  # fmt: skip


def month_names() -> dict[str, list[int]]:
    """Return each name of a month, folded to letters alone, with the months it is the name of."""
    names: dict[str, set[int]] = defaultdict(set)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    bare = re.sub(r"^(de |d')", "", fold(name)).replace("'", "")
                    word = re.split(r"[^a-z]", bare)[0]
                    if len(word) > 2:
                        names[word].add(month)
    return {name: sorted(months) for name, months in sorted(names.items())}


def test_the_file_has_babels_names() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert kept == month_names()
    assert kept["listopad"] == [10, 11], "a Croat's October is a Pole's November"


if __name__ == "__main__":
    FILE.write_text(json.dumps(month_names(), indent=0) + "\n", encoding="utf-8")
