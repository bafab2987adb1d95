"""A letter on one page: who writes, to whom it goes, the day, and words that stay words whatever signs are in them."""

import datetime as dt
import re

from rapportdesk.language import _
from rapportdesk.model.patient import Patient
from rapportdesk.paper.cleaning import clean_paragraphs, page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.wording import long_date, reading_locale

_SMALL, _LARGE = 11.5, 18.0
_LONGEST = 4_000


def typeset_letter(
    patient: Patient,
    address: str,
    subject: str,
    text: str,
    *,
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    language: str,
    large_print: bool = False,
    paper: Paper | None = None,
) -> Printed:
    """Set a letter. Call it from a worker thread.

    Args:
        patient: To whom.
        address: As it stands on the card, in one line; commas break it.
        subject: What about.
        text: The words; an empty line begins a paragraph.
        serial: Random print serial (`new_serial`); handed on, and not printed: the letter is theirs.
        printed_at: Aware, in the practice's zone.
        clinic_name: Who writes.
        language: BCP 47 name of the words' language, for dates, direction and sheet size.
        large_print: 18 points in place of 11.5.
        paper: Sheet size; None takes the language's.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    lines = [part.strip() for part in re.split(r"[,\n]", address)]
    paragraphs = [clean_paragraphs(part) for part in re.split(r"\n\s*\n", text)]
    data = {
        "clinic": ink.typed(clinic_name),
        "size": _LARGE if large_print else _SMALL,
        "to": [ink.typed(line) for line in (patient.name, *lines) if line],
        "day": ink.words(long_date(printed_at.date(), locale)),
        "subject": ink.typed(subject),
        "paragraphs": [[ink.typed(line, _LONGEST) for line in part] for part in paragraphs if part],
    }
    return press(
        "letter.typ", data, title=_("Letter"), serial=serial, printed_at=printed_at, locale=locale,
        paper=paper,
    )  # fmt: skip
