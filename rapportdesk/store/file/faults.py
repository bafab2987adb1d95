"""What SQLite says is told to people in their own words, and without a row's content."""

import sqlite3

from rapportdesk.errors import VaultDamaged, VaultFault
from rapportdesk.store.file.location import busy, full, not_a_vault, unusable

_CODE = 0xFF  # an extended result code's primary code


def told(error: sqlite3.Error) -> VaultFault:
    """Return what an SQLite error means to a person."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & _CODE if isinstance(code, int) else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy()
    if primary == sqlite3.SQLITE_FULL:
        return full()
    if primary == sqlite3.SQLITE_NOTADB:
        return not_a_vault()
    if primary == sqlite3.SQLITE_CORRUPT:
        return unusable(VaultDamaged)
    return unusable()
