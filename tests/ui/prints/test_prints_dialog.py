"""What was printed is ticked off by its serial, and asked after when the window closes."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox

from rapportdesk.model.printout import PrintKind
from tests.ui.conftest import WAIT_MS
from tests.ui.counter import Counter
from tests.ui.keys import Key, focused, press, to_front
from ui.brief import preview
from ui.brief.preview import PreviewDialog
from ui.brief.printing import paint_pages
from ui.prints.prints_dialog import PrintsDialog
from ui.start.application import Application


def waiting(counter: Counter) -> list[str]:
    counter.settle()
    return [each.serial for each in counter.desk.prints.to_destroy()]


@pytest.fixture
def printed(counter: Counter) -> Counter:
    counter.settle()
    counter.desk.prints.printed(("AAAA", "BBBB"), PrintKind.DESK_SLIP)
    return counter


def dialog_of(counter: Counter) -> PrintsDialog:
    counter.settle()
    found = [each for each in counter.shell.window().findChildren(PrintsDialog) if each.isVisible()]
    assert found, "nothing is asked"
    to_front(found[-1], counter.qtbot)
    return found[-1]


def test_a_slip_that_went_to_the_printer_waits_by_the_serial_that_is_on_it(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    counter.shell.run("slips")
    counter.settle()
    dialog = counter.shell.window().findChild(PreviewDialog)
    assert dialog is not None
    monkeypatch.setattr(preview, "ask_printer", lambda _over: None)
    dialog.print_pages()
    counter.settle()
    assert waiting(counter) == [], "what was not printed does not wait"

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    painted = list[str]()

    def paint(pages_svg: tuple[str, ...], to: QPrinter) -> bool:
        painted.extend(pages_svg)
        return paint_pages(pages_svg, to)

    monkeypatch.setattr(preview, "ask_printer", lambda _over: printer)
    monkeypatch.setattr(preview, "paint_pages", paint)
    dialog.print_pages()
    counter.settle()
    assert len(waiting(counter)) == len(painted) == 1
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert "Sent to the printer" in counter.said


def test_they_are_ticked_by_key(printed: Counter) -> None:
    printed.shell.run("prints")
    dialog = dialog_of(printed)
    assert isinstance(focused(), QCheckBox)
    assert not dialog.gone.isEnabled()
    press(Key.Key_Space)
    dialog.gone.click()
    assert waiting(printed) == ["BBBB"]
    dialog.every.click()
    assert waiting(printed) == []
    printed.settle()
    assert dialog.isVisible()
    assert dialog.gone.isHidden(), "there is nothing left to press them for"
    assert dialog.every.isHidden()
    dialog.close()


def test_closing_the_window_asks_once_and_closes_behind_the_answer(printed: Counter, application: Application) -> None:
    application.window.close()
    dialog = dialog_of(printed)
    assert application.window.isVisible()
    with printed.qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        dialog.every.click()


def test_who_asks_for_the_sheet_before_the_list_is_there_is_shown_it(
    counter: Counter, application: Application
) -> None:
    counter.settle()
    dialog = PrintsDialog(
        counter.shell.tools, application.window, closing=True, sheet_for=counter.desk.paper.next_day()
    )
    dialog.finished.connect(application.close)
    dialog.open()
    dialog.sheet.click()  # the answer that nothing waits is still on its way
    counter.settle()
    shown = dialog.findChild(PreviewDialog)
    assert shown is not None
    assert shown.isVisible()
    assert application.window.isVisible()
    with counter.qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        shown.reject()


def test_nobody_is_kept_from_leaving(printed: Counter, application: Application) -> None:
    application.window.close()
    dialog_of(printed)
    with printed.qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        application.window.close()


def test_without_paper_nothing_is_asked(counter: Counter, application: Application) -> None:
    counter.settle()
    with counter.qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        application.window.close()
    assert application.window.findChild(PrintsDialog) is None
