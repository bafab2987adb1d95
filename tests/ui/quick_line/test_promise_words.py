"""The quick line says how it understood a promise: by when, how often, and who is to keep it."""

import pytest

from rapportdesk.model.patient import Patient
from rapportdesk.rules.wording.quick_line import read_line
from tests.rules.invented import TODAY, person
from ui.quick_line.quick_line_view import understood

NIA: Patient = person()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ring about parking", "a promise, without a day"),
        ("ring about parking by Tuesday", "a promise, by 24 Nov 2026"),
        ("ring about parking by Tuesday at 9:30", "a promise, by 24 Nov 2026, 09:30"),
        ("ring her every Friday", "a promise, by 27 Nov 2026, every Friday"),
        ("ring her @ben tomorrow", "a promise, by 21 Nov 2026 · for \u2068Ben Morgan\u2069 to keep"),
    ],
)
def test_a_promise_is_read_back(typed: str, words: str) -> None:
    line = read_line(f"promise: {typed}", colleagues=("Ben Morgan",), today=TODAY)
    assert understood(line, NIA) == words
