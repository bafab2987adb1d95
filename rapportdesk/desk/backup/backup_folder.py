"""Which files in a folder are backups of this vault that were named by us, and so are ours to let go of."""

import contextlib
import datetime as dt
import os
from pathlib import Path

from rapportdesk.errors import VaultFault
from rapportdesk.store.file.backup_file import SUFFIX, read_header

STAMP = "%Y-%m-%d-%H%M%S"

CHOSEN = "backup-folder"
"""The setting that names the folder in which backups are made by themselves, and older ones let go of."""


def named_by_us(folder: Path, stem: str, vault_id: str) -> dict[dt.datetime, Path]:
    """Return the backups in a folder by when each was made.

    Args:
        folder: Where to look; empty when it is not there.
        stem: The vault's file name without its ending.
        vault_id: The vault's.

    Returns:
        Moments of the wall's clock, marked as UTC: to be compared among each other alone.
    """
    ours: dict[dt.datetime, Path] = {}
    for path in folder.glob(f"*{SUFFIX}"):
        made_at = named_at(path.name, stem)
        if made_at is not None and is_ours(path, vault_id):
            ours[made_at] = path
    return ours


def named_at(name: str, stem: str) -> dt.datetime | None:
    """Return the moment in a name that we gave, as `named_by_us` does; None where somebody else gave it."""
    with contextlib.suppress(ValueError):
        stamp = name.removeprefix(f"{stem}-").removesuffix(SUFFIX)
        return dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
    return None


def is_gone(path: Path) -> bool:
    """Whether a file is not where it was put, though its folder is there; of a disk that is away nothing is known."""
    return path.parent.is_dir() and not os.path.lexists(path)


def is_ours(path: Path, vault_id: str) -> bool:
    """Whether a file says that it is a backup of this vault, be it whole or not."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as backup:
            return read_header(backup).vault_id == vault_id
    except (OSError, VaultFault):
        return False
