"""Which files in a folder are backups of this vault that were named by us, and so are ours to let go of."""

import contextlib
import datetime as dt
from pathlib import Path

from rapportdesk.errors import VaultFault
from rapportdesk.store.backup_file import SUFFIX, read_header

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
        with contextlib.suppress(ValueError, OSError, VaultFault):  # named by somebody else, or no backup
            stamp = path.name.removeprefix(f"{stem}-").removesuffix(SUFFIX)
            made_at = dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
            with path.open("rb") as backup:
                if read_header(backup).vault_id == vault_id:
                    ours[made_at] = path
    return ours
