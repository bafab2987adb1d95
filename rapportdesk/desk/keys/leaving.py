"""The vault key is replaced at once when somebody leaves, and nobody else's secret is needed for it.

Whoever goes on working here, and the desk's recovery sheets, are granted the new key under the public keys that were
let in and verified. What the leaver copied stays readable to them; what is written from then on does not open for it.
"""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.desk.backup.erased_lists import put_erased_key
from rapportdesk.desk.keys.doors import Doors
from rapportdesk.desk.keys.keyholding import grant, left_with_clinicians_keys, verified_staff
from rapportdesk.desk.session import Session
from rapportdesk.desk.sheets.sheet_register import SheetRegister
from rapportdesk.errors import NotAllowed, Tampered
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.sheets import Sheet, verify_sheet


def replace_vault_key(
    session: Session, file: VaultFile, *, leaver: Practitioner | None = None, sheets: Sequence[Sheet] = (), why: str
) -> None:
    """Put a new vault key in the old one's place and take what a leaver has out, in one commit.

    A patient's key is replaced before the next write about them. Until the background has been there
    (`store.former_keys`) the others are wrapped as they were: a leaver who kept the former vault key, and comes by this
    very file before then, reads in it what was written before they left.

    Args:
        session: A manager's.
        file: The vault.
        leaver: Who leaves; nobody when the key is replaced for its own sake.
        sheets: Recovery sheets that open nothing from now on.
        why: For the record of who looked; no names.

    Raises:
        NotAllowed: These are not a manager's keys.
        Tampered: The manifest, or the list of whom the practice let in, does not open.
    """
    store, keys = session.store, session.store.keys
    signing_key = keys.signing_key
    if signing_key is None:
        raise NotAllowed(_("Your role does not include this."), _("Ask a manager of the practice."))
    vault_key, epoch = new_key(), keys.vault_key_epoch + 1

    def hand_out() -> None:
        ours = Doors(store, file)
        if leaver is not None:
            _take_out(session, file, leaver.id)
            ours.remove(leaver.id)
        else:
            ours.put()
        for sheet in sheets:
            take_sheet_out(store, file, sheet, ours, session.today())
        put_erased_key(store, file.vault_id, signing_key, epoch)
        former = [each for each in file.grants() if each.kind == "vault-key"]
        for recipient in _entitled(file, keys, ours):
            grant(file, recipient, "vault-key", vault_key, signing_key, epoch=epoch)
        for each in former:
            file.remove_grant(each.grant_id)
        action = AuditAction.STAFF_CHANGED if leaver is not None else AuditAction.KEY_OPERATION
        session.record(action, why=why, about=leaver)

    store.rotate_vault_key(vault_key, hand_out)


def take_sheet_out(store: SealedStore, file: VaultFile, sheet: Sheet, ours: Doors, day: dt.date | None) -> None:
    """Take a recovery sheet and all that was granted to it out of the file, and out of whom was let in.

    Args:
        store: Of somebody who may.
        file: The vault.
        sheet: The sheet.
        ours: Whom the practice let in.
        day: From which day it opens nothing; None where nobody was ever given its code.
    """
    file.remove_grants(sheet.sheet_id)
    file.remove_sheet(sheet.sheet_id)
    ours.remove(sheet.sheet_id)
    register = SheetRegister(store, file)
    if day is None:
        register.remove(sheet.sheet_id)
    else:
        register.retired(sheet, day)


def _take_out(session: Session, file: VaultFile, leaver: StaffId) -> None:
    if any(each.kind == "clinicians" for each in file.grants(leaver)):
        left_with_clinicians_keys(session.store, file)
    file.remove_grants(leaver)
    file.remove_slot(leaver)
    session.store.forget_author(leaver)


def _entitled(file: VaultFile, keys: SessionKeys, ours: Doors) -> list[VerifiedRecipient]:
    """Return everybody and every sheet that may hold the vault key; what does not verify is left for `verify`."""
    recipients = list[VerifiedRecipient]()
    for slot in filter(ours.knows, file.slots()):
        try:
            recipients.append(verified_staff(file, slot, keys))
        except Tampered:
            continue
    for sheet in filter(ours.knows, file.sheets()):
        try:
            recipients += [verify_sheet(sheet, keys.clinic_public, file.vault_id)] if sheet.kind == "desk" else []
        except Tampered:
            continue
    return recipients
