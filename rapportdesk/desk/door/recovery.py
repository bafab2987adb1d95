"""The way in when the password store has lost the device key, or never had it: the desk's sheet re-seats it.

The device key itself does not change, so everybody's own secret works again. An entry that exists is never overwritten:
where a wrong one stands in the way, the key is kept under a new id.
"""

from dataclasses import dataclass
from pathlib import Path

from rapportdesk.clock import Clock, SystemClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.sheets.sheets_opened import granted_to_sheet, sheet_opened_by
from rapportdesk.errors import CustodyFault, KeyMissing, KeyWrong, RapportError, Tampered, WrongSecret
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import new_id
from rapportdesk.store.audit.audit_log import AuditLog
from rapportdesk.store.audit.failed_sign_ins import note_recovery_refused
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.rekeying.former_keys import former_keys_of, keeper_of
from rapportdesk.vault.custody import Custody
from rapportdesk.vault.sheets import Sheet
from rapportdesk.vault.slots import read_badge


@dataclass(frozen=True, slots=True)
class Recovered:
    """The open desk, and what to tell the person who typed the code.

    Attributes:
        desk: Open, with nobody signed in.
        kept: Whether the password store has the key again. If not, the sheet will be needed at the next start too.
        reason: Why it could not be kept, in words; empty when it was.
    """

    desk: Desk
    kept: bool
    reason: str = ""


def recover(path: Path, custody: Custody, code: str, clock: Clock | None = None) -> Recovered:
    """Open a vault with the code of the desk's recovery sheet.

    Args:
        path: Where the vault lies.
        custody: Where the device key is to be kept again.
        code: As typed from the sheet.
        clock: The workstation's unless given.

    Raises:
        BadInput: The code is mistyped.
        WrongSecret: It is another vault's or another sheet's.
        VaultFault: The file cannot be opened.
        Tampered: What the sheet opens was changed.
    """
    file = VaultFile.open(path)
    try:
        try:
            sheet, device_key, vault_key = _opened_by(file, code)
        except (WrongSecret, Tampered):  # what is mistyped, as its checksum says, was tried on nothing
            note_recovery_refused(file, _kept_key(file, custody), (clock or SystemClock()).now())
            raise
        reason = _seat(file, custody, device_key, vault_key)
        _record(file, vault_key, clock or SystemClock(), sheet.number)
    except BaseException:
        file.close()
        raise
    desk = Desk(file, device_key, clock or SystemClock(), custody=custody)
    return Recovered(desk, kept=not reason, reason=reason)


def _opened_by(file: VaultFile, code: str) -> tuple[Sheet, bytes, bytes]:
    """Return the sheet that a code opens, the device key and the vault key."""
    sheet, opened = sheet_opened_by(file, code, "desk")
    keys = granted_to_sheet(file, sheet, opened)
    device_key, vault_key = keys.get("device-key"), keys.get("vault-key")
    if device_key is None or vault_key is None:
        raise Tampered(_("What this sheet opens has been taken out of the file."))
    for slot in file.slots():
        read_badge(device_key, slot, file.vault_id)
    return sheet, device_key, vault_key


def _kept_key(file: VaultFile, custody: Custody) -> bytes | None:
    """Return the device key where the password store still gives this vault's."""
    try:
        key = custody.read(file.device_key_id)
        for slot in file.slots():
            read_badge(key, slot, file.vault_id)
    except (CustodyFault, Tampered):
        return None
    return key


def _record(file: VaultFile, vault_key: bytes, clock: Clock, number: int) -> None:
    """Tell the audit that the sheet was used; nobody has signed in, so it says whose sheet and not who."""
    file.attend(keeper_of(file, vault_key))
    try:
        event = AuditEvent(
            at=clock.now(), action=AuditAction.RECOVERED, who=None, who_name="", why=f"desk sheet {number}"
        )
        AuditLog(file, vault_key, clock, former_keys_of(file, vault_key).lines).append(event)
    finally:
        file.attend(None)


def _seat(file: VaultFile, custody: Custody, device_key: bytes, vault_key: bytes) -> str:
    """Put the key where the password store will give it at the next start; returns why not, or nothing."""
    try:
        if _is_seated(custody, file.device_key_id, device_key):
            return ""
        if _missing(custody, file.device_key_id):
            custody.write(file.device_key_id, device_key)
            custody.prove(file.device_key_id, device_key)
            return ""
        _seat_anew(file, custody, device_key, vault_key)
    except CustodyFault as fault:
        return str(fault)
    return ""


def _is_seated(custody: Custody, key_id: str, device_key: bytes) -> bool:
    try:
        custody.prove(key_id, device_key)
    except (KeyMissing, KeyWrong):
        return False
    return True


def _missing(custody: Custody, key_id: str) -> bool:
    try:
        custody.read(key_id)
    except KeyMissing:
        return True
    except KeyWrong:
        return False
    return False


def _seat_anew(file: VaultFile, custody: Custody, device_key: bytes, vault_key: bytes) -> None:
    fresh = new_id()
    custody.write(fresh, device_key)
    custody.prove(fresh, device_key)
    file.attend(keeper_of(file, vault_key))
    try:
        file.set_device_key_id(fresh)
    except RapportError:
        custody.delete(fresh)
        raise
    finally:
        file.attend(None)
