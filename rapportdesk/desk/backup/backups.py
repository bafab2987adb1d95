"""A backup counts only when it was read back whole and every record in it opened; made without anybody's recovery code.

A copy is made at one moment, walked through, sealed to the desk's recovery sheets under another name, read back, and
given its name. What goes wrong on the way leaves nothing behind and touches no backup there is.
"""

import contextlib
import datetime as dt
import errno
from collections.abc import Callable, Generator
from pathlib import Path

from rapportdesk import big_files
from rapportdesk.desk.backup.backup_folder import CHOSEN, STAMP, is_gone, is_ours
from rapportdesk.desk.backup.backup_register import BackupRegister
from rapportdesk.desk.backup.backup_rotating import ERASURES, let_go_of_old
from rapportdesk.desk.backup.erased_lists import remember_backup, went_back
from rapportdesk.desk.backup.restoring import Restored, drill_in_steps
from rapportdesk.desk.keys.doors import Doors
from rapportdesk.desk.session import Session
from rapportdesk.desk.today.kept import CHANGES
from rapportdesk.errors import BadInput, NotAllowed, RapportError, Tampered, VaultFault
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.backup import Backup, BackupStatus
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.backup_rotation import due, overdue
from rapportdesk.steps import in_one_go
from rapportdesk.store.file import location
from rapportdesk.store.file.backup_file import SUFFIX, cannot_write, write_backup
from rapportdesk.store.file.copies_beside import PROVING, SNAPSHOT
from rapportdesk.store.file.disks import on_one_disk
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.erased_file import erased_ids
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.backup_key import seal_backup_key
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.sheets import Sheet, verify_sheet

_PART = ".part"
_LOOKED_BACK = 2_000
"""Lines of the record that are looked through at most for the last change, a few at once."""

_AT_ONCE = 100

Making = Generator[tuple[int, int], None, Backup]
"""Steps done and steps in all, between which others may work; closing it takes away what was begun."""


class Backups:
    """Copies of the vault on another disk."""

    def __init__(self, session: Callable[[], Session], file: VaultFile) -> None:
        self._session, self._file = session, file

    def status(self) -> BackupStatus:
        """Return how it stands with backups."""
        session = self._session()
        register, folder = BackupRegister(session.store), session.store.setting(CHOSEN) or ""
        there = bool(folder) and Path(folder).is_dir()
        last = register.last(lambda each: not each.own_disk and _still_counts(each))
        copy, now = register.last(_still_counts), session.wall_now()
        back = went_back(session.store, now) if Role.MANAGER in session.viewer.roles else None
        return BackupStatus(
            last=last, copy=None if copy == last else copy, folder=folder, folder_is_there=there,
            same_disk=there and self._is_own_disk(Path(folder)),
            overdue=overdue(last.made_at if last else None, now), not_made=register.not_made,
            damaged=tuple(each.path for each in register.made if each.damaged and not is_gone(Path(each.path))),
            list_went_back=back[0] if back else None, list_went_back_at=back[1] if back else None,
        )  # fmt: skip

    def choose_folder(self, folder: Path) -> None:
        """Say where backups are made by themselves, once a day.

        Raises:
            BadInput: It is no folder.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        if not folder.is_dir():
            raise BadInput(_("There is no such folder."), _("Choose another one."))
        with session.transaction():
            session.store.put_setting(CHOSEN, str(folder.absolute()))
            session.record(AuditAction.PRACTICE_CHANGED, why="backup folder")

    def is_due(self) -> bool:
        """Whether a backup is to be made by itself: its folder is there, and something was changed since the last."""
        session = self._session()
        folder = session.store.setting(CHOSEN)
        if not folder or not Path(folder).is_dir():
            return False
        last = BackupRegister(session.store).last(_still_counts)
        return due(last.made_at if last else None, last_changed(session), session.wall_now())

    def prove_in_steps(self, backup: Path, code: str) -> Generator[tuple[int, int], None, Restored]:
        """Show that a backup would be restored, without touching the vault.

        Args:
            backup: A backup, of this vault or another.
            code: As typed from one of the desk's recovery sheets.

        Raises:
            RapportError: It would not, and why.
        """
        session = self._session()
        scratch = self._file.path.with_name(f"{self._file.path.name}{PROVING}")
        with session.recording_failure(AuditAction.VERIFIED, why="backup proved"):
            proved = yield from drill_in_steps(backup, scratch, code, session.clock)
        session.record(AuditAction.VERIFIED, why="backup proved")
        return proved

    def last(self) -> Backup | None:
        """Return the last backup that was made, or None."""
        return BackupRegister(self._session().store).last()

    def make(self, target: Path | None = None) -> Backup:
        """Make a backup now; arguments and errors as for `make_in_steps`."""
        return in_one_go(self.make_in_steps(target))

    def make_in_steps(self, target: Path | None = None) -> Making:
        """Make a backup step by step.

        Args:
            target: A new file, or a folder in which the backup gets a name that tells the day and the time; None for
                the folder that a manager chose, where older ones are let go of by and by.

        Raises:
            BadInput: There is a file of that name, or no folder was chosen.
            NotAllowed: There is no recovery sheet that would open it.
            VaultFault: It cannot be written, or something is wrong with the vault.
        """
        session = self._session()
        try:
            while (made := (yield from self._make(session, target))) is None:
                pass
        except VaultFault as fault:
            with contextlib.suppress(RapportError), session.transaction():  # the vault's own disk may be full too
                BackupRegister(session.store).failed(session.wall_now(), fault.message)
                session.record(AuditAction.BACKED_UP, why="not made", outcome=Outcome.FAILURE)
            raise
        with contextlib.suppress(VaultFault):  # it is tried again at the next backup
            session.store.let_formers_go()
        if target is None:
            yield from let_go_of_old(session, self._file, made)
        return made

    def _make(self, session: Session, target: Path | None) -> Generator[tuple[int, int], None, Backup | None]:
        """Make it; None where somebody was erased or a sheet retired meanwhile: then it is to be begun anew.

        The certificate knows of no backup that had no name yet, and what a retired code opens ends with that day.
        """
        now, stands = session.wall_now(), _stands(session)
        name = f"{self._file.path.stem}-{now:{STAMP}}{SUFFIX}"
        by_itself = target is None
        if target is None:
            target = self._chosen_folder(session) / name
        elif target.is_dir():
            target = target / name
        if not target.parent.is_dir():  # a disk that is not there is never made up for by a folder
            raise cannot_write(FileNotFoundError(errno.ENOENT, ""))
        if target.exists():
            raise BadInput(_("There is already a file {name}.").format(name=target.name), _("Choose another name."))
        key, sheets = new_key(), self._sheets(session)
        deleted = len(erased_ids(self._file, session.store.keys.vault_key))
        header = seal_backup_key(key, self._file.vault_id, now, sheets, deleted)
        snapshot = self._file.path.with_name(f"{self._file.path.name}{SNAPSHOT}")
        part = target.with_name(f"{target.name}{_PART}")
        with contextlib.ExitStack() as leaving:
            leaving.callback(location.remove, snapshot)
            location.remove(snapshot)
            self._clear_away(target.parent)
            yield from self._file.copy_in_steps(snapshot)
            yield from self._walk(session, snapshot)
            leaving.callback(_take_away, part)
            size, digest = yield from write_backup(snapshot, part, header, key)
            if _stands(session) != stands:
                return None
            try:
                location.take_name(part, target)
                own_disk = self._is_own_disk(target)
            except FileExistsError:
                raise BadInput(_("There is already a file {name}.").format(name=target.name)) from None
            except OSError as error:
                raise cannot_write(error) from None
        made = Backup(
            made_at=now, path=str(target), sheets=header.numbers, own_disk=own_disk, deleted=deleted, size=size,
            digest=digest,
        )  # fmt: skip
        with session.transaction():
            remember_backup(session, self._file, made, by_itself=by_itself)  # before the list has to hold as much
            BackupRegister(session.store).add(made)
            session.record(AuditAction.BACKED_UP, why=f"for sheets {', '.join(map(str, made.sheets))}")
        return made

    def _is_own_disk(self, place: Path) -> bool:
        try:
            return on_one_disk(place, self._file.path.parent)
        except OSError:
            return False

    def _clear_away(self, folder: Path) -> None:
        """Take away what an earlier try left behind there when the power went."""
        for part in folder.glob(f"{self._file.path.stem}-*{SUFFIX}{_PART}"):
            if is_ours(part, self._file.vault_id):
                _take_away(part)

    def _chosen_folder(self, session: Session) -> Path:
        folder = session.store.setting(CHOSEN)
        if not folder:
            raise BadInput(_("Nobody has said yet where backups go."), _("A manager chooses a folder: Backups."))
        return Path(folder)

    def _sheets(self, session: Session) -> list[tuple[Sheet, VerifiedRecipient]]:
        """Return the desk's sheets that were let in, each verified."""
        keys, ours = session.store.keys, Doors(session.store, self._file)
        found = []
        for sheet in self._file.sheets():
            if sheet.kind == "desk" and ours.knows(sheet):
                with contextlib.suppress(Tampered):  # `verify` names it
                    found.append((sheet, verify_sheet(sheet, keys.clinic_public, self._file.vault_id)))
        if not found:
            raise NotAllowed(
                _("No recovery sheet would open this backup."), _("A manager makes one first: Recovery sheets.")
            )
        return found

    def _walk(self, session: Session, snapshot: Path) -> Generator[tuple[int, int], None, None]:
        """Open every outer layer of the copy that is going to be sealed."""
        with VaultFile.open(snapshot) as copy:
            store = SealedStore(copy, session.store.keys, session.clock)
            try:
                report = yield from store.verify_in_steps(alone=True)
            finally:
                store.forget()
        if not report.clean:
            raise VaultFault(
                _("Something in the file does not open, so this copy was not kept as a backup."),
                _("Have the file checked: `rapportdesk verify`. Keep the backups you have."),
            )


def _still_counts(made: Backup) -> bool:
    """Whether it may still be restored: somebody may have thrown it away, or its disk may have damaged it."""
    return not made.damaged and not is_gone(Path(made.path))


def _stands(session: Session) -> tuple[int, str | None]:
    """Return what is another when somebody was erased, or the vault key replaced, as with a sheet that is retired."""
    return session.store.keys.vault_key_epoch, session.store.setting(ERASURES)


def last_changed(session: Session) -> dt.datetime | None:
    """Return when something was last changed, in the practice's zone; None where that is too long ago to matter."""
    before: int | None = None
    for _page in range(_LOOKED_BACK // _AT_ONCE):
        lines = session.store.audit_page(before=before, most=_AT_ONCE)
        for line in lines:
            if line.event.action in CHANGES:
                return session.clock.local(line.event.at)
        if len(lines) < _AT_ONCE:
            break
        before = lines[-1].sequence
    return None


def _take_away(part: Path) -> None:
    with contextlib.suppress(OSError):  # the disk it lay on may be gone
        big_files.unlink(part, missing_ok=True)
