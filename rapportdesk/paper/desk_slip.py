"""The desk slip lies open at the counter: whoever reads it upside down learns nobody's name.

Time, initials, the last three signs of the number, greeting, comfort, promises; no birth date, people, topics, counts.
The day sheet is the same without the promises, for a sealed envelope: what the next day is lived by should the computer
not start.
"""

import datetime as dt
from typing import Any

from babel import Locale

from rapportdesk.language import _
from rapportdesk.model.shown import DeskSlipRow
from rapportdesk.paper.cleaning import PageText, page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.wording import clock_time, full_date, printed_words, reading_locale, serial_words

_SIZE, _LARGE_SIZE = 10.5, 16
_NUMBER_ENDING = 3
_LONGEST_CELL = 300
_LONGEST_WORD = 18  # letters that fit a column in large print


def typeset_desk_slip(
    rows: tuple[DeskSlipRow, ...],
    *,
    date: dt.date,
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    language: str = "",
    large_print: bool = False,
    paper: Paper | None = None,
    day_sheet: bool = False,
) -> Printed:
    """Set the slip for one day, or for one patient as a single row. Call it from a worker thread.

    Args:
        rows: In the order of the day; whatever is longer than three signs in `number_ending` is cut to its end here.
        date: The day it is for.
        serial: Random print serial (`new_serial`).
        printed_at: Aware, in the practice's zone.
        clinic_name: Stands small at the top.
        language: POSIX or BCP 47 name for dates, direction and sheet size; by default the language in use.
        large_print: 16 points in place of 10.5, on a page turned sideways.
        paper: Sheet size; None takes the locale's.
        day_sheet: For the envelope and not for the counter.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    heading = _("Day sheet") if day_sheet else _("Desk slip")
    hand_back = _("Keep it face down; it is destroyed at closing.")
    if day_sheet:
        hand_back = _(
            "For a sealed envelope, opened only if the computer does not start; destroyed when the day is over."
        )
    data = {
        "clinic": ink.typed(clinic_name),
        "heading": ink.words(heading),
        "day": ink.words(full_date(date, locale)),
        "size": _LARGE_SIZE if large_print else _SIZE,
        "wide": large_print,
        "columns": [ink.words(each) for each in _columns(promises=not day_sheet)],
        "rows": [_row(row, ink, locale) for row in rows],
        "nobody": ink.words(_("Nobody is expected.")),
        "foot": [ink.words(each) for each in (serial_words(serial), printed_words(printed_at, locale))],
        "hand_back": ink.words(hand_back),
    }
    return press(
        "desk_slip.typ",
        data,
        title=heading,
        serial=serial,
        printed_at=printed_at,
        locale=locale,
        paper=paper,
    )


def _columns(*, promises: bool) -> tuple[str, ...]:
    promised = (_("We promised"),) if promises else ()
    return _("Time"), _("Initials"), _("Number ends"), _("Greet"), _("Comfort"), *promised


def _row(row: DeskSlipRow, ink: PageText, locale: Locale) -> dict[str, Any]:
    return {
        "time": ink.words(clock_time(row.time, locale)),
        "initials": ink.typed(row.initials, 8),
        "number": ink.typed(row.number_ending.strip()[-_NUMBER_ENDING:]),
        "greeting": ink.typed(row.greeting, _LONGEST_CELL, _LONGEST_WORD),
        "comfort": ink.typed(row.comfort, _LONGEST_CELL, _LONGEST_WORD),
        "promises": [ink.typed(promise, _LONGEST_CELL, _LONGEST_WORD) for promise in row.promises],
    }
