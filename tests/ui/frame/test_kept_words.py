"""The first screen says what is safe, and names days as people do."""

import datetime as dt

import pytest

from rapportdesk.model.kept import Kept
from ui.frame.kept_words import kept_words

MONDAY = dt.date(2026, 11, 23)
FRIDAY = dt.datetime(2026, 11, 20, 17, 42, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (
            Kept(until=FRIDAY, schedule_from=FRIDAY, drafts=1),
            "Everything up to Friday 17:42 is here. 1 unfinished note is kept. The schedule is from Friday.",
        ),
        (
            Kept(until=FRIDAY + dt.timedelta(days=2, hours=16), drafts=2),
            "Everything up to 09:42 is here. 2 unfinished notes are kept.",
        ),
        (
            Kept(until=FRIDAY - dt.timedelta(days=30), schedule_from=dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)),
            "Everything up to Wednesday 21 October 17:42 is here. The schedule is from today.",
        ),
        (
            Kept(until=FRIDAY - dt.timedelta(days=730)),
            "Everything up to 20 November 2024 17:42 is here.",
        ),
        (Kept(), ""),
    ],
)
def test_what_is_safe_is_said_in_a_sentence_or_two(kept: Kept, words: str) -> None:
    said = kept_words(kept, MONDAY)
    assert said == words
    assert not {"keyring", "vault", "manifest"} & set(said.lower().split())
