"""Where the device key lies: the operating system's password store, or memory for what is thrown away."""

from rapportdesk.vault.custody import Custody, MemoryCustody
from rapportdesk.vault.keyring_custody import KeyringCustody

__all__ = ["Custody", "MemoryCustody", "system_custody"]


def system_custody() -> KeyringCustody:
    """Return the operating system's password store, reached through a child process that can be ended."""
    return KeyringCustody()
