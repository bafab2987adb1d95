"""A compartment's file is encrypted as a whole, and worth nothing: whatever is wrong with it, it is made anew.

ChaCha20-Poly1305 on every page (SQLite3 Multiple Ciphers), so that a page that was changed, or written under another
key, does not open; nothing but cipher text lies in the file and its write-ahead log, and temporary results stay in
memory. It is made for its owner alone. A commit does not wait for the disk, only what brings the log into the file does
(`rapportdesk.readmodel.log`): what a power cut takes is caught up from the vault, whose commits do wait. The library is
loaded when the first file is opened.
"""

import os
import stat
from pathlib import Path
from types import ModuleType
from typing import Any

from rapportdesk import big_files
from rapportdesk.readmodel.database import Database, Databases, IndexFault, have_words_merged
from rapportdesk.readmodel.log import Log
from rapportdesk.readmodel.schema import TABLES, VERSION

_SETTINGS = (
    "PRAGMA synchronous = OFF",  # else a new file waits for the disk twice before it has a log
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
)
_CACHE_KIB = {"writing": 32_768, "reading": 16_384, "log": 256}


def library() -> ModuleType | None:
    """Return SQLite with encryption, or None where it is not installed or a plain one stands in its place."""
    try:
        import apsw
    except ImportError:
        return None
    return apsw if hasattr(apsw, "mc_version") else None


def open_file(path: Path, key: bytes) -> Databases:
    """Open a compartment's file, or make it where nothing lies.

    Args:
        path: Where.
        key: 32 bytes.

    Raises:
        IndexFault: The library is not there; or the file is damaged, of another version or under another key.
    """
    apsw = library()
    if apsw is None:
        raise IndexFault("no library")
    faults = (
        apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.FullError, apsw.CantOpenError, apsw.ReadOnlyError,
        apsw.BusyError, apsw.PermissionsError,
    )  # fmt: skip
    opened = list[Any]()
    try:
        _make(path)
        for use in ("writing", "reading"):
            opened.append(_connect(apsw, path, key, use))
            if use == "writing":
                _check(opened[0])
                have_words_merged(opened[0])
        log = Log(lambda: _connect(apsw, path, key, "log"), (*faults, apsw.InterruptError))

        def committed(_connection: object, _name: str, pages: int) -> int:
            log.committed(pages)
            return int(apsw.SQLITE_OK)

        opened[0].set_wal_hook(committed)
        writing, reading = opened
    except (*faults, apsw.SQLError, OSError, IndexFault) as fault:
        for each in opened:
            each.close()
        raise IndexFault(type(fault).__name__) from None
    return Databases(writing, reading, faults, log)


def remove_file(path: Path) -> None:
    """Throw a compartment's file away, with what SQLite keeps beside it.

    Raises:
        IndexFault: The disk does not let us.
    """
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            big_files.unlink(path.with_name(name), missing_ok=True)
    except OSError as fault:
        raise IndexFault(type(fault).__name__) from None


def _make(path: Path) -> None:
    """See that there is a plain file that its owner alone can read."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        os.close(os.open(path, flags, 0o600))
        return
    ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    if not stat.S_ISREG(found.st_mode) or not ours or (os.name == "posix" and found.st_mode & 0o077):
        raise IndexFault("not a plain file of ours")


def _connect(apsw: ModuleType, path: Path, key: bytes, use: str) -> Database:
    connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)  # a lock does not wait for the disk
        connection.execute("PRAGMA cipher = 'chacha20'").fetchall()
        connection.execute(f"PRAGMA key = 'raw:{key.hex()}'", can_cache=False).fetchall()
        for setting in (*_SETTINGS, f"PRAGMA cache_size = -{_CACHE_KIB[use]}"):
            connection.execute(setting).fetchall()
    except BaseException:
        connection.close()
        raise
    opened: Database = connection
    return opened


def _check(connection: Database) -> None:
    """Make the tables in a new file; refuse one of another version."""
    version = connection.execute("PRAGMA user_version").fetchall()[0][0]
    if version == VERSION:
        return
    if version or connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall():
        raise IndexFault("another version")
    connection.execute("BEGIN IMMEDIATE")
    for statement in (TABLES, _LEAVES_NOTHING, f"PRAGMA user_version = {VERSION}"):
        connection.execute(statement).fetchall()
    connection.execute("COMMIT")


_LEAVES_NOTHING = "INSERT INTO note_words (note_words, rank) VALUES ('secure-delete', 1)"
"""Deleting a note takes its words out of the index at once, and does not merely note that they count no more."""
