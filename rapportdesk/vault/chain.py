"""An audit entry cannot be changed, moved or taken out without breaking every link after it.

Each link is HMAC-SHA256 over the link before it, the entry's number and the entry. A cut at the end leaves a chain that
holds; the manifest, which counts these rows too, notices that.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.kdf import derive

START = bytes(32)
"""What stands in for the link before the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One audit entry as it lies in the file.

    Attributes:
        sequence: 1 for the first, counted up without gaps.
        content: What the entry holds, sealed or not; the same bytes that were linked.
        link: What `link` returned for it.
    """

    sequence: int
    content: bytes
    link: bytes


def audit_key(vault_key: bytes) -> bytes:
    """Return the key that links the audit's entries."""
    return derive(vault_key, info=frame("rapportdesk audit"))


def failures_key(device_key: bytes) -> bytes:
    """Return the key that links failed sign-ins, which happen before anybody has the vault key."""
    return derive(device_key, info=frame("rapportdesk failed sign-ins"))


def link(key: bytes, previous: bytes, sequence: int, content: bytes) -> bytes:
    """Return the 32-byte link of one entry.

    Args:
        key: From `audit_key` or `failures_key`.
        previous: The link of the entry before, or `START`.
        sequence: The entry's number, from 1.
        content: The entry's bytes.
    """
    return hmac.digest(key, frame("link", previous, sequence, content), "sha256")


def verify(key: bytes, entries: Iterable[Entry], *, after: int = 0, previous: bytes = START) -> bytes:
    """Walk the whole chain and return its last link, `previous` if there is none.

    Args:
        key: From `audit_key` or `failures_key`.
        entries: In order.
        after: The number of the last entry taken off by rule; 0 while none was.
        previous: That entry's link.

    Raises:
        Tampered: An entry was changed, moved, doubled or is missing before the last one.
    """
    for expected, entry in enumerate(entries, start=after + 1):
        if entry.sequence != expected:
            raise tampered()
        previous = link(key, previous, entry.sequence, entry.content)
        if not hmac.compare_digest(previous, entry.link):
            raise tampered()
    return previous
