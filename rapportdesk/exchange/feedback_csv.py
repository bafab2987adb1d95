"""The trend as CSV: only what may be shown, and no cell is a formula to any spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable

from rapportdesk.exchange.audit_csv import BYTE_ORDER_MARK, defused
from rapportdesk.model.feedback import FeedbackQuestion, TrendCell

COLUMNS = ("month", "question", "asked", "answers", "share", "good_or_very_good")
"""The first row; what is withheld stays empty, and `share` says why."""


def feedback_csv(trend: Iterable[TrendCell], named: Callable[[FeedbackQuestion], str]) -> bytes:
    """Return the trend as rows in UTF-8.

    Args:
        trend: In the order in which it is to stand.
        named: What a question is called.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    text.write(BYTE_ORDER_MARK)
    writer.writerow(COLUMNS)
    for cell in trend:
        row = (
            f"{cell.month:%Y-%m}",
            cell.question.value,
            named(cell.question),
            "" if cell.answers is None else str(cell.answers),
            cell.share.value,
            "" if cell.good is None else str(cell.good),
        )
        writer.writerow([defused(each) for each in row])
    return text.getvalue().encode("utf-8", "replace")
