"""How keys come to a person: opened from the grants to their slot, handed on only under verified public keys."""

from collections.abc import Generator
from dataclasses import replace

from rapportdesk.desk.keys.doors import Doors
from rapportdesk.errors import Tampered
from rapportdesk.language import _
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.clinicians import successor, verify_chain
from rapportdesk.vault.grants import Grant, GrantKind, make_grant, open_grant, signed_by_clinic, verify_grant
from rapportdesk.vault.keys import CliniciansPair, SessionKeys
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sheets import Sheet, sign_sheet, verify_sheet
from rapportdesk.vault.slots import OpenedSlot, StaffSlot, read_badge, verify_slot

_RESEALED = "clinicians-resealed-to"
"""The setting that says to which generation of the clinicians' keys everything has been sealed anew."""

_LEFT = "clinicians-left-with"
"""The setting that says which generation of the clinicians' keys somebody knows who has left."""


def session_keys(file: VaultFile, slot: StaffSlot, opened: OpenedSlot, device_key: bytes) -> SessionKeys:
    """Return everything the grants to one person open.

    Raises:
        Tampered: Somebody who was not entitled to wrote a slot, a key or a grant.
    """
    badge = read_badge(device_key, slot, file.vault_id)
    verify_slot(slot, badge, opened.clinic_public, file.vault_id)
    grants = file.grants(slot.staff_id)
    signing = [_open(file, grant, slot, opened) for grant in grants if grant.kind == "signing-key"]
    clinicians = [
        CliniciansPair.from_bytes(_open(file, grant, slot, opened)) for grant in grants if grant.kind == "clinicians"
    ]
    vault_keys = [_open(file, grant, slot, opened) for grant in grants if grant.kind == "vault-key"]
    if not vault_keys:
        raise Tampered(_("What lets you in has been taken out of the file."), _("The recovery sheet is the way in."))
    return SessionKeys(
        staff_id=slot.staff_id,
        private_key=opened.private_key,
        vault_key=vault_keys[-1],
        signing_key=signing[-1] if signing else None,
        clinicians=tuple(clinicians),
        clinic_public=opened.clinic_public,
        device_key=device_key,
        vault_key_epoch=max(grant.epoch for grant in grants if grant.kind == "vault-key"),
    )


def verified_staff(file: VaultFile, slot: StaffSlot, keys: SessionKeys) -> VerifiedRecipient:
    """Return a colleague as somebody to whom keys may be granted.

    Raises:
        Tampered: The clinic never signed their key.
    """
    badge = read_badge(keys.device_key, slot, file.vault_id)
    return verify_slot(slot, badge, keys.clinic_public, file.vault_id)


def grant(
    file: VaultFile, recipient: VerifiedRecipient, kind: GrantKind, key: bytes, signing_key: bytes, *, epoch: int = 1
) -> None:
    """Hand a key to a verified recipient and keep the grant."""
    file.put_grant(
        make_grant(
            kind=kind, epoch=epoch, key=key, recipient=recipient, signing_key=signing_key, vault_id=file.vault_id
        )
    )


def grant_clinicians_keys(file: VaultFile, recipient: VerifiedRecipient, keys: SessionKeys) -> None:
    """Hand every generation of the clinicians' keys that one holds to a verified recipient."""
    for pair in keys.clinicians:
        grant(file, recipient, "clinicians", pair.to_bytes(), pair.ed25519, epoch=pair.epoch)


def made_by_a_manager(file: VaultFile, keys: SessionKeys) -> bool:
    """Whether the clinicians' current keys were made by a manager for the first clinician, and are to be replaced."""
    if len(file.clinicians_chain()) != 1 or len(keys.clinicians) != 1:
        return False
    mine = next(grant for grant in file.grants(keys.staff_id) if grant.kind == "clinicians")
    return signed_by_clinic(
        mine, private_key=keys.private_key, clinic_public=keys.clinic_public, vault_id=file.vault_id
    )


def left_with_clinicians_keys(store: SealedStore, file: VaultFile) -> None:
    """Remember that whoever leaves knows the newest of the clinicians' keys: the next clinician replaces them."""
    store.put_setting(_LEFT, str(len(file.clinicians_chain())))


def somebody_left_with(store: SealedStore, file: VaultFile) -> bool:
    """Whether the signed-in clinician is to replace the clinicians' keys, because somebody left who knows them."""
    newest = store.keys.clinicians[-1].epoch if store.keys.clinicians else 0
    return newest > 0 and newest == len(file.clinicians_chain()) and store.setting(_LEFT) == str(newest)


def replace_clinicians_keys(store: SealedStore, file: VaultFile, *, for_oneself_alone: bool = False) -> SessionKeys:
    """Make the next generation and hand it to everybody who holds the present one; what is sealed stays to be resealed.

    Args:
        store: A clinician's.
        file: The vault.
        for_oneself_alone: Whoever made the present generation was no clinician, and may have handed it to others too.

    Returns:
        The keys with the new pair at the end.
    """
    keys = store.keys
    slot = file.slot(keys.staff_id)
    recipients = [] if slot is None else [verified_staff(file, slot, keys)]
    sheets: list[Sheet] = []
    if not for_oneself_alone:
        recipients, sheets = _holders(file, keys, Doors(store, file))
    pair, public = successor(keys.clinicians[-1], file.vault_id)
    file.put_clinicians(public)
    for sheet in sheets:
        file.put_sheet(sign_sheet(sheet, pair.ed25519, file.vault_id))
    for recipient in recipients:
        grant(file, recipient, "clinicians", pair.to_bytes(), pair.ed25519, epoch=pair.epoch)
    return replace(keys, clinicians=(*keys.clinicians, pair))


def _holders(file: VaultFile, keys: SessionKeys, ours: Doors) -> tuple[list[VerifiedRecipient], list[Sheet]]:
    """Return everybody to whom the newest generation was really handed, and their sheets among them.

    A row in the file alone proves nothing: who or what does not verify, or was never let in by somebody who holds the
    vault key, is left out, and `verify` names it.
    """
    chain = file.clinicians_chain()
    generation = verify_chain(chain, keys.clinic_public, file.vault_id)
    held = {each.recipient: each for each in file.grants() if each.kind == "clinicians" and each.epoch == len(chain)}
    recipients, sheets = list[VerifiedRecipient](), list[Sheet]()
    doors: tuple[StaffSlot | Sheet, ...] = (*file.slots(), *file.sheets())
    for door in filter(ours.knows, doors):
        try:
            if isinstance(door, Sheet):
                recipient = verify_sheet(door, keys.clinic_public, file.vault_id, clinicians=generation)
            else:
                recipient = verified_staff(file, door, keys)
            if recipient.recipient not in held:
                continue
            verify_grant(
                held[recipient.recipient], recipient=recipient, clinic_public=keys.clinic_public,
                vault_id=file.vault_id, chain=chain,
            )  # fmt: skip
        except Tampered:
            continue
        recipients.append(recipient)
        sheets += [door] if isinstance(door, Sheet) else []
    return recipients, sheets


def finish_resealing(store: SealedStore, keys: SessionKeys) -> Generator[int, None, None]:
    """Seal what is sealed to earlier generations of the clinicians' keys to the newest, unless that was finished.

    Yields:
        How many were sealed anew; other calls may be made in between.
    """
    newest = keys.clinicians[-1].epoch if keys.clinicians else 1
    if newest > 1 and store.setting(_RESEALED) != str(newest):
        yield from store.reseal_clinicians_in_steps(keys.clinicians)
        store.put_setting(_RESEALED, str(newest))


def resealing_is_due(store: SealedStore) -> None:
    """Have `finish_resealing` look again, because somebody holds more generations than whoever finished it did."""
    store.put_setting(_RESEALED, "")


def _open(file: VaultFile, grant: Grant, slot: StaffSlot, opened: OpenedSlot) -> bytes:
    return open_grant(
        grant,
        private_key=opened.private_key,
        recipient=slot.staff_id,
        clinic_public=opened.clinic_public,
        vault_id=file.vault_id,
        chain=file.clinicians_chain(),
    )
