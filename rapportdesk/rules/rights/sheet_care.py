"""Two people hold the desk's sheet, and one of the sheets is tried every quarter: what is still to be done for that."""

import datetime as dt
from collections.abc import Iterable

from rapportdesk.model.sheet import KeptSheet

HOLDERS = 2
"""How many people are to hold a desk's sheet: one may be away, or have lost it."""

QUARTER = dt.timedelta(days=92)


def holders_wanted(sheets: Iterable[KeptSheet]) -> int:
    """Return how many more holders of the desk's sheet are to be named."""
    named = {sheet.holder.casefold() for sheet in sheets if sheet.kind == "desk" and sheet.holder}
    return max(0, HOLDERS - len(named))


def last_tried(sheets: Iterable[KeptSheet]) -> dt.date | None:
    """Return the last day on which any of the desk's sheets was tried; None for never."""
    return max((sheet.proved_on for sheet in sheets if sheet.kind == "desk" and sheet.proved_on), default=None)


def drill_due(sheets: Iterable[KeptSheet], today: dt.date) -> bool:
    """Whether a desk's sheet is to be tried again."""
    last = last_tried(sheets)
    return last is None or today - last >= QUARTER
