"""A backup's key is sealed to every recovery sheet of the desk: it is made without a code and opened by one.

Each sheet's private key, which the code opens, stands beside it: a new machine has nothing else.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from rapportdesk.errors import WrongSecret
from rapportdesk.vault.faults import tampered, wrong_code
from rapportdesk.vault.framing import frame
from rapportdesk.vault.hpke_box import open_from, seal_to
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sealing import KEY_BYTES, seal_bound, unseal_bound
from rapportdesk.vault.sheets import Sheet, open_sheet

_KIND = "backup"
_FORMAT = 1
_NUMBERS = range(1, 1 << 31)  # of sheets; what is signed has a length


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupHeader:
    """What stands in a backup before its sealed chunks; each of them is bound to it.

    Attributes:
        vault_id: Of which vault it is a copy.
        made_at: When, with its offset from UTC.
        boxes: Each desk's sheet, and the backup's key sealed to it.
        deleted: How many things had ever been deleted by then, sealed under the backup's key; None in older backups.
    """

    vault_id: str
    made_at: dt.datetime
    boxes: tuple[tuple[Sheet, bytes], ...]
    deleted: bytes | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers printed on the sheets that open it."""
        return tuple(sheet.number for sheet, _box in self.boxes)

    def to_bytes(self) -> bytes:
        """Return the header as it is written."""
        boxes = [
            {
                "sheet_id": sheet.sheet_id, "number": sheet.number, "public_key": _text(sheet.public_key),
                "sealed_private": _text(sheet.sealed_private), "signature": _text(sheet.signature), "key": _text(box),
            }
            for sheet, box in self.boxes
        ]  # fmt: skip
        fields: dict[str, object] = {
            "format": _FORMAT, "vault": self.vault_id, "made_at": self.made_at.isoformat(), "sheets": boxes,
        }  # fmt: skip
        if self.deleted is not None:
            fields["deleted"] = _text(self.deleted)
        return json.dumps(fields, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "BackupHeader":
        """Return what `to_bytes` wrote.

        Raises:
            Tampered: It is no such header.
        """
        try:
            fields = json.loads(content)
            if fields["format"] != _FORMAT:
                raise tampered()
            return cls(
                vault_id=str(fields["vault"]),
                made_at=dt.datetime.fromisoformat(fields["made_at"]),
                boxes=tuple((_sheet(each), _bytes(each["key"])) for each in fields["sheets"]),
                deleted=_bytes(fields["deleted"]) if "deleted" in fields else None,
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            raise tampered() from None


def seal_backup_key(
    key: bytes, vault_id: str, made_at: dt.datetime, sheets: Sequence[tuple[Sheet, VerifiedRecipient]], deleted: int = 0
) -> BackupHeader:
    """Seal a new backup's key to the desk's sheets.

    Args:
        key: 32 random bytes of this backup alone.
        vault_id: The vault's id.
        made_at: Now.
        sheets: Each with what `verify_sheet` said of it.
        deleted: How many things were ever deleted from the vault.
    """
    boxes = [
        (
            sheet,
            seal_to(
                verified.public_key, key, vault_id=vault_id, kind=_KIND, epoch=_FORMAT, recipient=verified.recipient
            ),
        )
        for sheet, verified in sheets
    ]
    sealed = seal_bound(_deleted_key(key), str(deleted).encode("ascii"), frame(vault_id))
    return BackupHeader(vault_id=vault_id, made_at=made_at, boxes=tuple(boxes), deleted=sealed)


def open_deleted(header: BackupHeader, key: bytes) -> int:
    """Return how many things had been deleted when a backup was made; 0 where it is too old to say.

    Args:
        header: From the backup.
        key: From `open_backup_key`.

    Raises:
        Tampered: The header was changed.
    """
    if header.deleted is None:
        return 0
    opened = unseal_bound(_deleted_key(key), header.deleted, frame(header.vault_id))
    return int(opened)


def open_backup_key(header: BackupHeader, code: str) -> bytes:
    """Return the backup's key.

    Args:
        header: From the backup.
        code: As typed from one of the sheets it was made for.

    Raises:
        BadInput: The code is mistyped.
        WrongSecret: It is of none of these sheets.
        Tampered: The header was changed.
    """
    wrong = wrong_code()
    for sheet, box in reversed(header.boxes):
        try:
            opened = open_sheet(sheet, code, header.vault_id)
        except WrongSecret as error:
            wrong = error
            continue
        key = open_from(
            opened.private_key, box, vault_id=header.vault_id, kind=_KIND, epoch=_FORMAT, recipient=sheet.sheet_id
        )
        if len(key) != KEY_BYTES:
            raise tampered()
        return key
    raise wrong


def _deleted_key(key: bytes) -> bytes:
    return derive(key, info=frame("rapportdesk deleted before a backup"))


def _sheet(fields: dict[str, object]) -> Sheet:
    number = fields["number"]
    if not isinstance(number, int) or number not in _NUMBERS:
        raise tampered()
    return Sheet(
        sheet_id=str(fields["sheet_id"]),
        kind="desk",
        number=number,
        public_key=_bytes(fields["public_key"]),
        sealed_private=_bytes(fields["sealed_private"]),
        signature=_bytes(fields["signature"]),
    )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except binascii.Error:
        raise tampered() from None
