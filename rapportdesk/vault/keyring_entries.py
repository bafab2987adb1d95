"""How a device key lies in the operating system's password store, and what the store's answers mean to a person.

Imports next to nothing: the process that finds out who may sign in waits for it.
"""

from base64 import b64decode

from rapportdesk.errors import CustodyFault, KeyringLocked, KeyringTimeout, KeyWrong, NoKeyring
from rapportdesk.language import _
from rapportdesk.vault.faults import already_kept, key_missing

_SERVICE = "RapportDesk/"
_USER = "device key"
_ANCHOR, _ANCHOR_USER = "RapportDesk/anchor/", "anchor"
_KEY_BYTES = 32


def entry_request(action: str, key_id: str) -> dict[str, str]:
    """Return a question about the entry of a key, as `keyring_process.answer` takes it."""
    return {"action": action, "service": _SERVICE + key_id, "user": _USER}


def anchor_request(action: str, name: str) -> dict[str, str]:
    """Return a question about how a file stood ("look" or "replace"), as `keyring_process.answer` takes it."""
    return {"action": action, "service": _ANCHOR + name, "user": _ANCHOR_USER}


def read_request(key_id: str) -> dict[str, str]:
    """Return the question for a key, as `keyring_process` takes it."""
    return entry_request("read", key_id)


def key_kept_as(value: str) -> bytes:
    """Return the key that an entry holds.

    Raises:
        KeyWrong: The entry holds no key.
    """
    try:
        key = b64decode(value, validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise KeyWrong(
            _("What this computer's password store keeps for this file does not open it."),
            _("The desk's recovery sheet opens the file."),
        )
    return key


def fault_of(outcome: str) -> CustodyFault:
    """Return what an outcome of `keyring_process` (or "timeout") means to a person."""
    sheet = _("The desk's recovery sheet opens the file meanwhile.")
    if outcome == "missing":
        return key_missing()
    if outcome == "exists":
        return already_kept()
    if outcome == "locked":
        return KeyringLocked(
            _("Your computer's password store is locked."), _("Unlock it and try again.") + " " + sheet
        )
    if outcome == "timeout":
        return KeyringTimeout(
            _("Your computer's password store does not answer."),
            _("Try again, or restart the computer.") + " " + sheet,
        )
    if outcome == "unfit":
        return NoKeyring(
            _("The password store set up on this computer does not protect what it keeps, so it is not used."),
            _("Set up GNOME Keyring, KWallet, or the store that came with Windows or macOS.") + " " + sheet,
        )
    if outcome == "absent":
        return NoKeyring(
            _("This computer has no password store that RapportDesk can use."),
            _("On Linux, GNOME Keyring or KWallet is needed.") + " " + sheet,
        )
    return NoKeyring(_("Your computer's password store does not work."), _("Restart the computer.") + " " + sheet)
