"""A figure is one of the values, a target is met by it alone, and what is written comes back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.measured import Of, Row, Size, Target, as_json, as_table, figure, from_json

_VALUES = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=300)


@given(values=_VALUES)
def test_figures_are_values_and_in_their_order(values: list[float]) -> None:
    median, p99, most = (figure(values, of) for of in (Of.MEDIAN, Of.P99, Of.MOST))
    assert {median, p99, most} <= set(values)
    assert median <= p99 <= most == max(values)
    assert sum(value <= p99 for value in values) >= 0.99 * len(values)
    assert sum(value < p99 for value in values) < 0.99 * len(values)


def test_the_99th_percentile_of_a_hundred_leaves_one_out() -> None:
    values = [float(value) for value in range(1, 101)]
    assert [figure(values, of) for of in (Of.MEDIAN, Of.P99, Of.MOST)] == [50, 99, 100]


def test_a_target_is_met_by_its_own_figure_or_beside_its_peer() -> None:
    row = Row(name="save", values=(1.0, 1.0, 9.0), peers={"commit": (1.0, 1.0, 5.0)})
    assert row.met(Target(most=1.0, of=Of.MEDIAN)) is True
    assert row.met(Target(most=8.9)) is False
    assert row.met(Target(most=1.8, times="commit")) is True
    assert row.met(Target(most=1.7, times="commit")) is False
    assert row.met(Target(most=1.7, times="nobody")) is None


def _sizes() -> tuple[Size, Size]:
    target = Target(most=16)
    small = Row(name="names", values=(2.0,), processor=(1.0,), targets=(target,))
    large = Row(name="names", values=(4.0, 20.0), processor=(3.0, 3.5), targets=(target,), peers={"plain": (8.0, 8.0)})
    return Size(patients=1, notes=2, rows=(small,)), Size(patients=1000, notes=2000, rows=(large,))


def test_what_is_written_comes_back_the_same() -> None:
    sizes = _sizes()
    assert from_json(as_json(sizes, {"seed": 1})) == (sizes, {"seed": 1})


@pytest.mark.parametrize("markdown", [False, True])
def test_the_table_says_ratio_growth_target_and_whether_it_is_met(markdown: bool) -> None:
    small, large = _sizes()
    line = as_table(large, smallest=small, markdown=markdown).splitlines()[-1]
    cells = [cell.strip() for cell in line.strip("| ").split("|" if markdown else "  ") if cell.strip()]
    assert cells == ["names", "2", "4.00", "20.0", "20.0", "3.00", "3.50", "0.50", "2.0×", "p99 ≤ 16", "NO"]
    assert "yes" in as_table(small, markdown=markdown)
