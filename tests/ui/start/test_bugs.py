"""A bug report says where and of what type, and not a word of what was worked on."""

import threading
from pathlib import Path

import pytest

from rapportdesk.event_log import describe
from ui.start.bugs import MOST_BYTES, BugReports

SAID = "Nia said that the leeks took second prize"


def break_something() -> None:
    try:
        raise KeyError(SAID)
    except KeyError as error:
        raise ValueError(SAID) from error


def caught() -> BaseException:
    with pytest.raises(ValueError, match="leeks") as thrown:
        break_something()
    return thrown.value


def test_a_report_names_type_and_place_and_none_of_the_words() -> None:
    report = describe(caught())
    assert "builtins.ValueError" in report
    assert "builtins.KeyError" in report
    assert "in break_something" in report
    assert "leeks" not in report
    assert str(Path.home()) not in report


def test_reports_go_into_a_file_and_the_window_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    reports = BugReports(tmp_path / "made" / "bugs.txt", lambda: told.append("told"))
    reports.report(caught())
    reports.report(caught())
    text = (tmp_path / "made" / "bugs.txt").read_text(encoding="utf-8")
    assert text.count("builtins.ValueError") == 2
    assert told == ["told", "told"]
    assert "leeks" not in text + capsys.readouterr().err


def test_the_file_is_begun_anew_before_it_grows_without_end(tmp_path: Path) -> None:
    file = tmp_path / "bugs.txt"
    file.write_bytes(b"x" * (MOST_BYTES + 1))
    BugReports(file, lambda: None).report(caught())
    assert file.stat().st_size < MOST_BYTES


def test_a_disk_that_takes_nothing_does_not_make_two_bugs_of_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    told: list[str] = []
    BugReports(tmp_path / "file" / "bugs.txt", lambda: told.append("told")).report(caught())
    assert told == ["told"]


def test_uncaught_exceptions_of_any_thread_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    BugReports(tmp_path / "bugs.txt", lambda: told.append("told")).install()
    thread = threading.Thread(target=break_something)
    thread.start()
    thread.join()
    assert told == ["told"]
