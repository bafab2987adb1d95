"""Whole copies of the vault that lie beside it go when they have served: each holds what is erased after it was made.

A *former* is the vault as it was before its form was changed. It goes when a backup of the new form was made, when
anybody is erased, and after `FORMER_DAYS` at the latest. What a backup, a proof or a restore was working on when the
program was killed goes when the vault is next opened: nobody else can be at work on it then.
"""

import datetime as dt
import re
import stat
from contextlib import suppress
from pathlib import Path

from rapportdesk.errors import VaultFault
from rapportdesk.store.file.location import remove, sync_directory, unusable

SNAPSHOT, PROVING, RESTORING = ".snapshot", ".proving", ".restoring"
"""What a backup is made of, what a proof has opened, what a restore has written so far."""

FORMER_DAYS = 14
"""Days for which a former is kept where no backup is made: so long somebody may find out that the new form is bad."""

_FORMER = ".before-"


def former_at(vault: Path, step: str) -> Path:
    """Return where the vault is kept as it was at a step of its form."""
    return vault.with_name(f"{vault.name}{_FORMER}{step}")


def formers(vault: Path) -> tuple[Path, ...]:
    """Return every former of a vault; links and folders of such a name are somebody else's.

    Raises:
        OSError: The disk does not let us.
    """
    named = re.compile(re.escape(f"{vault.name}{_FORMER}") + r"\d{4}")
    found = (each for each in vault.parent.iterdir() if named.fullmatch(each.name))
    return tuple(sorted(each for each in found if stat.S_ISREG(each.lstat().st_mode)))


def let_formers_go(vault: Path, *, before: dt.datetime | None = None) -> None:
    """Take every former away.

    Args:
        vault: The vault's file.
        before: With an offset: only those that were made earlier.

    Raises:
        VaultFault: The disk does not let us.
    """
    try:
        for each in formers(vault):
            if before is None or each.stat().st_mtime < before.timestamp():
                remove(each)
                sync_directory(vault.parent)
    except OSError:
        raise unusable() from None


def clear_half_made(vault: Path) -> None:
    """Take away what was being made when the program was killed, as far as the disk lets us.

    Args:
        vault: The vault's file, which this process has opened and so no other has.
    """
    for suffix in (SNAPSHOT, PROVING, RESTORING):
        with suppress(VaultFault):
            remove(vault.with_name(f"{vault.name}{suffix}"))
