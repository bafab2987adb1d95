"""A vault begins whole or not at all: keys, the first person, and the recovery sheets in one commit.

The device key is in the password store, and read back from a fresh process, before the first row is written.
"""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from rapportdesk.clock import Clock
from rapportdesk.desk.keys.doors import Doors
from rapportdesk.desk.keys.keyholding import grant
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.sheets.sheet_register import SheetRegister
from rapportdesk.desk.sheets.sheets import SheetCode, make_clinicians_sheet, make_desk_sheet
from rapportdesk.errors import BadInput, CustodyFault
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import StaffId, new_id
from rapportdesk.model.staff import Role
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.clinicians import first_pair
from rapportdesk.vault.custody import Custody
from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.signing import new_signing_key, verifying_key
from rapportdesk.vault.slots import Badge, create_slot, open_slot, verify_slot

CLINIC_NAME = "clinic-name"
"""The setting under which the practice's name is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """The first person: a manager, perhaps a clinician or receptionist too.

    Attributes:
        sheet_holder: Who keeps the first recovery sheets; it can be said later.
    """

    clinic_name: str
    name: str
    roles: frozenset[Role]
    secret: str = field(repr=False)
    sheet_holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCodes:
    """The sheets of a new vault; the clinicians' only when its first person is one."""

    desk: SheetCode
    clinicians: SheetCode | None = None


def found(
    path: Path, custody: Custody, founder: Founder, clock: Clock, *, cost: Argon2idParameters | None = None
) -> SheetCodes:
    """Make a new vault.

    Args:
        path: Where it will lie; nothing may be there yet.
        custody: Where its device key is kept.
        founder: The first person.
        clock: For the first line of the audit.
        cost: Argon2id's parameters; the usual ones if left out.

    Raises:
        BadInput: The name or the secret cannot be taken, or the founder is no manager.
        CustodyFault: The password store does not take the key; nothing was made.
        VaultFault: Something lies there already, or the file cannot be written.
    """
    name = clean_line(founder.name)
    if not name:
        raise BadInput(_("A person needs a name."))
    if Role.MANAGER not in founder.roles:
        raise BadInput(_("The first person has to be a manager."))
    file = VaultFile.create(path, vault_id=new_id())
    device_key_id, device_key = new_id(), new_key()
    try:
        custody.write(device_key_id, device_key)
        try:
            custody.prove(device_key_id, device_key)
            codes = _fill(file, founder, name, clock, cost, device_key_id, device_key)
        except BaseException:
            with contextlib.suppress(CustodyFault):  # an entry that cannot be taken away opens nothing
                custody.delete(device_key_id)
            raise
    except BaseException:
        file.discard()
        raise
    file.ballast.make()
    file.close()
    return codes


def _fill(
    file: VaultFile, founder: Founder, name: str, clock: Clock, cost: Argon2idParameters | None,
    device_key_id: str, device_key: bytes,
) -> SheetCodes:  # fmt: skip
    vault_id, staff_id, signing_key, vault_key = file.vault_id, StaffId(new_id()), new_signing_key(), new_key()
    clinic_public = verifying_key(signing_key)
    badge = Badge(name=name, roles=frozenset(str(role) for role in founder.roles))
    slot = create_slot(
        staff_id=staff_id, badge=badge, secret=founder.secret, device_key=device_key, signing_key=signing_key,
        vault_id=vault_id, parameters=cost,
    )  # fmt: skip
    pair = first_pair(signing_key, vault_id) if Role.CLINICIAN in founder.roles else None
    keys = SessionKeys(
        staff_id=staff_id, private_key=open_slot(device_key, slot, founder.secret, vault_id).private_key,
        vault_key=vault_key, signing_key=signing_key, clinicians=(pair[0],) if pair else (),
        clinic_public=clinic_public, device_key=device_key,
    )  # fmt: skip
    store = SealedStore.found(file, keys, clock, device_key_id=device_key_id)
    with store.transaction():
        file.put_slot(slot)
        me = verify_slot(slot, badge, clinic_public, vault_id)
        grant(file, me, "vault-key", vault_key, signing_key)
        grant(file, me, "signing-key", signing_key, signing_key)
        desk_sheet = make_desk_sheet(file, keys)
        clinicians_sheet = None
        if pair:
            file.put_clinicians(pair[1])
            grant(file, me, "clinicians", pair[0].to_bytes(), pair[0].ed25519)
            clinicians_sheet = make_clinicians_sheet(file, keys)
        Doors(store, file).put(slot)
        register = SheetRegister(store, file)
        for sheet in file.sheets():
            register.made(sheet, clean_line(founder.sheet_holder), clock.local(clock.now()).date())
        store.put_setting(CLINIC_NAME, clean_line(founder.clinic_name))
        store.audit(AuditEvent(at=clock.now(), action=AuditAction.VAULT_CREATED, who=staff_id, who_name=name))
    return SheetCodes(desk=desk_sheet, clinicians=clinicians_sheet)
