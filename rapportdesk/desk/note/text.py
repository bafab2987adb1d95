"""What people type is kept as typed, or refused with a sentence; it is never silently altered into something else."""

import unicodedata

from rapportdesk.errors import BadInput
from rapportdesk.language import _

LONGEST_TEXT = 20_000
"""Characters in one note. A page of A4 holds about 3,000; the brief shows about 120 words."""

LONGEST_LINE = 500
"""Characters in a name or any other single line."""

_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return `text` with its outer white space gone and in Unicode's composed form (NFC, UAX #15).

    Raises:
        BadInput: It is too long, or holds half characters (lone surrogates) that no file can keep.
    """
    text = text.strip()
    if len(text) > longest:
        raise BadInput(
            _("That is {length:,} characters long; {longest:,} is the most that fits here.").format(
                length=len(text), longest=longest
            ),
            _("Shorten it, or split it in two."),
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(
            _("That text holds broken characters that cannot be kept."), _("Copy it again, or type it.")
        ) from None
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Return `text` as `clean_text` does, on one line: breaks and control characters become single spaces.

    Raises:
        BadInput: It is longer than a line may be, or cannot be kept.
    """
    spaced = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    return " ".join(clean_text(spaced, LONGEST_LINE).split())


def clean_name(text: str) -> str:
    """Return `text` as `clean_line` does, without direction embeddings, overrides and isolates (UAX #9).

    A name that is turned round on the screen looks like somebody else's; the plain marks (LRM, RLM) stay.
    """
    return clean_line("".join(char for char in text if char not in _TURNS_TEXT))


def can_be_seen(text: str) -> bool:
    """Return whether anything of `text` leaves a mark: white space, controls and direction marks alone do not."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)
