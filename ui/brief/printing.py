"""Pages that were typeset once go to a printer as they are: SVG through Qt's renderer, page by page.

Printers are asked for at this computer's own print service alone, through its socket in the file system: where there is
none, CUPS would look for one over the network.
"""

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

_SERVICE = "/run/cups/cups.sock"
"""Where CUPS listens on this computer (cupsd.conf(5), `Listen`); an administrator's CUPS_SERVER goes before."""


def new_printer() -> QPrinter:
    """Return a printer to print pages on, which is this computer's usual one until another is chosen."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("CUPS_SERVER", _SERVICE)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("RapportDesk")
    printer.setFullPage(True)
    return printer


def ask_printer(over: QWidget) -> QPrinter | None:
    """Ask which printer; None when nothing is to be printed.

    Args:
        over: The widget the question belongs to.
    """
    printer = new_printer()
    return printer if QPrintDialog(printer, over).exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(pages_svg: Sequence[str], over: QWidget) -> bool:
    """Ask which printer, and print; return whether it went to one."""
    printer = ask_printer(over)
    return printer is not None and paint_pages(pages_svg, printer)


def paint_pages(pages_svg: Sequence[str], printer: QPrinter) -> bool:
    """Paint every page onto `printer`; return whether it could be begun."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, page in enumerate(pages_svg):
        if number:
            printer.newPage()
        QSvgRenderer(QByteArray(page.encode())).render(
            painter, printer.pageLayout().fullRectPixels(printer.resolution())
        )
    painter.end()
    return True
