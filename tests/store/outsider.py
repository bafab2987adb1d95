"""Somebody without a key who can write to the file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.store.clinic import Clinic


@contextmanager
def outside(clinic: Clinic) -> Iterator[sqlite3.Connection]:
    """Open the closed vault with nothing but SQLite; what is done is committed."""
    with closing(sqlite3.connect(clinic.path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection
        connection.commit()
