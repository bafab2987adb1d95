"""The library is kept by a manager from the window, and its files are saved by whoever gives them out."""

from collections.abc import Callable
from pathlib import Path

from tests.ui.conftest import EnterAs
from ui.leaflets.leaflets import LeafletsDialog
from ui.start.application import Application
from ui.work import Work

PDF = b"%PDF-1.7 leaflet"


def test_a_manager_adds_changes_and_puts_away(
    enter_as: EnterAs, settle: Callable[[Work], None], tmp_path: Path
) -> None:
    shell = enter_as("Ben Morgan")
    desk = shell.tools.desk
    dialog = LeafletsDialog(shell.tools, shell.window())
    dialog.open()
    settle(shell.tools.work)
    file = tmp_path / "scan.pdf"
    file.write_bytes(PDF)
    dialog.form.keep()
    assert dialog.form.title.edit.accessibleDescription() == "What is the leaflet called?"
    dialog.form.title.edit.setText("Your scan")
    dialog.form.take(file)
    dialog.form.keep()
    settle(shell.tools.work)
    (leaflet,) = desk.leaflets.list()
    assert desk.leaflets.file(leaflet.id) == PDF
    dialog.change(leaflet)
    dialog.form.title.edit.setText("The scan")
    dialog.form.keep()
    settle(shell.tools.work)
    (leaflet,) = desk.leaflets.list()
    assert leaflet.title == "The scan"
    dialog.put_away(leaflet)
    settle(shell.tools.work)
    assert desk.leaflets.list() == ()
    assert list(dialog.leaflets) == [leaflet.id], "it can be given out again"


def test_what_is_no_pdf_is_refused_in_words_and_stays_in_the_form(
    enter_as: EnterAs, settle: Callable[[Work], None], tmp_path: Path
) -> None:
    shell = enter_as("Ben Morgan")
    dialog = LeafletsDialog(shell.tools, shell.window())
    settle(shell.tools.work)
    for name, content in (("scan.pdf", b"MZ"), ("gone.pdf", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        dialog.form.title.edit.setText("Your scan")
        dialog.form.take(tmp_path / name)
        dialog.form.keep()
        settle(shell.tools.work)
        assert dialog._said.text()
        assert dialog.form.title.text == "Your scan"
    assert shell.tools.desk.leaflets.list() == ()


def test_reception_saves_a_file_and_is_offered_nothing_to_keep(
    enter_as: EnterAs, settle: Callable[[Work], None], tmp_path: Path, application: Application
) -> None:
    manager = enter_as("Ben Morgan")
    manager.tools.desk.leaflets.add("Your scan", file=PDF)
    application.lock()
    settle(application.work)
    shell = enter_as("Ana Ruiz")
    dialog = LeafletsDialog(shell.tools, shell.window())
    settle(shell.tools.work)
    (leaflet,) = shell.tools.desk.leaflets.list()
    assert dialog.form.isHidden()
    dialog.save_to(leaflet, tmp_path / "out.pdf")
    settle(shell.tools.work)
    assert (tmp_path / "out.pdf").read_bytes() == PDF
