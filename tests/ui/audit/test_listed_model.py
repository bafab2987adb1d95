"""The manager's list grows as it is scrolled, under Qt's own model tester, and measures no line that is passed over."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.looked import ListedLine, ListedPage
from rapportdesk.model.staff import Role
from ui.audit.listed_list import ListedList
from ui.audit.listed_model import ListedModel
from ui.look.painting import TextBlock
from ui.theme import Theme

AT = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
NOWHERE = QModelIndex()


def listed(number: int, name: str = "Nia Prydderch") -> ListedLine:
    return ListedLine(
        sequence=number, at=AT, who="Ana Ruiz", roles=frozenset({Role.RECEPTION}), words="looked at the card",
        who_id=StaffId("a"), patient=PatientId("b"), patient_name=name, why="for the work at the desk",
    )  # fmt: skip


class Record:
    """A record of so many lines that answers in pages, as the desk does."""

    def __init__(self, model: ListedModel, lines: int, page: int = 200, wanted: Callable[[int], bool] = bool) -> None:
        self.model, self.page, self.asked = model, page, 0
        self.lines, self.is_wanted = lines, wanted
        self.queue: list[int | None] = []
        model.wanted.connect(self._ask)

    def _ask(self) -> None:
        self.asked += 1
        self.queue.append(self.model.before)

    def answer(self) -> None:
        """Answer what was asked, and what is asked for by the answer."""
        while self.queue:
            before = self.queue.pop(0) or self.lines + 1
            numbers = range(before - 1, max(before - 1 - self.page, 0), -1)
            found = tuple(listed(number) for number in numbers if self.is_wanted(number))
            last = numbers[-1] if numbers else 0
            self.model.add(ListedPage(lines=found, before=last if last > 1 else None))


def watched(model: ListedModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 400), st.integers(20, 200), st.integers(1, 40))
def test_every_line_comes_once_in_order_whatever_the_pages(qapp: object, lines: int, page: int, of: int) -> None:
    model = ListedModel()
    watched(model)
    record = Record(model, lines, page, lambda number: number % of == 0)
    model.begin()
    record.answer()
    while model.canFetchMore(NOWHERE):
        model.fetchMore(NOWHERE)
        record.answer()
    assert [row.sequence for row in model.rows] == [number for number in range(lines, 0, -1) if number % of == 0]
    assert model.at_end


def test_more_is_asked_for_once_and_only_when_it_is_wanted(qapp: object) -> None:
    model = ListedModel()
    watched(model)
    record = Record(model, 1000)
    model.begin()
    model.fetchMore(NOWHERE)
    assert record.asked == 1
    record.answer()
    assert (record.asked, model.rowCount()) == (1, 200)
    assert not model.canFetchMore(model.index(0))


def test_stretches_without_a_wanted_line_are_gone_through_by_themselves(qapp: object) -> None:
    model = ListedModel()
    watched(model)
    record = Record(model, 5000, wanted=lambda number: number == 7)
    model.begin()
    record.answer()
    assert [row.sequence for row in model.rows] == [7]
    assert record.asked == 25


def test_a_new_question_begins_anew(qapp: object) -> None:
    model = ListedModel()
    watched(model)
    record = Record(model, 300)
    model.begin()
    record.answer()
    model.begin()
    assert (model.rowCount(), model.before) == (0, None)
    record.answer()
    assert model.rowCount() == 200


def test_a_line_is_read_out_as_one_sentence(qapp: object) -> None:
    model = ListedModel()
    model.begin()
    model.add(ListedPage(lines=(listed(1),), before=None))
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(said, str)
    for words in ("20 Nov 2026, 09:04", "Ana Ruiz", "looked at the card", "Nia Prydderch", "for the work at the desk"):
        assert words in said


def test_a_hundred_thousand_lines_are_shown_without_measuring_each(qtbot: QtBot, theme: Theme) -> None:
    model = ListedModel()
    view = ListedList(theme, model)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    measured: list[int] = []
    blocks = view._delegate.blocks

    def counted(line: Any, width: int) -> list[TextBlock]:
        measured.append(line.sequence)
        return blocks(line, width)

    view._delegate.blocks = counted  # type: ignore[method-assign,assignment]
    model.begin()
    for start in range(100_000, 0, -10_000):
        model.add(ListedPage(lines=tuple(listed(n) for n in range(start, start - 10_000, -1)), before=start - 10_000))
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.visualRect(model.index(99_999)).intersects(view.viewport().rect()))
    assert model.rowCount() == 100_000
    assert len(measured) < 2_000  # what is painted, and a few of the longest for each page


def test_no_row_is_lower_than_the_longest_needs(qtbot: QtBot, theme: Theme) -> None:
    model = ListedModel()
    view = ListedList(theme, model)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    model.begin()
    model.add(ListedPage(lines=tuple(listed(number) for number in range(9, 0, -1)), before=None))
    usual = view.row_height
    long = listed(99, "Gwenllian-Angharad Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Prydderch " * 2)
    model.add(ListedPage(lines=(long,), before=None))
    needs = view._delegate.height_of(long)
    assert view.row_height > usual
    assert view.row_height >= needs
    assert view.sizeHintForIndex(model.index(0)).height() == view.row_height
