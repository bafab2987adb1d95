"""A link is given to the computer's own program by Qt, as one argument and never through a shell."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from rapportdesk.errors import BadInput
from rapportdesk.language import _


def open_link(uri: str) -> None:
    """Have the program that this computer keeps for such links open one.

    Args:
        uri: "mailto:", "sms:" or "tel:", percent-encoded; taken as it is or not at all.

    Raises:
        BadInput: It is no link, or no program takes it.
    """
    url = QUrl.fromEncoded(uri.encode(), QUrl.ParsingMode.StrictMode)
    if not url.isValid() or not QDesktopServices.openUrl(url):
        raise BadInput(_("No program here opens that."), _("Copy it instead."))
