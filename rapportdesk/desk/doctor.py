"""What is well on this workstation, and what to do about the rest. Looks without changing and needs nobody's secret."""

import datetime as dt
import os
import shutil
import sqlite3
import sys
from pathlib import Path

from rapportdesk.clock import Clock
from rapportdesk.desk.backup.file_systems import is_on_a_network
from rapportdesk.desk.doctor_memory import index_beside, note_of
from rapportdesk.desk.door.doorway import open_door, read_doorway
from rapportdesk.desk.finding import Finding
from rapportdesk.desk.search.index_files import index_files
from rapportdesk.errors import RapportError, VaultMissing
from rapportdesk.language import _, ngettext
from rapportdesk.vault.custody import Custody

__all__ = ["Finding", "examine"]

ROOM_NEEDED = 200 * 1024 * 1024
"""Free bytes under which saving is at risk."""


def examine(path: Path, custody: Custody, clock: Clock) -> tuple[Finding, ...]:
    """Look at everything RapportDesk depends on.

    Args:
        path: Where the vault lies or would lie.
        custody: The password store.
        clock: The workstation's clock.
    """
    return (
        *_file_and_key(path, custody),
        _permissions(path),
        _sqlite(),
        index_beside(path),
        _disk(path),
        _folder(path),
        _clock(path, clock),
        _encryption(path),
    )


def _file_and_key(path: Path, custody: Custody) -> tuple[Finding, ...]:
    try:
        doorway = read_doorway(path)
    except VaultMissing as missing:
        return (Finding(check="file", well=False, words=missing.message, hint=missing.hint),)
    except RapportError as fault:
        return (Finding(check="file", well=False, words=fault.message, hint=fault.hint),)
    file = Finding(
        check="file", well=True, words=_("The file opens (format {version}).").format(version=doorway.format_version)
    )
    try:
        door = open_door(doorway, custody.read(doorway.device_key_id))
    except RapportError as fault:
        return file, Finding(check="key", well=False, words=fault.message, hint=fault.hint)
    words = ngettext(
        "Your computer's password store opens the desk for {n} person.",
        "Your computer's password store opens the desk for {n} people.",
        len(door.people),
    ).format(n=len(door.people))
    return file, Finding(check="key", well=True, words=words), note_of(path, doorway, custody)


def _permissions(path: Path) -> Finding:
    if os.name != "posix" or not path.exists():
        return Finding(check="permissions", well=True, words=_("Access rights are the computer's own."))
    ours = ((path, 0o600), (path.parent, 0o700), *((each, 0o600) for each in index_files(path) if each.exists()))
    loose = [each.name for each, most in ours if each.stat().st_mode & 0o777 & ~most]
    if loose:
        return Finding(
            check="permissions",
            well=False,
            words=_("Other accounts on this computer can reach: {names}.").format(names=", ".join(loose)),
            hint=_("Run: chmod 700 on the folder and chmod 600 on the file."),
        )
    return Finding(check="permissions", well=True, words=_("Only this account can reach the file."))


def _sqlite() -> Finding:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
    except sqlite3.OperationalError:
        return Finding(
            check="sqlite",
            well=False,
            words=_("RapportDesk cannot search words on this computer (version {version}).").format(
                version=sqlite3.sqlite_version
            ),
            hint=_("Install RapportDesk from its own package."),
        )
    words = _("Words can be searched (version {version}).").format(version=sqlite3.sqlite_version)
    return Finding(check="sqlite", well=True, words=words)


def _disk(path: Path) -> Finding:
    folder = next(each for each in (path.parent, *path.parent.parents) if each.exists())
    free = shutil.disk_usage(folder).free
    megabytes = free // (1024 * 1024)
    if free < ROOM_NEEDED:
        return Finding(
            check="disk",
            well=False,
            words=_("Only {n} MB are free on the disk.").format(n=megabytes),
            hint=_("Make room before writing more."),
        )
    return Finding(check="disk", well=True, words=_("{n} MB are free on the disk.").format(n=megabytes))


def _folder(path: Path) -> Finding:
    folder = next(each for each in (path.parent, *path.parent.parents) if each.exists())
    if is_on_a_network(folder):
        return Finding(
            check="folder",
            well=False,
            words=_("The folder is on another computer, where a power cut or a lost connection can damage the file."),
            hint=_("Move the file to this computer's own disk while RapportDesk is closed. Backups may go there."),
        )
    return Finding(check="folder", well=True, words=_("The folder is on this computer's own disk."))


def _clock(path: Path, clock: Clock) -> Finding:
    now = clock.now()
    written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) if path.exists() else now
    if now < written - dt.timedelta(minutes=5):
        return Finding(
            check="clock",
            well=False,
            words=_("The computer's clock is behind the last time something was kept."),
            hint=_("Set the date and time. Nothing that had ended comes back meanwhile."),
        )
    local = clock.local(now)
    return Finding(
        check="clock", well=True, words=_("The clock says {time}.").format(time=f"{local:%Y-%m-%d %H:%M %Z}")
    )


def _encryption(path: Path) -> Finding:
    if not sys.platform.startswith("linux"):
        return Finding(
            check="encryption",
            well=True,
            words=_("Whether the disk is encrypted cannot be seen from here."),
            hint=_(
                "Look for BitLocker on Windows or FileVault on a Mac. An administrator who resets a Windows password "
                "also destroys what opens the desk there: have the recovery sheet at hand."
            ),
        )  # fmt: skip
    folder = next(each for each in (path.parent, *path.parent.parents) if each.exists())
    if _on_device_mapper(folder):
        return Finding(check="encryption", well=True, words=_("The disk is encrypted."))
    return Finding(
        check="encryption",
        well=True,
        words=_("The disk does not seem to be encrypted."),
        hint=_("What RapportDesk keeps is, but nothing else on this computer."),
    )


def _on_device_mapper(folder: Path) -> bool:
    """Whether the folder lies on a device-mapper volume of type crypt (sysfs: dm/uuid begins CRYPT-)."""
    device = folder.stat().st_dev
    uuid = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/dm/uuid")
    return uuid.exists() and uuid.read_text(encoding="ascii").startswith("CRYPT-")
