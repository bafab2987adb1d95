"""A message leaves as a link that the computer's own program opens: RFC 6068 mailto, RFC 5724 sms, RFC 3966 tel.

The library encodes every part, so that no sign of a number, an address or a text can begin a part of its own.
"""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from urllib.parse import quote, urlencode

from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.patient import ContactSystem

_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_BETWEEN_DIGITS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]")


def link(system: ContactSystem, value: str, subject: str, text: str) -> str:
    """Return the link by which the computer's own program takes the message.

    Args:
        system: E-mail, text message or telephone.
        value: The address or number as it stands on the card.
        subject: For an e-mail.
        text: For an e-mail or a text message; a call has none.

    Raises:
        BadInput: The address or number is none, or the way has no link.
    """
    match system:
        case ContactSystem.EMAIL:
            parts = {"subject": subject, "body": "\r\n".join(text.splitlines())}
            return f"mailto:{_address(value)}?{urlencode(parts, quote_via=quote, safe='')}"
        case ContactSystem.SMS:
            return f"sms:{_number(value)}?{urlencode({'body': text}, quote_via=quote, safe='')}"
        case ContactSystem.PHONE | ContactSystem.VOICEMAIL:
            return f"tel:{_number(value)}"
        case ContactSystem.POST:
            raise BadInput(_("A letter is printed."))


def _address(value: str) -> str:
    try:
        address = Address(addr_spec=value.strip())
    except (ValueError, HeaderParseError, IndexError):
        raise _not_one(_("That is no e-mail address.")) from None
    if not address.username or not address.domain:
        raise _not_one(_("That is no e-mail address."))
    return f"{quote(address.username, safe='')}@{quote(address.domain, safe='')}"


def _number(value: str) -> str:
    number = _BETWEEN_DIGITS.sub("", value.strip())
    if not _NUMBER.fullmatch(number):
        raise _not_one(_("That is no telephone number."))
    return number


def _not_one(sentence: str) -> BadInput:
    return BadInput(sentence, _("Put it right on the card first."))
