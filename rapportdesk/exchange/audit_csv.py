"""The record of who looked as CSV (RFC 4180) in UTF-8, in which no cell is a formula to any spreadsheet.

A cell that begins with = + - @, a tab or a line break, or with the full-width forms of those signs, which some
spreadsheets fold, is preceded by an apostrophe (OWASP, "CSV Injection"); every cell is quoted, so that no separator of
another locale splits it into one that begins anew. The file begins with the mark by which spreadsheets know UTF-8.
"""

import csv
import io
from collections.abc import Iterable

from rapportdesk.model.audit import AuditEvent

COLUMNS = (
    "recorded", "happened", "action", "outcome", "count", "agent_id", "agent_name", "agent_roles", "patient_id",
    "purpose_of_use", "why", "about_id", "about_name",
)  # fmt: skip
"""The first row."""

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def audit_csv(events: Iterable[AuditEvent], *, first: bool = True) -> bytes:
    """Return lines as rows.

    Args:
        events: In the order in which they are to stand.
        first: Whether the file begins here: with its mark and the names of the columns.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    if first:
        text.write(BYTE_ORDER_MARK)
        writer.writerow(COLUMNS)
    writer.writerows([defused(cell) for cell in _cells(event)] for event in events)
    return text.getvalue().encode("utf-8", "replace")


def _cells(event: AuditEvent) -> tuple[str, ...]:
    return (
        event.at.isoformat(),
        event.happened_at.isoformat() if event.happened_at else "",
        event.action,
        event.outcome,
        str(event.count),
        event.who or "",
        event.who_name,
        " ".join(event.roles),
        event.patient or "",
        event.purpose or "",
        event.why,
        event.about or "",
        event.about_name,
    )
