"""A table is read page by page, each after the last key of the one before; a damaged order leads nowhere else."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from rapportdesk.vault.faults import tampered

Key = TypeVar("Key", str, int)


def last_key(rows: Sequence[Mapping[str, Any]], after: Key, column: str = "id") -> Key:
    """Return after which key the next page begins.

    Args:
        rows: The page, in the order of its key; not empty.
        after: After which key it began.
        column: The key's name.

    Raises:
        Tampered: The page's last key is none, or none that could follow; going on would go round in circles.
    """
    last = rows[-1][column]
    if type(last) is not type(after) or last <= after:
        raise tampered()
    return last
