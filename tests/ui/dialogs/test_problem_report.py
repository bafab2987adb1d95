"""What is known of a fault is read by a person before it goes anywhere, and holds nothing of what was worked on."""

from pathlib import Path

import pytest

from tests.ui.counter import Counter
from tests.ui.dialogs.conftest import SignIn, on_top, press_named
from tests.ui.keys import Key, press
from ui.dialogs.problem_report import ProblemReportDialog
from ui.start.application import Application
from ui.start.bugs import REPORT_NAME, BugReports

SAID = "the leeks took second prize"


@pytest.fixture
def ana(counter: SignIn, application: Application) -> Counter:
    """At the counter, where the program has just failed in the middle of somebody's words."""
    at = counter("Ana Ruiz")
    try:
        raise KeyError(SAID)
    except KeyError as error:
        BugReports(application.around.settings.beside(REPORT_NAME), application.broke.emit).report(error)
    at.settle()
    return at


def read(ana: Counter) -> ProblemReportDialog:
    press_named(ana.shell, "Read the report")
    ana.settle()
    return on_top(ProblemReportDialog)


def test_what_is_shown_is_all_that_is_saved_and_has_no_word_of_anybody(
    ana: Counter, application: Application, tmp_path: Path
) -> None:
    dialog = read(ana)
    dialog.save_to(tmp_path / "report.txt")
    ana.settle()
    saved = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert saved == dialog.text.accessibleName()
    assert saved == application.around.settings.beside(REPORT_NAME).read_text(encoding="utf-8")
    assert "builtins.KeyError" in saved
    assert "leeks" not in saved
    dialog.close()


def test_it_can_be_thrown_away_by_keys(ana: Counter, application: Application) -> None:
    dialog = read(ana)
    press(Key.Key_Space, on=dialog.throw_away)
    ana.settle()
    assert not application.around.settings.beside(REPORT_NAME).exists()
    assert dialog.save.isHidden()
    assert dialog.close_button.hasFocus()
    dialog.close()


def test_a_folder_that_takes_nothing_is_said(ana: Counter, tmp_path: Path) -> None:
    dialog = read(ana)
    dialog.save_to(tmp_path / "nowhere" / "report.txt")
    ana.settle()
    assert "cannot be written" in dialog.said.text()
    dialog.close()
