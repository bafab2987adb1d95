"""The device key is replaced in one commit, and the old one stays in the password store until the new one has opened.

Only the outer layer of each slot changes, so nobody's secret is needed. The new key lies under an id of its own and was
read back before anything was written; the old entry goes after the next cold start, which the new one opened.
"""

import json
from contextlib import suppress

from rapportdesk.desk.keys.doors import Doors
from rapportdesk.desk.keys.keyholding import grant
from rapportdesk.errors import CustodyFault, KeyMissing, NotAllowed, Tampered
from rapportdesk.language import _
from rapportdesk.model.identity import new_id
from rapportdesk.store.audit.failed_sign_ins import count_under
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.custody import Custody
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.sheets import verify_sheet
from rapportdesk.vault.slots import rewrap_for_device

_FORMER = "former-device-keys"


def replace_device_key(store: SealedStore, file: VaultFile, custody: Custody, *, shared: bool = False) -> bytes:
    """Put a new device key in the old one's place and return it; whoever is signed in has to sign in again.

    Args:
        store: With a manager's keys, or those of the desk's recovery sheet.
        file: The vault.
        custody: Where the new one is kept.
        shared: The vault came out of a backup, so the one that this was made of may open by the old keys still: they
            are not this one's to take out of the password store.

    Raises:
        NotAllowed: These keys may hand nothing to the recovery sheets.
        CustodyFault: The password store does not keep the new key; nothing has changed.
        VaultFault: The file cannot be written; nothing has changed.
    """
    keys, former_id = store.keys, file.device_key_id
    if keys.signing_key is None:
        raise NotAllowed(_("Your role does not include this."), _("Ask a manager of the practice."))
    fresh, fresh_id = new_key(), new_id()
    # Named first: what a crash leaves in the password store is taken out of it like a former key.
    store.put_setting(_FORMER, json.dumps([fresh_id] if shared else [*_former(store), fresh_id]))
    custody.write(fresh_id, fresh)
    custody.prove(fresh_id, fresh)
    ours = Doors(store, file)
    with store.transaction():
        for slot in file.slots():
            file.put_slot(rewrap_for_device(keys.device_key, fresh, slot, file.vault_id))
        before = [each for each in file.grants() if each.kind == "device-key"]
        epoch = 1 + max((each.epoch for each in before), default=0)
        for sheet in file.sheets():
            if sheet.kind != "desk" or not ours.knows(sheet):
                continue
            with suppress(Tampered):  # `verify` names it
                recipient = verify_sheet(sheet, keys.clinic_public, file.vault_id)
                grant(file, recipient, "device-key", fresh, keys.signing_key, epoch=epoch)
        for each in before:
            file.remove_grant(each.grant_id)
        count_under(file, keys.device_key, fresh)
        file.set_device_key_id(fresh_id)
        if not shared:
            store.put_setting(_FORMER, json.dumps([*_former(store), former_id]))
    return fresh


def forget_former(store: SealedStore, file: VaultFile, custody: Custody) -> None:
    """Take former device keys, and those that never came to be used, out of the password store: the present one opened.

    What the password store does not let go of is tried again after the next cold start.
    """
    former = [each for each in _former(store) if each != file.device_key_id]
    left = []
    for key_id in former:
        try:
            custody.delete(key_id)
        except KeyMissing:
            continue
        except CustodyFault:
            left.append(key_id)
    if left != _former(store):
        store.put_setting(_FORMER, json.dumps(left))


def _former(store: SealedStore) -> list[str]:
    return list(json.loads(store.setting(_FORMER) or "[]"))
