"""The device key is kept by somebody else, who is never trusted to be well.

A missing entry never means a first run: whoever asks for a key by id knows that there was one. An entry is never
overwritten; a new key gets a new id. Five faults are told apart, because each has another way out: `NoKeyring`,
`KeyringLocked`, `KeyMissing`, `KeyWrong`, `KeyringTimeout`.
"""

from typing import Protocol

from rapportdesk.vault.faults import already_kept, key_missing, require_same
from rapportdesk.vault.keyring_custody import KeyringCustody

__all__ = ["Custody", "KeyringCustody", "MemoryCustody", "PendingRead"]


class PendingRead(Protocol):
    """A key that has been asked for and not been waited for yet."""

    def result(self) -> bytes:
        """Wait for the key; raises what `Custody.read` raises. May be called again."""

    def cancel(self) -> None:
        """Stop waiting; whoever asks for the result later gets KeyringTimeout."""


class Custody(Protocol):
    """Where device keys are kept, one entry per key id."""

    def read(self, key_id: str) -> bytes:
        """Return the 32 bytes kept under this id.

        Raises:
            NoKeyring: No store fit for keys is there.
            KeyringLocked: The store is locked and stayed so.
            KeyMissing: The store has no such entry.
            KeyWrong: The entry holds no key; whether it is this vault's key, `slots.read_badge` says.
            KeyringTimeout: The store does not answer.
        """

    def start_read(self, key_id: str) -> PendingRead:
        """Ask for a key and return at once; faults come with its result."""

    def write(self, key_id: str, key: bytes) -> None:
        """Keep a new key.

        Raises:
            CustodyFault: As for `read`, and if there is an entry under this id already.
        """

    def delete(self, key_id: str) -> None:
        """Remove an entry.

        Raises:
            CustodyFault: As for `read`.
        """

    def prove(self, key_id: str, key: bytes) -> None:
        """Read the key back as the next start of the program will, and compare.

        Raises:
            CustodyFault: As for `read`; KeyWrong if something else is read.
        """

    def read_anchor(self, name: str) -> str:
        """Return how a file stood when it was last noted; nobody is ever asked anything for it.

        Raises:
            CustodyFault: As for `read`; KeyMissing if it was never noted here.
        """

    def keep_anchor(self, name: str, anchor: str) -> None:
        """Note how a file stands, in place of what was noted before; nobody is ever asked anything for it.

        Raises:
            CustodyFault: As for `read`.
        """


class MemoryCustody:
    """Keeps keys in this process and nowhere else: for the demo, which must leave nothing behind, and for tests."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}
        self._anchors: dict[str, str] = {}

    def read(self, key_id: str) -> bytes:
        """Return the key kept under this id."""
        try:
            return self._keys[key_id]
        except KeyError:
            raise key_missing() from None

    def start_read(self, key_id: str) -> PendingRead:
        """Return a read whose result is there already."""
        return _Read(self, key_id)

    def write(self, key_id: str, key: bytes) -> None:
        """Keep a new key."""
        if key_id in self._keys:
            raise already_kept()
        self._keys[key_id] = key

    def delete(self, key_id: str) -> None:
        """Remove an entry."""
        self.read(key_id)
        del self._keys[key_id]

    def prove(self, key_id: str, key: bytes) -> None:
        """Compare the key with what is kept."""
        require_same(self.read(key_id), key)

    def read_anchor(self, name: str) -> str:
        """Return what was noted."""
        try:
            return self._anchors[name]
        except KeyError:
            raise key_missing() from None

    def keep_anchor(self, name: str, anchor: str) -> None:
        """Note it."""
        self._anchors[name] = anchor


class _Read:
    def __init__(self, custody: MemoryCustody, key_id: str) -> None:
        self._custody, self._key_id = custody, key_id

    def result(self) -> bytes:
        return self._custody.read(self._key_id)

    def cancel(self) -> None:
        """There is nothing to stop."""
