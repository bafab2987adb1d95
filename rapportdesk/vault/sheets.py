"""A recovery sheet is a key pair on paper: its code opens the private half, its public half is signed like a person's.

The desk's sheet may be granted the vault key, the device key and the signing key; the clinicians' sheet their keys. The
private key lies in the file under HKDF(code), so that grants to the sheet can be renewed while it stays in its safe.
"""

import hmac
import uuid
from dataclasses import dataclass, field, replace
from typing import Literal

from rapportdesk.vault.faults import tampered, wrong_code
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.keys import CliniciansPublic
from rapportdesk.vault.recipients import GrantKind, VerifiedRecipient
from rapportdesk.vault.recovery_code import code_bytes, new_code, parse_code
from rapportdesk.vault.sealing import KEY_BYTES, seal_bound, unseal_bound
from rapportdesk.vault.signing import new_private_key, public_key, sign

__all__ = [
    "OpenedSheet",
    "Sheet",
    "SheetKind",
    "create_sheet",
    "new_code",
    "open_sheet",
    "parse_code",
    "sign_sheet",
    "verify_sheet",
]

SheetKind = Literal["desk", "clinicians"]

_PURPOSE = "recovery sheet"
_MAY_HOLD: dict[SheetKind, frozenset[GrantKind]] = {
    "desk": frozenset({"vault-key", "device-key", "signing-key"}),
    "clinicians": frozenset({"clinicians"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One recovery sheet, as it lies in the file.

    Attributes:
        sheet_id: Random id.
        kind: "desk" or "clinicians".
        number: Printed on the sheet, so that people know which one is asked for.
        public_key: X25519, 32 bytes.
        sealed_private: The private key and the clinic's pinned public key, under the code.
        signature: Over vault, id, kind, number and public key.
    """

    sheet_id: str
    kind: SheetKind
    number: int
    public_key: bytes
    sealed_private: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSheet:
    """What a sheet gives to whoever has its code.

    Attributes:
        private_key: X25519, opens the grants to this sheet.
        clinic_public: The clinic's Ed25519 public key, pinned when the sheet was made.
    """

    private_key: bytes = field(repr=False)
    clinic_public: bytes = field(repr=False)


def create_sheet(
    *, kind: SheetKind, number: int, code: str, signing_key: bytes, clinic_public: bytes, vault_id: str
) -> Sheet:
    """Make a sheet.

    Args:
        kind: "desk" or "clinicians".
        number: The number printed on it.
        code: From `new_code`; it is kept nowhere.
        signing_key: The clinic's Ed25519 private key, for the clinicians' sheet the partner key of their current epoch.
        clinic_public: The clinic's Ed25519 public key.
        vault_id: The vault's id.

    Raises:
        BadInput: The code is none.
    """
    private = new_private_key()
    bare = Sheet(
        sheet_id=str(uuid.uuid4()),
        kind=kind,
        number=number,
        public_key=public_key(private),
        sealed_private=b"",
        signature=b"",
    )
    secret = code_bytes(parse_code(code))
    payload = frame(private, clinic_public)
    sealed = frame(_code_check(secret, bare), seal_bound(_sheet_key(secret), payload, _bound(bare, vault_id)))
    return sign_sheet(replace(bare, sealed_private=sealed), signing_key, vault_id)


def sign_sheet(sheet: Sheet, signing_key: bytes, vault_id: str) -> Sheet:
    """Return the sheet with a new signature, for when the key that signed it is replaced.

    The sheet must have been verified under the old one; see `create_sheet` for whose key signs.
    """
    return replace(
        sheet, signature=sign(signing_key, _PURPOSE, sheet.sheet_id, sheet.public_key, *_parts(sheet, vault_id))
    )


def open_sheet(sheet: Sheet, code: str, vault_id: str) -> OpenedSheet:
    """Return the private key and the clinic's pinned public key.

    Args:
        sheet: What lies in the file.
        code: As somebody typed it.
        vault_id: The vault's id.

    Raises:
        BadInput: The code is mistyped, see `parse_code`.
        WrongSecret: The code is another sheet's.
        Tampered: The sheet was changed.
    """
    secret = code_bytes(parse_code(code))
    code_check, sealed = unframe(sheet.sealed_private, 2)
    if not hmac.compare_digest(_code_check(secret, sheet), code_check):
        raise wrong_code()
    private, clinic_public = unframe(unseal_bound(_sheet_key(secret), sealed, _bound(sheet, vault_id)), 2)
    if {len(private), len(clinic_public)} != {KEY_BYTES} or public_key(private) != sheet.public_key:
        raise tampered()
    return OpenedSheet(private_key=private, clinic_public=clinic_public)


def verify_sheet(
    sheet: Sheet, clinic_public: bytes, vault_id: str, *, clinicians: CliniciansPublic | None = None
) -> VerifiedRecipient:
    """Return the sheet as something to which keys may be granted.

    Args:
        sheet: What lies in the file.
        clinic_public: The clinic's Ed25519 public key, from one's own opened slot.
        vault_id: The vault's id.
        clinicians: The current generation from `verify_chain`, whose partner key alone signs a clinicians' sheet: a
            manager, who holds the clinic's key, could else have the clinicians' keys handed to a sheet of their own.

    Raises:
        Tampered: Nobody entitled signed this sheet's public key.
    """
    if sheet.kind not in _MAY_HOLD or (sheet.kind == "clinicians" and clinicians is None):
        raise tampered()
    verifying = clinicians.ed25519 if sheet.kind == "clinicians" and clinicians is not None else clinic_public
    return VerifiedRecipient.vouched(
        recipient=sheet.sheet_id,
        public_key=sheet.public_key,
        may_hold=_MAY_HOLD[sheet.kind],
        verifying=verifying,
        signature=sheet.signature,
        purpose=_PURPOSE,
        parts=_parts(sheet, vault_id),
    )


def _parts(sheet: Sheet, vault_id: str) -> tuple[bytes | str | int, ...]:
    return vault_id, sheet.kind, sheet.number


def _bound(sheet: Sheet, vault_id: str) -> bytes:
    return frame("rapportdesk sheet", vault_id, sheet.sheet_id, sheet.kind, sheet.number, sheet.public_key)


def _sheet_key(secret: bytes) -> bytes:
    return derive(secret, info=frame("rapportdesk sheet", "key"))


def _code_check(secret: bytes, sheet: Sheet) -> bytes:
    return derive(secret, info=frame("rapportdesk sheet", "code check", sheet.sheet_id))
