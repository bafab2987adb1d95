"""Which secrets somebody may choose: long enough to be worth stretching, never an excuse for rules about symbols.

NIST SP 800-63B-4, 3.1.1.2: at least 8 characters where the passphrase stands beside another factor (here the device
key), no rules of composition, no forced renewal.
"""

from collections.abc import Set as AbstractSet

from rapportdesk.errors import BadInput
from rapportdesk.language import _

PASSPHRASE_LEAST = 8
PIN_LEAST = 6
LONGEST = 1024

_ROWS = ("01234567890123456789", "98765432109876543210")


def check_new_secret(secret: str, *, pin: bool, roles: AbstractSet[str]) -> None:
    """Return only if the secret may be chosen.

    Args:
        secret: What was typed.
        pin: Whether it is meant as a PIN.
        roles: The roles of whoever will use it.

    Raises:
        BadInput: It is too short, too long, or a PIN where a passphrase is needed.
    """
    if len(secret) > LONGEST:
        raise BadInput(_("That is too long for a passphrase."), _("Use one or two sentences at most."))
    if not pin:
        if len(secret) < PASSPHRASE_LEAST:
            raise BadInput(
                _("A passphrase needs at least {count} characters.").format(count=PASSPHRASE_LEAST),
                _("Four words that mean something only to you are easy to keep."),
            )
        return
    if set(roles) != {"reception"}:
        raise BadInput(_("Only reception can sign in with a PIN."), _("Choose a passphrase."))
    if not (secret.isascii() and secret.isdigit()) or len(secret) < PIN_LEAST:
        raise BadInput(_("A PIN needs at least {count} digits.").format(count=PIN_LEAST))
    if any(secret in row for row in _ROWS) or len(set(secret)) == 1:
        raise BadInput(_("That PIN is too easy to guess."), _("Avoid one digit repeated, or digits in a row."))
