"""What the vault says when it refuses: one sentence per fault, the same wherever the fault is found."""

import hmac

from rapportdesk.errors import CustodyFault, KeyMissing, KeyWrong, Tampered, WrongSecret
from rapportdesk.language import _


def tampered() -> Tampered:
    """Say that something does not authenticate, without saying what it held."""
    return Tampered(
        _("Something in this file was changed by something other than RapportDesk."),
        _("Nothing was overwritten. Check the file, or restore a backup."),
    )


def wrong_secret() -> WrongSecret:
    """Say that the passphrase or PIN does not open the slot."""
    return WrongSecret(_("That passphrase or PIN is not right."), _("Try again, or ask a manager to reset it."))


def wrong_code() -> WrongSecret:
    """Say that a well-formed recovery code belongs to another sheet."""
    return WrongSecret(
        _("That code does not belong to this recovery sheet."),
        _("Compare the sheet's number with the one asked for."),
    )


def wrong_device_key() -> KeyWrong:
    """Say that the computer's password store holds a key of another file."""
    return KeyWrong(
        _("What this computer's password store keeps opens another file."),
        _("The desk's recovery sheet opens this one."),
    )


def key_missing() -> KeyMissing:
    """Say that the store works and has no such entry."""
    return KeyMissing(
        _("This computer's password store no longer knows how to open this file."),
        _("Nothing is lost: the desk's recovery sheet opens it."),
    )


def already_kept() -> CustodyFault:
    """Say that an entry is never overwritten."""
    return CustodyFault(
        _("This computer's password store already keeps something under this name."), _("It was left as it is.")
    )


def require_same(kept: bytes, key: bytes) -> None:
    """Return only if the key that was read is the key that was written."""
    if not hmac.compare_digest(kept, key):
        raise KeyWrong(
            _("This computer's password store gave back something else than it was given."),
            _("Everything stays as it was."),
        )
