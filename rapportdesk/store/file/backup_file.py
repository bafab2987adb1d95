"""A backup is one file: what it is, whom it opens for, and the whole vault in sealed chunks.

It is written beside its name, read back, and takes its name only when all of it was found there; no file that is there
already is ever replaced.
"""

import errno
import hashlib
import os
from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from rapportdesk.errors import VaultFault
from rapportdesk.language import _
from rapportdesk.store.file import location
from rapportdesk.store.file.synced_parts import SyncedParts
from rapportdesk.vault.backup_key import BackupHeader
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealed_stream import CHUNK, open_stream, seal_stream

SUFFIX = ".rapport-backup"

_MAGIC = b"RapportDesk backup\n"
_LENGTH = 4
_LONGEST_HEADER = 1 << 20

Steps = Generator[tuple[int, int], None, None]
"""Bytes done and bytes in all, between which others may work."""


def write_backup(
    snapshot: Path, part: Path, header: BackupHeader, key: bytes
) -> Generator[tuple[int, int], None, tuple[int, str]]:
    """Write a snapshot of the vault as a backup, and read back what was written.

    Args:
        snapshot: A copy of the vault that nobody writes to.
        part: Where the backup is written under another name than its own.
        header: From `seal_backup_key`.
        key: The backup's key.

    Returns:
        Bytes of the file, and its SHA-256 in hexadecimal digits.

    Raises:
        VaultFault: It cannot be written, or what was read back is something else.
    """
    encoded, total, done = header.to_bytes(), 2 * snapshot.stat().st_size, 0
    written, whole, size = hashlib.sha256(), hashlib.sha256(), 0
    try:
        part.unlink(missing_ok=True)
        with snapshot.open("rb") as plain, _begun(part) as out:
            parts = SyncedParts(out)
            start = _MAGIC + len(encoded).to_bytes(_LENGTH, "big") + encoded
            for chunk in chain((start,), seal_stream(key, _pieces(plain, written), encoded)):
                out.write(chunk)
                whole.update(chunk)  # read back below, each chunk authenticates: what lies there is what was hashed
                size += len(chunk)
                done += len(chunk)
                yield done, max(total, done)
                for _waiting in parts.wrote(len(chunk)):
                    yield done, max(total, done)
            for _waiting in parts.rest():
                yield done, max(total, done)
        read = hashlib.sha256()
        with part.open("rb") as backup:
            _from_the_disk(backup)
            if read_header(backup) != header:
                raise not_whole()
            for piece in open_stream(key, backup, encoded):
                read.update(piece)
                done += len(piece)
                yield done, max(total, done)
    except OSError as error:
        raise cannot_write(error) from None
    if read.digest() != written.digest():
        raise not_whole()
    return size, whole.hexdigest()


def read_header(backup: BinaryIO) -> BackupHeader:
    """Return the header of a backup, and stand at its first chunk.

    Raises:
        VaultFault: It is no backup, or the disk does not let us.
        Tampered: It was changed.
    """
    try:
        return _read_header(backup)
    except OSError:
        raise cannot_read() from None


def _read_header(backup: BinaryIO) -> BackupHeader:
    start = backup.read(len(_MAGIC) + _LENGTH)
    if not start.startswith(_MAGIC) or len(start) < len(_MAGIC) + _LENGTH:
        raise VaultFault(_("This is not a RapportDesk backup."), _("Choose another file."))
    length = int.from_bytes(start[len(_MAGIC) :], "big")
    if length > _LONGEST_HEADER:
        raise tampered()
    header = BackupHeader.from_bytes(encoded := backup.read(length))
    if header.to_bytes() != encoded:  # the chunks are bound to these bytes
        raise tampered()
    return header


def read_backup(backup: BinaryIO, header: BackupHeader, key: bytes, target: Path) -> Steps:
    """Write the vault that is in a backup to a new file.

    Args:
        backup: As `read_header` left it.
        header: What it returned.
        key: From `open_backup_key`.
        target: An empty file of ours; what is in it counts only when the last step has been made.

    Raises:
        Tampered: The backup was changed, or ends early.
        VaultFault: The disk does not let us.
    """
    done = 0
    try:
        with target.open("rb+") as out:
            parts = SyncedParts(out)
            for piece in open_stream(key, backup, header.to_bytes()):
                out.write(piece)
                done += len(piece)
                yield done, done
                for _waiting in parts.wrote(len(piece)):
                    yield done, done
            for _waiting in parts.rest():
                yield done, done
    except OSError:
        raise location.unusable() from None


def not_whole() -> VaultFault:
    """Say that a backup that was just written is not what was to be written."""
    return VaultFault(_("The backup was not written whole and has not been kept."), _("Choose another disk."))


def cannot_read() -> VaultFault:
    """Say that a backup cannot be read."""
    return VaultFault(_("This backup cannot be read."), _("Is the disk there?"))


def cannot_write(error: OSError | None = None) -> VaultFault:
    """Say that a backup cannot be written there, and why, where the system told."""
    match None if error is None else error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return VaultFault(
                _("There is no room for the backup on its disk."), _("Make room there, or choose another disk.")
            )
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return VaultFault(_("The disk for backups does not let us write."), _("Is it locked, or somebody else’s?"))
        case errno.ENOENT | errno.ENODEV | errno.ENXIO | errno.ENOTDIR | errno.ESTALE | errno.EIO:
            return VaultFault(_("The place for the backup is not there any more."), _("Was the disk taken out?"))
    return VaultFault(
        _("The backup cannot be written there."), _("Is the disk there, not full, and may you write to it?")
    )


def _begun(part: Path) -> BinaryIO:
    """Make the file, which only its owner can read from the first moment."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(part, flags, 0o600), "rb+")


def _from_the_disk(backup: BinaryIO) -> None:
    """Have what is read come from the disk, where the platform can be asked, and not from what it remembers writing."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(backup.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _pieces(plain: BinaryIO, digest: "hashlib._Hash") -> Iterator[bytes]:
    while piece := plain.read(CHUNK):
        digest.update(piece)
        yield piece
