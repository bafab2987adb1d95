"""Whoever may come in was let in: signatures of slots, sheets, grants and the clinicians' keys, all checked here."""

from collections.abc import Iterator

from rapportdesk.errors import KeyWrong, Tampered
from rapportdesk.language import _
from rapportdesk.store.audit.failed_sign_ins import Refusal, failed_sign_ins, foreign_rows
from rapportdesk.store.checking.findings import Fault
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.clinicians import verify_chain
from rapportdesk.vault.grants import verify_grant
from rapportdesk.vault.keys import CliniciansPublic, SessionKeys
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sheets import verify_sheet
from rapportdesk.vault.slots import read_badge, verify_slot


def verify_doors(file: VaultFile, keys: SessionKeys) -> Iterator[Fault]:
    """Return what is wrong with slots, sheets, grants, the clinicians' keys and the counts of wrong secrets."""
    try:
        chain = file.clinicians_chain()
        slots, sheets, grants = file.slots(), file.sheets(), file.grants()
    except Tampered:
        yield Fault(where="keys", what=_("An entry holds what RapportDesk never writes."))
        return
    current, faults = _current(chain, keys, file.vault_id)
    yield from faults
    verified: dict[str, VerifiedRecipient] = {}
    for slot in slots:
        try:
            badge = read_badge(keys.device_key, slot, file.vault_id)
            verified[slot.staff_id] = verify_slot(slot, badge, keys.clinic_public, file.vault_id)
        except (Tampered, KeyWrong):
            yield Fault(where=f"staff_slot {slot.staff_id}", what=_("The practice never let this person in."))
    for sheet in sheets:
        try:
            verified[sheet.sheet_id] = verify_sheet(sheet, keys.clinic_public, file.vault_id, clinicians=current)
        except Tampered:
            yield Fault(where=f"recovery_sheet {sheet.sheet_id}", what=_("Nobody entitled made this recovery sheet."))
    for grant in grants:
        try:
            verify_grant(
                grant,
                recipient=verified[grant.recipient],
                clinic_public=keys.clinic_public,
                vault_id=file.vault_id,
                chain=chain,
            )
        except (Tampered, KeyError):
            yield Fault(where=f"key_grant {grant.grant_id}", what=_("Nobody entitled gave this access."))
    for number in range(foreign_rows(file)):
        where = f"failed_sign_in, row {number + 1} of no name"
        yield Fault(where=where, what=_("The count of wrong secrets was changed."))
    for counted in failed_sign_ins(file, keys.device_key):
        if not counted.authentic:
            why = "" if counted.refusal is Refusal.WRONG_SECRET else f"{counted.refusal}/"
            where = f"failed_sign_in {why}{counted.staff_id}"
            yield Fault(where=where, what=_("The count of wrong secrets was changed."))


def _current(
    chain: tuple[CliniciansPublic, ...], keys: SessionKeys, vault_id: str
) -> tuple[CliniciansPublic | None, tuple[Fault, ...]]:
    if not chain and not keys.clinicians:
        return None, ()
    newest = max((pair.epoch for pair in keys.clinicians), default=1)
    try:
        return verify_chain(chain, keys.clinic_public, vault_id, at_least=newest), ()
    except Tampered:
        return None, (
            Fault(where="clinicians_key", what=_("What opens the clinicians' notes in this file is not theirs.")),
        )
