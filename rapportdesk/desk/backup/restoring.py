"""A backup becomes the vault on a machine that has nothing but the recovery sheet's code, all of it or nothing.

What is read is written under another name, and every record in it is opened before it takes its own. It gets a device
key of its own: the computer that was lost may still hold the old one.
"""

import contextlib
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from rapportdesk.clock import Clock
from rapportdesk.desk.backup.backup_folder import STAMP
from rapportdesk.desk.backup.erased_lists import remember_source, replay_erasures_in_steps
from rapportdesk.desk.door.remembering import Remembering
from rapportdesk.desk.door.standing import NOT_READ
from rapportdesk.desk.keys.device_key import replace_device_key
from rapportdesk.desk.search.index_files import index_files
from rapportdesk.desk.sheets.sheets_opened import granted_to_sheet, sheet_opened_by
from rapportdesk.errors import CustodyFault, NewerFormat, RapportError, Tampered, VaultBusy, VaultFault
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.backup import BackupFound
from rapportdesk.model.erasure import DeletedAgain
from rapportdesk.steps import in_one_go
from rapportdesk.store.checking.findings import VerifyReport
from rapportdesk.store.file import location
from rapportdesk.store.file.backup_file import SUFFIX, cannot_read, read_backup, read_header
from rapportdesk.store.file.ballast import Ballast
from rapportdesk.store.file.copies_beside import RESTORING
from rapportdesk.store.file.doorway import read_doorway
from rapportdesk.store.file.setting_aside import aside_at, take_place
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.backup_key import BackupHeader, open_backup_key, open_deleted
from rapportdesk.vault.custody import Custody
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.sheets import Sheet

__all__ = ["Restored", "drill", "drill_in_steps", "look_at", "restore", "restore_in_steps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a backup held.

    Attributes:
        header: When it was made, and for which sheets.
        sheet: The number of the sheet that opened it.
        report: How much is in it; everything opened.
        kept: Whether the password store has its new device key. If not, the sheet is needed at every start.
        reason: Why not, in words; empty when it has.
        aside: Where the file lies now that was there before; None where there was none.
        again: What had been deleted after the backup was made, and was deleted again; None where it was only proved.
    """

    header: BackupHeader
    sheet: int
    report: VerifyReport
    kept: bool = True
    reason: str = ""
    aside: Path | None = None
    again: DeletedAgain | None = None

    @property
    def people(self) -> int:
        """How many people are back, without those who were deleted again."""
        return max(0, (self.report.patients or 0) - (self.again.people if self.again else 0))


Restoring = Generator[tuple[int, int], None, Restored]


def look_at(source: Path) -> BackupFound:
    """Return what a backup says of itself to whoever has no code: when it was made, and for which sheets.

    Raises:
        VaultFault: It is no backup, or cannot be read.
    """
    try:
        with source.open("rb") as backup:
            header = read_header(backup)
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise cannot_read() from None
    return BackupFound(made_at=header.made_at, sheets=header.numbers)


def restore(
    source: Path, target: Path, code: str, custody: Custody, clock: Clock, *, set_aside: bool = False
) -> Restored:
    """Make a backup the vault; arguments and errors as for `restore_in_steps`."""
    return in_one_go(restore_in_steps(source, target, code, custody, clock, set_aside=set_aside))


def restore_in_steps(
    source: Path, target: Path, code: str, custody: Custody, clock: Clock, *, set_aside: bool = False
) -> Restoring:
    """Make a backup the vault, step by step.

    Args:
        source: The backup.
        target: Where the vault is to lie.
        code: As typed from a recovery sheet of the desk that the backup was made for.
        custody: Where the new device key is kept.
        clock: The workstation's.
        set_aside: What lies there may be set aside, for it is damaged; else nothing may be there.

    Raises:
        BadInput: The code is mistyped.
        WrongSecret: It is another sheet's.
        Tampered: Something in the backup does not open; nothing was restored.
        VaultBusy: What lies there is open elsewhere.
        NewerFormat: A later version wrote what lies there.
        VaultFault: It is no backup, there is a vault already, or the disk does not let us.
    """
    there = _may_take_place(target, set_aside=set_aside)
    part = target.with_name(f"{target.name}{RESTORING}")
    with contextlib.ExitStack() as leaving:
        leaving.callback(location.remove, part)
        within = yield from _opening(source, part, code, clock, leaving)
        store, reason = within.store, ""
        try:
            store = _under_new_key(store, within.file, custody, clock)
        except CustodyFault as fault:
            reason = str(fault)
        newest = _newest_deleted(source.parent, within.file.vault_id, code)
        again = yield from replay_erasures_in_steps(store, within.file, source.parent, newest)
        remember_source(store, source, within.restored.header.made_at)
        _say_restored(store, within.restored, Remembering(custody, within.file.vault_id, target), clock)
        store.forget()
        within.file.checkpoint()
        within.file.close()
        _may_take_place(target, set_aside=there)  # it took minutes, in which another window may have begun or opened it
        aside = _take_name(part, target, clock)
    Ballast(target).make()
    return replace(
        within.restored, kept=not reason, reason=reason, aside=aside if there else None, again=again
    )  # fmt: skip


def _newest_deleted(folder: Path, vault_id: str, code: str) -> int:
    """Return how many things had been deleted when any backup of this vault was made that lies there and opens."""
    found = [0]
    for each in folder.glob(f"*{SUFFIX}"):
        if not each.is_file():  # a pipe would be waited for
            continue
        with contextlib.suppress(OSError, RapportError), each.open("rb") as backup:  # another's, or damaged
            header = read_header(backup)
            if header.vault_id == vault_id:
                found.append(open_deleted(header, open_backup_key(header, code)))
    return max(found)


def _may_take_place(target: Path, *, set_aside: bool) -> bool:
    """Return whether something lies there, which may be set aside; raises as `restore_in_steps`."""
    there = target.exists() or target.is_symlink()
    if there and not set_aside:
        raise VaultFault(
            _("There is a RapportDesk file here already."), _("A backup never replaces one: choose another folder.")
        )
    if there:
        _let_be_what_is_in_use(target)
    return there


def _let_be_what_is_in_use(target: Path) -> None:
    """Return only if what lies there is in nobody's use; that it cannot be read is why it is to be set aside."""
    try:
        read_doorway(target)
    except (VaultBusy, NewerFormat):
        raise
    except VaultFault:
        return


def _take_name(part: Path, target: Path, clock: Clock) -> Path:
    """Set aside what is there, and return under which name; what is searched of it goes, for it is made anew.

    Both are done where the file alone was taken away, too: a log of it that stayed would be played into this one.
    """
    aside = aside_at(target, clock.local(clock.now()).strftime(STAMP))
    try:
        for each in index_files(target):
            each.unlink(missing_ok=True)
        take_place(part, target, aside)
    except OSError:
        raise location.unusable() from None
    return aside


def drill(source: Path, scratch: Path, code: str, clock: Clock) -> Restored:
    """Prove that a backup would be restored; arguments and errors as for `drill_in_steps`."""
    return in_one_go(drill_in_steps(source, scratch, code, clock))


def drill_in_steps(source: Path, scratch: Path, code: str, clock: Clock) -> Restoring:
    """Prove that a backup would be restored, without touching the vault or the password store.

    Args:
        source: The backup.
        scratch: A file of ours, for what is in it while it is walked through; taken away in the end.
        code: As typed from a recovery sheet of the desk.
        clock: The workstation's.

    Raises:
        RapportError: As `restore_in_steps`; then it would not.
    """
    with contextlib.ExitStack() as leaving:
        leaving.callback(location.remove, scratch)
        within = yield from _opening(source, scratch, code, clock, leaving)
        within.store.forget()
    return within.restored


@dataclass(frozen=True, slots=True, kw_only=True)
class _Within:
    """The vault that was in a backup, every record of which has been opened."""

    file: VaultFile
    store: SealedStore
    restored: Restored


def _opening(
    source: Path, part: Path, code: str, clock: Clock, leaving: contextlib.ExitStack
) -> Generator[tuple[int, int], None, _Within]:
    """Write what is in a backup to a file, open it with the code, and walk through all of it.

    Args:
        source: The backup.
        part: The file; what lies there goes.
        code: As typed.
        clock: The workstation's.
        leaving: Closes the file when whoever asked is done.
    """
    location.remove(part)
    location.make_empty(part)
    try:
        backup = leaving.enter_context(source.open("rb"))
    except OSError:
        raise cannot_read() from None
    header = read_header(backup)
    yield from read_backup(backup, header, open_backup_key(header, code), part)
    file = leaving.enter_context(VaultFile.open(part, keeps_former=False))
    sheet, keys = _keys(file, header, code)
    store = SealedStore(file, keys, clock)
    report = yield from store.verify_in_steps(alone=True)
    if not report.clean:
        raise Tampered(_("Something in this backup does not open, so it was not restored."), _("Try an older backup."))
    return _Within(file=file, store=store, restored=Restored(header=header, sheet=sheet.number, report=report))


def _keys(file: VaultFile, header: BackupHeader, code: str) -> tuple[Sheet, SessionKeys]:
    """Return the sheet that opens the vault within, and what it may hold; every signature is checked."""
    if file.vault_id != header.vault_id:
        raise Tampered(_("This backup holds another file than it says."))
    sheet, opened = sheet_opened_by(file, code, "desk")
    held = granted_to_sheet(file, sheet, opened)
    if not {"vault-key", "device-key", "signing-key"} <= held.keys():
        raise Tampered(_("What this sheet opens has been taken out of the file."))
    epochs = [each.epoch for each in file.grants(sheet.sheet_id) if each.kind == "vault-key"]
    return sheet, SessionKeys(
        staff_id=sheet.sheet_id,
        private_key=opened.private_key,
        vault_key=held["vault-key"],
        signing_key=held["signing-key"],
        clinicians=(),
        clinic_public=opened.clinic_public,
        device_key=held["device-key"],
        vault_key_epoch=max(epochs),
    )


def _say_restored(store: SealedStore, restored: Restored, remembering: Remembering, clock: Clock) -> None:
    """Write down that it was restored, and in whose place it stands: no later start takes it for a copy put there."""
    why = f"desk sheet {restored.sheet}"
    remembered = remembering.answer()
    if remembered.anchor is not None:
        store.anchors().adopt(remembered.anchor)
    if remembered.fault is not None:
        why = f"{why}, {NOT_READ}"
    store.audit(AuditEvent(at=clock.now(), action=AuditAction.RESTORED, who=None, who_name="", why=why))


def _under_new_key(store: SealedStore, file: VaultFile, custody: Custody, clock: Clock) -> SealedStore:
    fresh = replace_device_key(store, file, custody, shared=True)
    keys = replace(store.keys, device_key=fresh)
    store.forget()
    return SealedStore(file, keys, clock)
