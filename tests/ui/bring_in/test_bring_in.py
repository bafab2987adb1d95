"""What files would change is read before anything changes; it can be left or stopped at any moment."""

import datetime as dt
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from rapportdesk.exchange import ImportPlan, parse_files
from tests.ui.counter import Counter
from tests.ui.dialogs.conftest import said
from ui.bring_in.bring_in import BringIn
from ui.look.bidi import isolate

PERSON = {"resourceType": "Patient", "id": "1", "name": [{"text": "Eluned Gwynne"}], "birthDate": "1950-05-17"}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one new person, read without a process of its own."""

    def read(paths: Sequence[Path], *, zone: dt.tzinfo | None, cancelled: threading.Event, **how: Any) -> ImportPlan:
        assert not cancelled.is_set()
        return parse_files(paths, zone=zone, **how)

    monkeypatch.setattr("rapportdesk.desk.bring_in.imports.read_files", read)
    monkeypatch.setattr("rapportdesk.desk.bring_in.imports.look_at_tables", lambda _paths, **_how: ())
    path = tmp_path / "people.json"
    path.write_text(json.dumps(PERSON), encoding="utf-8")
    return path


def opened(counter: Counter) -> BringIn:
    counter.shell.run("import")
    counter.settle()
    return on_top()


def on_top() -> BringIn:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, BringIn) and each.isVisible()]
    return found


def read(counter: Counter, dialog: BringIn) -> None:
    counter.qtbot.waitUntil(lambda: not dialog.stop.isVisible())
    counter.settle()


def names(counter: Counter) -> list[str]:
    counter.settle()
    return [hit.name for hit in counter.desk.search("Eluned Gwynne").hits]


def test_nothing_changes_until_it_is_said(counter: Counter, file: Path) -> None:
    dialog = opened(counter)
    dialog.take((file,))
    read(counter, dialog)
    assert f"{isolate('Eluned Gwynne')}, born 17 May 1950" in said(dialog)
    assert "Nothing has changed yet" in said(dialog)
    assert names(counter) == []
    dialog.bring.click()
    counter.qtbot.waitUntil(dialog.leave.isVisible)
    assert names(counter) == ["Eluned Gwynne"]
    dialog.leave.click()


def test_leaving_brings_nothing_in(counter: Counter, file: Path) -> None:
    dialog = opened(counter)
    dialog.take((file,))
    read(counter, dialog)
    dialog.leave.click()
    assert names(counter) == []


def test_writing_can_be_stopped(counter: Counter, file: Path) -> None:
    dialog = opened(counter)
    dialog.take((file,))
    read(counter, dialog)
    dialog.bring.click()
    dialog.stop.click()  # before the worker's first answer is here
    counter.settle()
    told = "It was in already" in said(dialog)
    assert told is ("Nothing was brought in" not in said(dialog))
    assert names(counter) == (["Eluned Gwynne"] if told else [])
    assert dialog.choose.isVisible()
    dialog.leave.click()


def test_a_file_that_cannot_be_read_is_named_and_another_can_be_chosen(counter: Counter, file: Path) -> None:
    file.write_text("not a schedule", encoding="utf-8")
    dialog = opened(counter)
    dialog.take((file,))
    read(counter, dialog)
    assert "people.json" in said(dialog)
    file.write_text(json.dumps(PERSON), encoding="utf-8")
    dialog.take((file,))
    read(counter, dialog)
    assert dialog.bring.isVisible()
    dialog.leave.click()


def test_files_dropped_on_the_window_are_read(counter: Counter, file: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    counter.shell.dropEvent(event)
    counter.settle()
    dialog = on_top()
    read(counter, dialog)
    assert "Eluned Gwynne" in said(dialog)
    dialog.leave.click()


def test_locking_meanwhile_brings_nothing_in(counter: Counter, file: Path) -> None:
    dialog = opened(counter)
    dialog.take((file,))
    read(counter, dialog)
    counter.shell.run("lock")
    counter.settle()
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, BringIn) and each.isVisible()]
