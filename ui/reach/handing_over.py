"""A message goes to the clipboard, to another program or to paper: nothing is sent from here."""

from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from rapportdesk.model.message import HandedOver, HandedTo
from ui.brief.preview import PreviewDialog
from ui.reach.opener import open_link
from ui.screen import Tools


def give(tools: Tools, handed: HandedOver, over: QWidget, *, large_print: bool = False) -> None:
    """Hand a message on.

    Args:
        tools: The desk that sets a letter.
        handed: What the desk gave out, and where to.
        over: What a letter's preview belongs to.
        large_print: Of a letter.

    Raises:
        BadInput: No program here opens the link.
    """
    match handed.to:
        case HandedTo.CLIPBOARD:
            QApplication.clipboard().setText(handed.text)
        case HandedTo.PROGRAM:
            open_link(handed.uri)
        case HandedTo.PAPER:
            letter = partial(tools.desk.messages.letter, handed.communication, large_print=large_print)
            PreviewDialog(tools, letter, over).open()
