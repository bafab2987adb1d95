"""A manager looks at months that are over: bars and table say the same, and files hold no more."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from rapportdesk.model.feedback import FeedbackQuestion
from tests.ui.conftest import EnterAs
from tests.ui.counter import Counter
from tests.ui.keys import to_front
from tests.ui.scenes.feedback import BETTER, WHY, WORRIED, past_months
from ui.feedback.trend import TrendDialog
from ui.feedback.trend_table import TrendTable
from ui.work import Work

ADDRESS = "reviews.example.org/cwm-road"


@pytest.fixture
def manager(enter_as: EnterAs, qtbot: QtBot, settle: Callable[[Work], None]) -> Counter:
    """Ben, a manager, over a practice whose patients have answered for eight months."""
    counter = Counter(enter_as("Ben Morgan"), qtbot, settle)
    past_months(counter.desk)
    return counter


def opened(counter: Counter) -> TrendDialog:
    counter.shell.run("feedback-trend")
    counter.settle()
    dialog = next(each for each in counter.shell.window().findChildren(TrendDialog) if each.isVisible())
    to_front(dialog, counter.qtbot)
    return dialog


def rows(table: TrendTable) -> list[tuple[str, ...]]:
    return [tuple(_text(table, row, column) for column in range(3)) for row in range(table.rowCount())]


def _text(table: TrendTable, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def test_the_table_says_what_may_be_said(manager: Counter) -> None:
    assert rows(opened(manager).table) == [
        ("October 2026", "25", "18 of 25, 72 %"),
        ("September 2026", "27", "21 of 27, 78 %"),
        ("August 2026", "13", "fewer than 5"),
        ("July 2026", "32", "all but fewer than 5"),
        ("June 2026", "fewer than 5", "too few to say"),
        ("May 2026", "23", "14 of 23, 61 %"),
        ("April 2026", "12", "all but fewer than 5"),
        ("March 2026", "6", "too few to say"),
    ]


def test_another_question_shows_its_own_months(manager: Counter) -> None:
    dialog = opened(manager)
    dialog.question.setCurrentIndex(dialog.question.findData(FeedbackQuestion.LISTENED))
    assert rows(dialog.table)[0] == ("October 2026", "25", "all but fewer than 5")


def test_bars_differ_only_where_the_table_does(manager: Counter) -> None:
    dialog = opened(manager)
    overall = dialog.plot.grab().toImage()
    dialog.question.setCurrentIndex(dialog.question.findData(FeedbackQuestion.LISTENED))
    assert dialog.plot.grab().toImage() != overall, "the control: other figures are another picture"
    dialog.question.setCurrentIndex(dialog.question.findData(FeedbackQuestion.OVERALL))
    assert dialog.plot.grab().toImage() == overall


def test_words_of_months_with_enough_answers_are_read_and_a_concern_is_ticked_off(manager: Counter) -> None:
    dialog = opened(manager)
    said = "\n".join(each.accessibleName() for each in dialog.findChildren(QPushButton))
    assert WORRIED in said
    next(each for each in dialog.findChildren(QPushButton) if WORRIED in each.accessibleName()).click()
    manager.settle()
    assert manager.desk.feedback.shown().concerns == ()
    assert dialog._concerns.isHidden()
    written = [words for _month, words in manager.desk.feedback.shown().words]
    assert [(each.why, each.better) for each in written] == [(WHY, BETTER)]


def test_the_files_are_written_or_the_fault_is_said(manager: Counter, tmp_path: Path) -> None:
    dialog = opened(manager)
    dialog.save_csv(f"{tmp_path}/trend.csv")
    dialog.save_picture(f"{tmp_path}/trend.png")
    manager.settle()
    lines = (tmp_path / "trend.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 8 * len(FeedbackQuestion)
    assert not QImage(f"{tmp_path}/trend.png").isNull()
    assert all(each.stat().st_mode & 0o077 == 0 for each in tmp_path.glob("trend.*")), "their owner's alone"
    assert dialog._said.isHidden()
    dialog.save_picture(f"{tmp_path}/nowhere/trend.png")
    manager.settle()
    assert not dialog._said.isHidden()


def test_the_address_for_reviews_is_kept(manager: Counter) -> None:
    dialog = opened(manager)
    dialog.address.edit.setText(f" {ADDRESS} ")
    dialog.keep_address.click()
    manager.settle()
    assert manager.desk.feedback.shown().review_address == ADDRESS
    assert QApplication.activeModalWidget() is dialog
