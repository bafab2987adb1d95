"""The vault's file is made for its owner alone, and looked at before SQLite may touch it.

Made with the permissions it keeps, never opened up and closed down afterwards. What is no vault, or a later version's,
is told from the first hundred bytes and left as it is.
"""

import os
import stat
from pathlib import Path

from rapportdesk import big_files
from rapportdesk.errors import DiskFull, NewerFormat, VaultBusy, VaultFault, VaultMissing
from rapportdesk.language import _

FORMAT_VERSION = 3
"""The newest form of the file this program knows: SQLite's `user_version`, one more with every migration."""

APPLICATION_ID = 0x52504454
"""SQLite's `application_id` of every vault ("RPDT")."""

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100


def missing() -> VaultMissing:
    """Say that there is no vault at this path."""
    return VaultMissing(_("There is no RapportDesk file here yet."), _("Check the folder, or set up a new desk."))


def busy() -> VaultBusy:
    """Say that another process has the vault open."""
    return VaultBusy(_("RapportDesk is already open on this computer."), _("Use the open window, or close it first."))


def newer() -> NewerFormat:
    """Say that a later version wrote the vault."""
    return NewerFormat(
        _("This file was written by a newer RapportDesk and has been left untouched."),
        _("Install the newer version to open it."),
    )


def unusable(kind: type[VaultFault] = VaultFault) -> VaultFault:
    """Say that the file cannot be read or written."""
    return kind(
        _("RapportDesk's file cannot be read or written."),
        _("Check the disk's free space and the file's permissions, or restore a backup."),
    )


def full() -> DiskFull:
    """Say that the disk has no room; erasing has some of its own, see `ballast`."""
    return DiskFull(
        _("The disk is full, so this was not kept."),
        _("Make some free space on it and try again. Erasing still works."),
    )


def not_a_vault() -> VaultFault:
    """Say that the file is something else."""
    return VaultFault(_("This is not a RapportDesk file."), _("Choose another file."))


def check_existing(path: Path) -> int:
    """Return the file's format version; 0 for a file that was begun and never finished.

    Raises:
        VaultMissing: There is nothing at this path.
        NewerFormat: A later version wrote it.
        VaultFault: It is a link, somebody else's, no file, or no vault.
    """
    _check_plain(path)
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER_BYTES)
    except OSError:
        raise unusable() from None
    if not start:
        return 0
    if len(start) < _HEADER_BYTES or not start.startswith(_MAGIC):
        raise not_a_vault()
    pages, version, application = (int.from_bytes(start[at : at + 4], "big") for at in (28, 60, 68))
    if application == APPLICATION_ID:
        if version > FORMAT_VERSION:
            raise newer()
        return version
    # A file whose making was cut off holds nothing yet, or all of it in the write-ahead log.
    if application == 0 and (pages <= 1 or path.with_name(f"{path.name}-wal").exists()):
        return 0
    raise not_a_vault()


def make_empty(path: Path) -> None:
    """Make an empty file only its owner can read, and the directories above it likewise where they are missing.

    Raises:
        VaultFault: There is something at this path already, or it cannot be made.
    """
    try:
        _make_directories(path.parent)
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        os.close(os.open(path, flags, 0o600))
        sync_directory(path.parent)
    except FileExistsError:
        raise VaultFault(
            _("There is a RapportDesk file here already."), _("Open it, or choose another folder.")
        ) from None
    except OSError:
        raise unusable() from None


def remove(path: Path) -> None:
    """Take the file away with what SQLite keeps beside it.

    Raises:
        VaultFault: The disk does not let us.
    """
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
            big_files.unlink(path.with_name(name), missing_ok=True)
    except OSError:
        raise unusable() from None


def take_name(part: Path, target: Path) -> None:
    """Give a finished file its name, in the same directory, and never over one that exists.

    Raises:
        FileExistsError: There is something of that name.
        OSError: The disk does not let us.
    """
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on a memory stick
        if target.exists():
            raise FileExistsError(target) from None
        part.rename(target)
    else:
        part.unlink()
    sync_directory(target.parent)


def sync_directory(directory: Path) -> None:
    """Wait until the disk has a directory's names."""
    if hasattr(os, "O_DIRECTORY"):  # Windows cannot, and need not
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _make_directories(directory: Path) -> None:
    if directory.is_dir():
        return
    _make_directories(directory.parent)
    directory.mkdir(mode=0o700, exist_ok=True)


def _check_plain(path: Path) -> None:
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise missing() from None
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise unusable() from None
    if not stat.S_ISREG(found.st_mode):
        raise VaultFault(
            _("RapportDesk's file is a link or a folder, which is not safe to open."), _("Choose the file itself.")
        )
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise VaultFault(
            _("RapportDesk's file belongs to another account of this computer."), _("Sign in to that account.")
        )
