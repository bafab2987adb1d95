"""What the vault says when it refuses: one sentence per fault, the same wherever the fault is found."""

from rapportdesk.errors import KeyWrong, Tampered, WrongSecret
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
        _("The key in this computer's password store belongs to another file."),
        _("The desk's recovery sheet opens this one."),
    )
