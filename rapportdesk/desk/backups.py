"""A backup counts only when it was read back whole and every record in it opened; made without anybody's recovery code.

A copy is made at one moment, walked through, sealed to the desk's recovery sheets under another name, read back, and
given its name. What goes wrong on the way leaves nothing behind and touches no backup there is.
"""

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk.desk.backup_folder import STAMP, named_by_us
from rapportdesk.desk.doors import Doors
from rapportdesk.desk.erased_lists import remember_backup
from rapportdesk.desk.restoring import Restored, drill_in_steps
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotAllowed, Tampered, VaultFault
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.backup import Backup, BackupStatus
from rapportdesk.model.staff import Role
from rapportdesk.rules.backup_rotation import overdue, to_let_go
from rapportdesk.store import location
from rapportdesk.store.backup_file import SUFFIX, cannot_write, write_backup
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.vault_file import VaultFile
from rapportdesk.vault.backup_key import seal_backup_key
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.sheets import Sheet, verify_sheet

_SETTING, _FOLDER = "last-backup", "backup-folder"
_FORM = TypeAdapter(Backup)

Making = Generator[tuple[int, int], None, Backup]
"""Steps done and steps in all, between which others may work; closing it takes away what was begun."""


class Backups:
    """Copies of the vault on another disk."""

    def __init__(self, session: Callable[[], Session], file: VaultFile) -> None:
        self._session, self._file = session, file

    def status(self) -> BackupStatus:
        """Return how it stands with backups."""
        session = self._session()
        folder, last = session.store.setting(_FOLDER) or "", self.last()
        there = bool(folder) and Path(folder).is_dir()
        same = there and Path(folder).stat().st_dev == self._file.path.parent.stat().st_dev
        return BackupStatus(
            last=last, folder=folder, folder_is_there=there, same_disk=same,
            overdue=overdue(last.made_at if last else None, session.wall_now()),
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
            session.store.put_setting(_FOLDER, str(folder.absolute()))
            session.record(AuditAction.PRACTICE_CHANGED, why="backup folder")

    def is_due(self) -> bool:
        """Whether today's backup is still to be made, and its folder is there."""
        status, today = self.status(), self._session().wall_now().date()
        return status.folder_is_there and (status.last is None or status.last.made_at.date() < today)

    def prove_in_steps(self, backup: Path, code: str) -> Generator[tuple[int, int], None, Restored]:
        """Show that a backup would be restored, without touching the vault.

        Args:
            backup: A backup, of this vault or another.
            code: As typed from one of the desk's recovery sheets.

        Raises:
            RapportError: It would not, and why.
        """
        session = self._session()
        scratch = self._file.path.with_name(f"{self._file.path.name}.proving")
        with session.recording_failure(AuditAction.VERIFIED, why="backup proved"):
            proved = yield from drill_in_steps(backup, scratch, code, session.clock)
        session.record(AuditAction.VERIFIED, why="backup proved")
        return proved

    def last(self) -> Backup | None:
        """Return the last backup that was made, or None."""
        kept = self._session().store.setting(_SETTING)
        return None if kept is None else _FORM.validate_json(kept)

    def make(self, target: Path | None = None) -> Backup:
        """Make a backup now; arguments and errors as for `make_in_steps`."""
        steps = self.make_in_steps(target)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                made: Backup = done.value
                return made

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
        now, chosen = session.wall_now(), target
        target = target or self._chosen_folder(session)
        if target.is_dir():
            target = target / f"{self._file.path.stem}-{now:{STAMP}}{SUFFIX}"
        if not target.parent.is_dir():  # a disk that is not there is never made up for by a folder
            raise cannot_write()
        if target.exists():
            raise BadInput(_("There is already a file {name}.").format(name=target.name), _("Choose another name."))
        key, sheets = new_key(), self._sheets(session)
        header = seal_backup_key(key, self._file.vault_id, now, sheets)
        snapshot = self._file.path.with_name(f"{self._file.path.name}.snapshot")
        part = target.with_name(f"{target.name}.part")
        with contextlib.ExitStack() as leaving:
            leaving.callback(location.remove, snapshot)
            location.remove(snapshot)
            yield from self._file.copy_in_steps(snapshot)
            yield from self._walk(session, snapshot)
            leaving.callback(_take_away, part)
            yield from write_backup(snapshot, part, header, key)
            try:
                location.take_name(part, target)
            except FileExistsError:
                raise BadInput(_("There is already a file {name}.").format(name=target.name)) from None
            except OSError:
                raise cannot_write() from None
        made = Backup(made_at=now, path=str(target), sheets=header.numbers)
        with session.transaction():
            session.store.put_setting(_SETTING, _FORM.dump_json(made).decode())
            session.record(AuditAction.BACKED_UP, why=f"for sheets {', '.join(map(str, made.sheets))}")
            remember_backup(session, self._file, made, by_itself=chosen is None)
        if chosen is None:
            self._let_go_of_old(target.parent)
        return made

    def _let_go_of_old(self, folder: Path) -> None:
        """Take away what need not be kept any more of the backups of this vault that were named by us."""
        ours = named_by_us(folder, self._file.path.stem, self._file.vault_id)
        for made_at in to_let_go(ours):
            with contextlib.suppress(OSError):  # it is tried again tomorrow
                ours[made_at].unlink()

    def _chosen_folder(self, session: Session) -> Path:
        folder = session.store.setting(_FOLDER)
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


def _take_away(part: Path) -> None:
    with contextlib.suppress(OSError):  # the disk it lay on may be gone
        part.unlink(missing_ok=True)
