"""A statement that every save makes is built once: building one anew takes three times as long as doing it.

They differ by table alone. Values come with each execution: `at(...)` names the row, a column's own name its value.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)


@cache
def row_at(table: Table) -> Select[Any]:
    """Return the question for the row with a primary key."""
    return select(table).where(_here(table))


@cache
def rows_where(table: Table, column: str) -> Select[Any]:
    """Return the question for every row with one value in a column, by the order of their primary keys."""
    return select(table).where(table.c[column] == bindparam(f"at_{column}")).order_by(*table.primary_key)


@cache
def rows_among(table: Table, column: str, wanted: tuple[str, ...] = ()) -> Select[Any]:
    """Return the question for every row with any of some values in a column, in no order.

    Args:
        table: Whose rows.
        column: The values come as `among_` and its name.
        wanted: The columns that are read; all of them where it is empty.
    """
    among = table.c[column].in_(bindparam(f"among_{column}", expanding=True))
    return select(*(table.c[name] for name in wanted or table.c.keys())).where(among)


@cache
def put_row(table: Table) -> Insert:
    """Return what puts a new row in."""
    return insert(table)


@cache
def replace_at(table: Table) -> Update:
    """Return what gives the row with a primary key other values."""
    return update(table).where(_here(table))


@cache
def remove_at(table: Table) -> Delete:
    """Return what takes the row with a primary key out."""
    return delete(table).where(_here(table))


def at(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what these statements are given for the row that has this primary key."""
    return {f"at_{column.name}": values[column.name] for column in table.primary_key}


def _here(table: Table) -> ColumnElement[bool]:
    return and_(*(column == bindparam(f"at_{column.name}") for column in table.primary_key))
