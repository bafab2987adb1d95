"""The lists' models, without a window, under Qt's own model tester."""

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from rapportdesk.model.shown import PromiseRow, SearchResults
from tests.ui.people import found, hit, morning, promise
from ui.rows import HitsModel, NowLine, PromiseModel, RowRole, TodayModel, Visit


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.fixture
def today() -> Iterator[TodayModel]:
    model = TodayModel()
    tester = watched(model)
    yield model
    tester.deleteLater()


def test_a_refresh_keeps_a_row_that_stays_in_its_place(qapp: object, today: TodayModel) -> None:
    visits = [Visit(row=row, time="09:00") for row in morning().rows]
    today.replace([visits[0], NowLine("08:02"), *visits[1:]])
    kept = QPersistentModelIndex(today.index_of(visits[5].row.appointment.id))

    arrived = dataclasses.replace(visits[5], status="waiting 1 min", loud=True)
    today.replace([NowLine("08:31"), *visits[3:5], arrived, *visits[6:]])

    assert kept.isValid()
    assert today.row_at(kept) == arrived
    assert [type(row) for row in today.rows][:2] == [NowLine, Visit]


def test_the_now_line_is_no_row_to_stop_on(qapp: object, today: TodayModel) -> None:
    visit = Visit(row=morning().rows[0], time="08:00")
    today.replace([visit, NowLine("08:02")])

    assert today.flags(today.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert not today.flags(today.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert not today.flags(today.index(1)) & Qt.ItemFlag.ItemIsEnabled


def test_a_visit_is_read_out_as_one_sentence(qapp: object, today: TodayModel) -> None:
    row = morning().rows[7]
    today.replace([Visit(row=row, time="09:00", status="waiting 4 min", loud=True)])

    said = today.data(today.index(0), Qt.ItemDataRole.AccessibleTextRole)

    assert said == "09:00, \u2068Nia Prydderch\u2069, Dr Osei · 20 min, waiting 4 min"
    assert today.data(today.index(0), RowRole.ROW) == today.rows[0]


@given(st.lists(st.lists(st.integers(0, 8), unique=True), min_size=1, max_size=6))
def test_any_run_of_refreshes_ends_with_the_rows_last_given(days: list[list[int]]) -> None:
    pool = [promise(f"promise {at}", due_words="today") for at in range(9)]
    model = PromiseModel()
    tester = watched(model)
    for day in days:
        rows: list[PromiseRow] = [pool[at] for at in day]
        model.replace(rows)
        assert list(model.rows) == rows
    tester.deleteLater()


def test_a_promise_can_be_ticked(qapp: object) -> None:
    model = PromiseModel()
    tester = watched(model)
    model.replace(morning().promised)

    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert model.data(model.index(0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    tester.deleteLater()


def test_painted_hits_never_move_while_their_text_stands(qapp: object) -> None:
    model = HitsModel()
    tester = watched(model)
    ann, bea, cai = hit("Ann One"), hit("Bea Two"), hit("Cai Three")
    model.show(found("a", bea, cai))
    later = found("a", ann, cai, bea)

    model.show(later)

    assert model.rows == (bea, cai, ann)
    assert later.hits != model.rows, "the control: the later answer had another order"
    tester.deleteLater()


def test_hits_that_were_counted_are_asked_for_once(qapp: object) -> None:
    model = HitsModel()
    tester = watched(model)
    tester.setUseFetchMore(False)
    wanted = list[bool]()
    model.wanted.connect(lambda: wanted.append(True))
    ann, bea = hit("Ann One"), hit("Bea Two")
    model.show(found("a", ann))
    assert not model.canFetchMore(QModelIndex()), "the control: nobody else was found"

    model.show(SearchResults(text="an", hits=(ann,), further=(bea.id,)))
    assert model.canFetchMore(QModelIndex())
    for _time in range(2):
        model.fetchMore(QModelIndex())
    model.show(found("an", ann, bea))

    assert wanted == [True]
    assert model.rows == (ann, bea)
    assert not model.canFetchMore(QModelIndex())
    tester.deleteLater()


def test_another_text_shows_its_own_hits_alone(qapp: object) -> None:
    model = HitsModel()
    tester = watched(model)
    model.show(found("a", hit("Ann One"), hit("Bea Two")))
    cai = hit("Cai Three")

    model.show(found("c", cai))

    assert list(model.rows) == [cai]
    model.clear()
    assert list(model.rows) == []
    tester.deleteLater()


def test_a_hit_is_read_out_with_its_birth_date(qapp: object) -> None:
    model = HitsModel()
    model.show(found("x", hit("Unborn Known", number="7")))

    assert model.words(model.rows[0]) == "\u2068Unborn Known\u2069, birth date not known, no. 7"
