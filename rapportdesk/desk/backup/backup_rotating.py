"""No older backup is let go of before the one that is kept in its stead was read whole, as it was written.

Its size and digest are remembered in the vault, which whoever has the disk cannot write to. One that was damaged since
counts as none: it is told to a manager, and the older one stays in its place; but not past the day that somebody who
was erased was promised. Little is read at once, and few of them at a time. One from before digests were remembered is
taken as it is. The one that was just made stays whatever its name says: the clock may have stood years back.
"""

import contextlib
import datetime as dt
import hashlib
from collections.abc import Generator, Mapping, Set
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk import big_files
from rapportdesk.desk.backup.backup_folder import named_by_us
from rapportdesk.desk.backup.backup_register import BackupRegister
from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.backup import Backup
from rapportdesk.model.erasure import Erased
from rapportdesk.rules.rights.backup_rotation import in_stead_of, to_let_go
from rapportdesk.store.file.vault_file import VaultFile

ERASURES = "erasures"
"""The setting in which every erasure is remembered; another one is as if the vault stood otherwise."""

MOST_READ = 4
"""Backups that are read at once; what has nobody to stand in for it yet is let go of with the next backup."""

_PIECE = 1 << 20
_ERASED = TypeAdapter(tuple[Erased, ...])

Reading = Generator[tuple[int, int], None, None]
"""Steps between which others may work."""


def let_go_of_old(session: Session, file: VaultFile, newest: Backup) -> Reading:
    """Take away what need not be kept any more of the backups of this vault that were named by us.

    Args:
        session: The sign-in.
        file: The vault.
        newest: The one that was just made and read back, in whose folder the others lie.
    """
    ours = named_by_us(Path(newest.path).parent, file.path.stem, file.vault_id)
    register = BackupRegister(session.store)
    written = {each.path: each for each in register.made if each.digest}
    known = {each.path for each in register.made if each.damaged}
    damaged = {moment for moment, path in ours.items() if str(path) in known}
    whole = {moment for moment, path in ours.items() if str(path) == newest.path or str(path) not in written} - damaged
    just_made = {moment for moment, path in ours.items() if str(path) == newest.path}
    read, gone = 0, to_let_go(ours.keys() - damaged) - just_made
    while unread := in_stead_of(ours.keys() - damaged, gone) - whole:
        if read == MOST_READ:
            gone = _stood_in_for(ours.keys() - damaged, gone, whole)
            break
        first, read = max(unread), read + 1
        if (yield from is_whole(ours[first], written[str(ours[first])])):
            whole.add(first)
        else:
            damaged.add(first)
            gone = to_let_go(ours.keys() - damaged) - just_made
    by_rule = (to_let_go(ours) & (damaged | _promised(session, ours))) - just_made
    _take_away(session, register, ours, gone | by_rule, {str(ours[each]) for each in damaged} - known)


def _stood_in_for(
    made: Set[dt.datetime], gone: frozenset[dt.datetime], whole: Set[dt.datetime]
) -> frozenset[dt.datetime]:
    """Return those of which the one that is kept in their stead was read."""
    kept = made - gone
    return frozenset(each for each in gone if in_stead_of({*kept, each}, {each}) <= whole)


def is_whole(path: Path, made: Backup) -> Generator[tuple[int, int], None, bool]:
    """Return whether a backup is what was written, read in pieces; False where it cannot be read."""
    digest, read = hashlib.sha256(), 0
    try:
        if path.stat().st_size != made.size:
            return False
        with path.open("rb") as backup:
            while piece := backup.read(_PIECE):
                digest.update(piece)
                read += len(piece)
                yield read, max(read, made.size)
    except OSError:
        return False
    return digest.hexdigest() == made.digest


def _promised(session: Session, ours: Mapping[dt.datetime, Path]) -> frozenset[dt.datetime]:
    """Return the backups that were to be gone by today, because of somebody who was erased after they were made."""
    kept, today = session.store.setting(ERASURES), session.wall_now().date()
    erased = () if kept is None else _ERASED.validate_json(kept)
    over = [
        session.clock.local(each.erased_at).replace(tzinfo=dt.UTC)  # as backups are named
        for each in erased
        if each.backups_until is not None and each.backups_until <= today
    ]
    return frozenset(moment for moment in ours if any(moment < each for each in over))


def _take_away(
    session: Session,
    register: BackupRegister,
    ours: Mapping[dt.datetime, Path],
    gone: frozenset[dt.datetime],
    damaged: set[str],
) -> None:
    left = []
    for moment in gone:
        with contextlib.suppress(OSError):  # it is tried again tomorrow
            big_files.unlink(ours[moment], others_read=True)
            left.append(str(ours[moment]))
    with session.transaction():
        register.forget(left)
        if damaged:
            register.damaged(damaged)
            session.record(AuditAction.BACKED_UP, why="a kept backup is damaged", outcome=Outcome.FAILURE)
