"""A page of headings with lines under each: what a practice says of itself, about no patient."""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.paper.cleaning import page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.wording import printed_words, reading_locale, serial_words


def typeset_statement(
    heading: str,
    sections: Sequence[tuple[str, Sequence[str]]],
    *,
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    language: str = "",
    paper: Paper | None = None,
) -> Printed:
    """Set a statement, on as many pages as it takes. Call it from a worker thread.

    Args:
        heading: What it is.
        sections: A label and its lines.
        serial: Random print serial (`new_serial`).
        printed_at: Aware, in the practice's zone.
        clinic_name: Who says so.
        language: POSIX or BCP 47 name for dates, direction and sheet size; by default the language in use.
        paper: Sheet size; None takes the locale's.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    data = {
        "clinic": ink.typed(clinic_name),
        "size": 10.5,
        "heading": ink.words(heading),
        "name": ink.typed(clinic_name),
        "facts": [],
        "sections": [
            {"label": ink.typed(label), "lines": [ink.typed(line, 2000) for line in lines]} for label, lines in sections
        ],
        "foot": [ink.words(each) for each in (serial_words(serial), printed_words(printed_at, locale))],
    }
    return press(
        "certificate.typ", data, title=heading, serial=serial, printed_at=printed_at, locale=locale, paper=paper
    )
