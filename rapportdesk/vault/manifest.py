"""A row deleted, doubled or replayed from outside changes the manifest's total.

The total is an additive multiset hash (MSet-Add-Hash: Clarke et al., "Incremental Multiset Hash Functions and Their
Application to Memory Integrity Checking", ASIACRYPT 2003): the sum modulo 2**256 of one keyed MAC per row, so a write
costs one addition and one subtraction whatever the vault's size. With XOR instead of the sum a row doubled once would
cancel itself and leave no trace. The construction is secure only while totals are masked: two totals in the clear would
give away the MAC of the row between them. They are therefore kept under AES-256-GCM with a random nonce. The paper's
mask from a counter would be reused when an older copy of the file is put back and counts on.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.sealing import seal_bound, unseal_bound

_MODULUS = 1 << 256
_TOTAL_BYTES = 32


def manifest_key(vault_key: bytes) -> bytes:
    """Return the key for `row_mac`, `seal_total` and `open_total`."""
    return derive(vault_key, info=frame("rapportdesk manifest"))


def row_mac(key: bytes, table: str, row_id: str, patient_id: str, revision: int, content: bytes) -> int:
    """Return the row's term in the total (HMAC-SHA256).

    Args:
        key: From `manifest_key`.
        table: The table's name.
        row_id: The row's id.
        patient_id: Whose row it is; "" for nobody's.
        revision: The row's revision.
        content: Everything else the row holds, as bytes.
    """
    return int.from_bytes(hmac.digest(key, frame(table, row_id, patient_id, revision, content), "sha256"), "big")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the file should hold.

    Attributes:
        epoch: Counted up at every commit; an anchor elsewhere notices a file that went back.
        count: How many rows.
        total: The sum of their MACs modulo 2**256.
    """

    epoch: int = 0
    count: int = 0
    total: int = 0

    @classmethod
    def of(cls, macs: Iterable[int], *, epoch: int) -> Self:
        """Return the manifest of rows met one after the other, in any order."""
        count = total = 0
        for mac in macs:
            count += 1
            total += mac
        return cls(epoch=epoch, count=count, total=total % _MODULUS)

    def add(self, mac: int) -> Self:
        """Return the manifest with one more row."""
        return replace(self, count=self.count + 1, total=(self.total + mac) % _MODULUS)

    def remove(self, mac: int) -> Self:
        """Return the manifest with one row less."""
        return replace(self, count=self.count - 1, total=(self.total - mac) % _MODULUS)

    def and_all(self, other: Self) -> Self:
        """Return the manifest with all the rows of another one, counted by the same key; the epoch stays."""
        return replace(self, count=self.count + other.count, total=(self.total + other.total) % _MODULUS)

    def next_epoch(self) -> Self:
        """Return the manifest as of the next commit."""
        return replace(self, epoch=self.epoch + 1)

    def holds(self, found: Self) -> bool:
        """Whether the rows found are the rows recorded; the epoch is not compared."""
        return self.count == found.count and hmac.compare_digest(_bytes(self.total), _bytes(found.total))


def seal_total(key: bytes, manifest: Manifest, vault_id: str) -> bytes:
    """Return count and total, masked and authenticated together with the epoch, which lies beside it in the clear."""
    return seal_bound(key, frame(manifest.count, _bytes(manifest.total)), _bound(vault_id, manifest.epoch))


def open_total(key: bytes, sealed: bytes, epoch: int, vault_id: str) -> Manifest:
    """Return the manifest that `seal_total` sealed.

    Raises:
        Tampered: The bytes or the epoch were changed.
    """
    count, total = unframe(unseal_bound(key, sealed, _bound(vault_id, epoch)), 2)
    if len(count) != 8 or len(total) != _TOTAL_BYTES:
        raise tampered()
    return Manifest(epoch=epoch, count=int.from_bytes(count, "big", signed=True), total=int.from_bytes(total, "big"))


def _bytes(total: int) -> bytes:
    return total.to_bytes(_TOTAL_BYTES, "big")


def _bound(vault_id: str, epoch: int) -> bytes:
    return frame("rapportdesk manifest", vault_id, epoch)
