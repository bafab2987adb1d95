"""Pages before they are printed, and as a file."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from rapportdesk.model.audit import AuditAction
from tests.paper.reading import text_of
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, SHIFT, Key, press
from tests.ui.pixels import painted
from ui.brief.preview import Page, PreviewDialog
from ui.brief.printing import paint_pages


@pytest.fixture
def preview(counter: Counter) -> PreviewDialog:
    counter.open("Nia Prydderch")
    press(Key.Key_P, CTRL | SHIFT)
    counter.settle()
    found = counter.shell.window().findChild(PreviewDialog)
    assert found is not None
    return found


def test_the_desk_slip_is_seen_before_it_is_printed(preview: PreviewDialog) -> None:
    pages = preview.findChildren(Page)

    assert [page.accessibleName() for page in pages] == ["Page 1 of 1"]
    pages[0].resize(560, pages[0].heightForWidth(560))
    colours = painted(pages[0])
    assert colours[0xFFFFFF] > 0.7 * colours.total(), "paper is white"
    assert len(colours) > 20, "and something is on it"


def test_a_saved_pdf_is_whole_and_its_owners_alone(preview: PreviewDialog, counter: Counter, tmp_path: Path) -> None:
    file = tmp_path / "slip.pdf"
    preview.save_to(file)
    counter.settle()

    assert file.read_bytes().startswith(b"%PDF")
    assert b"%%EOF" in file.read_bytes()[-32:]
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir() if "slip" in each.name] == ["slip.pdf"]
    assert "not encrypted" in counter.said


def test_a_folder_that_cannot_be_written_to_says_so_and_keeps_the_pages(
    preview: PreviewDialog, counter: Counter, tmp_path: Path
) -> None:
    preview.save_to(tmp_path / "not there" / "slip.pdf")
    counter.settle()

    assert preview.isVisible()
    assert preview.findChildren(Page)


def recorded(counter: Counter) -> list[AuditAction]:
    """What was recorded about pages, but for whom."""
    counter.settle()
    about = {AuditAction.PREVIEWED, AuditAction.DESK_SLIP_PRINTED}
    events = counter.desk.session().store.audit_events()
    return list(dict.fromkeys(event.action for event in events if event.action in about))


def test_a_look_is_recorded_as_a_look_and_printed_is_what_left_the_desk(
    preview: PreviewDialog, counter: Counter, tmp_path: Path
) -> None:
    assert recorded(counter) == [AuditAction.PREVIEWED]
    assert counter.desk.prints.to_destroy() == ()
    preview.save_to(tmp_path / "not there" / "slip.pdf")
    assert recorded(counter) == [AuditAction.PREVIEWED], "what could not be saved has not left"
    assert preview.findChild(Page) is not None

    preview.save_to(tmp_path / "slip.pdf")
    assert recorded(counter) == [AuditAction.PREVIEWED, AuditAction.DESK_SLIP_PRINTED]
    (waits,) = counter.desk.prints.to_destroy()
    assert waits.serial in text_of((tmp_path / "slip.pdf").read_bytes())


def test_the_same_pages_go_to_the_printer(preview: PreviewDialog, counter: Counter, tmp_path: Path) -> None:
    pages = counter.desk.paper.desk_slip().pages_svg
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    assert paint_pages(pages, printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000


def test_esc_closes_it_and_nothing_names_the_patient(preview: PreviewDialog) -> None:
    assert "Nia" not in preview.windowTitle()
    press(Key.Key_Escape, on=preview)
    app = QApplication.instance()
    assert app is not None

    assert not preview.isVisible()
