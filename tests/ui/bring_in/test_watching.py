"""A file that is dropped in the watched folder comes in by itself, and Today says so in one line."""

import json
from pathlib import Path

import pytest

from tests.desk.bring_in.test_imports import read_here
from tests.ui.bring_in.test_bring_in import PERSON, names
from tests.ui.counter import Counter
from ui.bring_in import watching
from ui.bring_in.watching import Watching


def test_a_dropped_file_comes_in_and_today_says_so(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapportdesk.desk.bring_in.imports.read_files", read_here)
    monkeypatch.setattr(watching, "STILL_MS", 20)
    folder = tmp_path / "exports"
    folder.mkdir()
    counter.settle()
    counter.desk.session().store.put_setting("watched-folder", str(folder))
    watch = Watching(counter.shell.tools)
    watch.brought_in.connect(counter.shell.refresh)
    watch.begin()
    counter.settle()
    (folder / "people.json").write_text(json.dumps(PERSON), encoding="utf-8")
    counter.qtbot.waitUntil(lambda: (folder / "done" / "people.json").exists(), timeout=20_000)
    assert names(counter) == ["Eluned Gwynne"]
    line = counter.shell.screens.today.brought  # type: ignore[attr-defined]  # the shell knows it as a Screen
    counter.qtbot.waitUntil(lambda: not line.isHidden(), timeout=20_000)
    assert "brought in" in line.text()
    (folder / "broken.json").write_text("not a schedule", encoding="utf-8")
    counter.qtbot.waitUntil(lambda: (folder / "failed" / "broken.json.reason.txt").exists(), timeout=20_000)
    watch.deleteLater()
    counter.settle()
