"""The device key is kept by somebody else, who is never trusted to be well.

A missing entry never means a first run: whoever asks for a key by id knows that there was one. An entry is never
overwritten; a new key gets a new id. Five faults are told apart, because each has another way out: `NoKeyring`,
`KeyringLocked`, `KeyMissing`, `KeyWrong`, `KeyringTimeout`.
"""

import hmac
from typing import Protocol

from rapportdesk.errors import CustodyFault, KeyMissing, KeyWrong
from rapportdesk.language import _


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


class MemoryCustody:
    """Keeps keys in this process and nowhere else: for the demo, which must leave nothing behind, and for tests."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}

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


class _Read:
    def __init__(self, custody: MemoryCustody, key_id: str) -> None:
        self._custody, self._key_id = custody, key_id

    def result(self) -> bytes:
        return self._custody.read(self._key_id)

    def cancel(self) -> None:
        """There is nothing to stop."""


def key_missing() -> KeyMissing:
    """Say that the store works and has no such entry."""
    return KeyMissing(
        _("This computer's password store no longer has the key to this file."),
        _("Nothing is lost: the desk's recovery sheet opens it."),
    )


def already_kept() -> CustodyFault:
    """Say that an entry is never overwritten."""
    return CustodyFault(
        _("This computer's password store already has a key under this name."), _("It was left as it is.")
    )


def require_same(kept: bytes, key: bytes) -> None:
    """Return only if the key that was read is the key that was written."""
    if not hmac.compare_digest(kept, key):
        raise KeyWrong(
            _("This computer's password store gave back another key than the one it was given."),
            _("The old key stays in use."),
        )
