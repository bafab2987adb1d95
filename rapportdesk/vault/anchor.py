"""How the file stood is remembered outside it, so that an older copy put in its place is noticed.

An anchor is an epoch of the manifest and a MAC over what the file held then. It lies in the computer's password store
and, in the file, in the chain of the audit, written there first: a file that descends from the anchored one holds the
line, and a file that went back does not. It tells nothing without the vault key, and is no secret.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.manifest import Manifest

_FORM = re.compile(r"1 (\d{1,19}) ([0-9a-f]{64}) (\S{1,64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """How the file stood at one moment.

    Attributes:
        epoch: Of the manifest.
        tag: MAC over the epoch and what the file held, in hexadecimal digits.
        at: By the recorded clock, in UTC.
    """

    epoch: int
    tag: str
    at: dt.datetime

    @classmethod
    def of(cls, manifest: Manifest, key: bytes, vault_id: str, at: dt.datetime) -> Self:
        """Return the anchor of a manifest.

        Args:
            manifest: What the file holds.
            key: From `manifest_key`.
            vault_id: The vault's id.
            at: By the recorded clock.
        """
        held = frame("rapportdesk anchor", vault_id, manifest.epoch, manifest.count, manifest.total.to_bytes(32, "big"))
        return cls(epoch=manifest.epoch, tag=derive(key, info=held).hex(), at=at.astimezone(dt.UTC))

    def to_text(self) -> str:
        """Return it as the password store keeps it."""
        return f"1 {self.epoch} {self.tag} {self.at.isoformat()}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return what `to_text` wrote.

        Raises:
            Tampered: It is something else.
        """
        found = _FORM.fullmatch(text)
        try:
            if found is None:
                raise ValueError
            at = dt.datetime.fromisoformat(found[3])
            return cls(epoch=int(found[1]), tag=found[2], at=at.astimezone(dt.UTC))
        except (ValueError, OverflowError):
            raise tampered() from None

    def is_same(self, other: "Anchor") -> bool:
        """Whether both say that the file stood the same."""
        return (self.epoch, self.tag) == (other.epoch, other.tag)
