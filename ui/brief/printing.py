"""Pages that were typeset once go to a printer as they are: SVG through Qt's renderer, page by page."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget


def print_pages(pages_svg: Sequence[str], over: QWidget) -> bool:
    """Ask which printer, and print.

    Args:
        pages_svg: One SVG document for each page.
        over: The widget the question belongs to.

    Returns:
        Whether it went to a printer.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("RapportDesk")
    printer.setFullPage(True)
    if QPrintDialog(printer, over).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    return paint_pages(pages_svg, printer)


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
