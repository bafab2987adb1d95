"""Which files in a folder are backups of this vault that were named by us, and so are ours to let go of."""

import contextlib
import datetime as dt
import os
from pathlib import Path

from rapportdesk.errors import VaultFault
from rapportdesk.store.file.backup_file import SUFFIX, read_header

STAMP = "%Y-%m-%d-%H%M%S"


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
        with contextlib.suppress(ValueError):  # named by somebody else
            stamp = path.name.removeprefix(f"{stem}-").removesuffix(SUFFIX)
            made_at = dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
            if is_ours(path, vault_id):
                ours[made_at] = path
    return ours


def is_gone(path: Path) -> bool:
    """Whether a file is not where it was put, though its folder is there; of a disk that is away nothing is known."""
    return path.parent.is_dir() and not os.path.lexists(path)


def is_ours(path: Path, vault_id: str) -> bool:
    """Whether a file says that it is a backup of this vault, be it whole or not."""
    try:
        with path.open("rb") as backup:
            return read_header(backup).vault_id == vault_id
    except (OSError, VaultFault):
        return False
