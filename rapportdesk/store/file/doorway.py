"""What stands in the file for whoever has not signed in: which vault it is, and the slots of those who may.

Imports the standard library's sqlite3 alone, because the sign-in is painted before anything else is imported. It opens
the file for itself, reads and closes at once.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from rapportdesk.store.file.faults import told
from rapportdesk.store.file.location import FORMAT_VERSION, check_existing, missing, newer
from rapportdesk.store.file.pragmas import connect
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.slot import StaffSlot

_SLOTS = (
    "SELECT staff_id, revision, public_key, badge, memory_kib, iterations, lanes, salt, sealed_private, device_check,"
    " signature FROM staff_slot ORDER BY staff_id"
)


class Doorway(NamedTuple):
    """What can be read before anybody signs in.

    Attributes:
        vault_id: The vault's random id.
        device_key_id: Which key of the computer's password store opens the slots' outer layer.
        format_version: The form of the file; never newer than this program knows.
        slots: Everybody who may sign in.
    """

    vault_id: str
    device_key_id: str
    format_version: int
    slots: tuple[StaffSlot, ...]


def read_doorway(path: Path) -> Doorway:
    """Read what lies before the sign-in.

    Raises:
        VaultMissing: There is no vault at this path, or only one that was begun and never finished.
        VaultBusy: Another process has it open.
        NewerFormat: A later version wrote it; it has not been touched.
        VaultFault: It cannot be read or is no vault.
        Tampered: A slot holds what RapportDesk never writes.
    """
    if check_existing(path) == 0 and path.stat().st_size == 0:
        raise missing()
    try:
        with closing(connect(path)) as connection:
            return _read(connection)
    except sqlite3.Error as error:
        raise told(error) from None


def read_epoch(path: Path) -> int:
    """Return how many commits the file counts, which lies in it in the clear; nobody's key is needed.

    Raises:
        VaultFault: As `read_doorway`.
    """
    check_existing(path)
    try:
        with closing(connect(path)) as connection:
            row = connection.execute("SELECT epoch FROM manifest").fetchone()
    except sqlite3.Error as error:
        raise told(error) from None
    if row is None or not isinstance(row[0], int):
        raise tampered()
    return row[0]


def _read(connection: sqlite3.Connection) -> Doorway:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > FORMAT_VERSION:
        raise newer()
    if version == 0 and not _has_begun(connection):  # the number alone may have been changed on the disk
        raise missing()
    header = connection.execute("SELECT vault_id, device_key_id FROM header").fetchone()
    slots = tuple(_slot(row) for row in connection.execute(_SLOTS))
    if header is None or not slots:
        raise missing()
    vault_id, device_key_id = header
    return Doorway(vault_id=str(vault_id), device_key_id=str(device_key_id), format_version=version, slots=slots)


def _has_begun(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'staff_slot'").fetchall())


def _slot(row: tuple[object, ...]) -> StaffSlot:
    match row:
        case (
            str(staff_id), int(revision), bytes(public_key), bytes(badge), int(memory_kib), int(iterations), int(lanes),
            bytes(salt), bytes(sealed_private), bytes(device_check), bytes(signature),
        ):  # fmt: skip
            return StaffSlot(
                staff_id=staff_id,
                revision=revision,
                public_key=public_key,
                badge=badge,
                memory_kib=memory_kib,
                iterations=iterations,
                lanes=lanes,
                salt=salt,
                sealed_private=sealed_private,
                device_check=device_check,
                signature=signature,
            )
    raise tampered()
