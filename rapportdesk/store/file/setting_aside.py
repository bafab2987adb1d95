"""A file that cannot be used is set aside under another name, all of it, before a finished one takes its place.

There is no moment at which nothing has the name: a start that found nothing there would begin a new desk. What SQLite
keeps beside a file goes with it, for a log that stayed would be played into the new one.
"""

import glob
import os
from pathlib import Path

from rapportdesk.store.file.location import sync_directory

_BESIDE = ("-wal", "-shm", "-journal")
_ASIDE = "-set-aside-"


def aside_at(vault: Path, stamp: str) -> Path:
    """Return where a vault is set aside at a time of day."""
    return vault.with_name(f"{vault.stem}{_ASIDE}{stamp}{vault.suffix}")


def set_aside_beside(vault: Path) -> tuple[Path, ...]:
    """Return every file that was set aside for this vault: each holds what it held, and nobody lets go of it."""
    return tuple(sorted(vault.parent.glob(f"{glob.escape(vault.stem + _ASIDE)}*{glob.escape(vault.suffix)}")))


def take_place(part: Path, target: Path, aside: Path) -> None:
    """Give a finished file the name of one that is there, which from then on has another name in the same directory.

    Args:
        part: The finished file, in the same directory.
        target: The name; what has it, be it a file or a link, keeps every byte. Nothing may have it either.
        aside: The other name, which nothing has.

    Raises:
        FileExistsError: Something has the other name.
        OSError: The disk does not let us; what was there has its name.
    """
    if os.path.lexists(aside):
        raise FileExistsError(aside)
    moved: list[tuple[Path, Path]] = []
    try:
        if os.path.lexists(target):
            _second_name(target, aside)
        for end in _BESIDE:
            here, there = target.with_name(f"{target.name}{end}"), aside.with_name(f"{aside.name}{end}")
            if os.path.lexists(here):
                here.rename(there)
                moved.append((here, there))
        sync_directory(target.parent)
        part.replace(target)
    except OSError:
        for here, there in reversed(moved):
            there.rename(here)
        _take_back(target, aside)
        raise
    sync_directory(target.parent)


def _second_name(target: Path, aside: Path) -> None:
    """Let a file have two names; where the file system cannot, the second alone."""
    try:
        os.link(target, aside, follow_symlinks=False)
    except (OSError, NotImplementedError):
        target.rename(aside)


def _take_back(target: Path, aside: Path) -> None:
    if not os.path.lexists(aside):
        return
    if os.path.lexists(target):
        aside.unlink()
    else:
        aside.rename(target)
