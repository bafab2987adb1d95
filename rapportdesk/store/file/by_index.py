"""What lies in a table is found by its indexes too: a card is read by one, and what it has lost is silently missing.

SQLite's quick look at a file's structure leaves this out, and its thorough one is a single call as long as the file is
big; here it is asked of one page of rows at a time.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Index, text

from rapportdesk.store.manifest.covered import Covered
from rapportdesk.store.transaction import Transaction


def lost_by_an_index(reading: Transaction, covered: Covered, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether an index of a table does not lead to one of these rows, which follow each other in their keys' order."""
    if not rows or not covered.table.indexes:
        return False
    first, last = covered.key_of(rows[0]), covered.key_of(rows[-1])
    if any(isinstance(part, str) and not part.isascii() for part in (*first, *last)):
        return False  # no id of ours: the row itself is named
    values = {
        **{f"first_{number}": part for number, part in enumerate(first)},
        **{f"last_{number}": part for number, part in enumerate(last)},
    }
    return any(
        reading.connection.execute(text(_question(covered, index)), values).scalar_one()
        for index in sorted(covered.table.indexes, key=lambda index: str(index.name))
    )


def rebuild_indexes(writing: Transaction) -> None:
    """Make every index anew from what lies in the tables."""
    writing.connection.exec_driver_sql("REINDEX")


def _question(covered: Covered, index: Index) -> str:
    """Return how many rows of a range are not found by the index; the names in it are the tables' own."""
    table, keys = covered.table.name, covered.key
    same = " AND ".join(f"i.{column} IS t.{column}" for column in (*index.columns.keys(), *keys))
    row, first, last = (
        f"({', '.join(parts)})"
        for parts in (
            [f"t.{key}" for key in keys],
            [f":first_{number}" for number in range(len(keys))],
            [f":last_{number}" for number in range(len(keys))],
        )
    )
    return (
        f"SELECT EXISTS (SELECT 1 FROM {table} AS t NOT INDEXED WHERE {row} >= {first} AND {row} <= {last}"  # noqa: S608 # nosec B608 # names of ours, no values
        f" AND NOT EXISTS (SELECT 1 FROM {table} AS i INDEXED BY {index.name} WHERE {same}))"
    )
