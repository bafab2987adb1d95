"""A file is written whole, for its owner alone, or not at all; nothing is asked for where nothing can be written."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.errors import BadInput, NotAllowed
from ui.widgets.save_file import ask_where, write_whole


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "brief.pdf", lambda: b"%PDF")
    assert (tmp_path / "brief.pdf").read_bytes() == b"%PDF"
    assert (tmp_path / "brief.pdf").stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["brief.pdf"]


def test_an_older_file_survives_what_cannot_be_written_or_made(tmp_path: Path) -> None:
    def refused() -> bytes:
        raise NotAllowed("no", "ask")

    older = tmp_path / "brief.pdf"
    older.write_bytes(b"older")
    with pytest.raises(NotAllowed):
        write_whole(older, refused)
    assert older.read_bytes() == b"older"
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput):
        write_whole(tmp_path / "folder", lambda: b"%PDF")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["brief.pdf", "folder"]


def test_nothing_is_made_where_nothing_can_be_written(tmp_path: Path) -> None:
    made = list[str]()

    def make() -> bytes:
        made.append("made")
        return b"%PDF"

    with pytest.raises(BadInput):
        write_whole(tmp_path / "not there" / "brief.pdf", make)
    assert made == []
    write_whole(tmp_path / "brief.pdf", make)
    assert made == ["made"], "the control"


@pytest.mark.parametrize(
    ("name", "kinds", "ending"),
    [("form.jpg", (), "jpg"), ("brief.pdf", ("PDF (*.pdf)",), "pdf"), ("record", ("CSV (*.csv)", "X (*.json)"), "csv")],
)
def test_where_it_is_to_lie_is_asked_in_a_dialog_that_the_cover_reaches(
    qtbot: QtBot, tmp_path: Path, name: str, kinds: tuple[str, ...], ending: str
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    taken = list[Path]()
    dialog = ask_where(over, "Save", name, taken.append, kinds=kinds)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == ending
    if len(kinds) > 1:
        dialog.filterSelected.emit(kinds[1])
        assert dialog.defaultSuffix() == "json"
    dialog.fileSelected.emit(str(tmp_path / "a"))
    assert taken == [tmp_path / "a"]
    dialog.close()
