"""The rule and the written table say the same, row by row; a weakened row is noticed.

The written table is read from the file and knows nothing of the code. Every row of it is met at least 100 times.
"""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.rules.rows import ROWS, Reason, Row, Verdict
from tests.rules.invented import CLINICIAN, MANAGER, NOBODY, RECEPTION
from tests.rules.situations import situations, world
from tests.rules.truth_table import Outcome, Situation, WrittenRow, at_most, outcome, read_table

TABLE = read_table()
VIEWERS = {"reception": RECEPTION, "clinician": CLINICIAN}


def test_every_row_of_the_code_is_written_and_every_written_row_is_coded() -> None:
    assert list(dict.fromkeys(row.name for row in TABLE)) == [row.reason.value for row in ROWS]


def test_the_rule_says_what_the_table_says_in_10_000_cases_that_meet_every_row_100_times() -> None:
    met, cases = Counter[int](), 0

    @settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(situations(), st.booleans(), st.booleans(), st.integers())
    def says(situation: Situation, opened: bool, edge: bool, _number: int) -> None:  # the number keeps cases coming
        nonlocal cases
        made = world(situation, edge=edge)
        for name, viewer in VIEWERS.items():
            assert made.outcome(viewer, opened=opened) == outcome(TABLE, situation, name, opened=opened)
        met.update(row.number for row in TABLE if row.fits(situation))
        cases += 1

    says()
    assert cases >= 10_000
    assert {row.number: met[row.number] for row in TABLE if met[row.number] < 100} == {}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.number}-{row.name}")
def test_each_row_holds_wherever_it_fits(row: WrittenRow) -> None:
    met = Counter[str]()

    @settings(
        max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
    )
    @given(situations(row.conditions).filter(row.fits), st.booleans(), st.integers())
    def holds(situation: Situation, opened: bool, _number: int) -> None:  # the number keeps few situations coming
        made = world(situation)
        for name, viewer in VIEWERS.items():
            cell = row.reception if name == "reception" else row.clinician
            got = made.outcome(viewer, opened=opened)
            assert at_most(cell, got.verdict) or (opened and cell == "veil" and name == "clinician")
            assert got == outcome(TABLE, situation, name, opened=opened)
        met[row.name] += 1

    holds()
    assert met[row.name] >= 100


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.number}-{row.name}")
def test_each_row_by_itself_gives_exactly_its_cells(row: WrittenRow) -> None:
    for situation in row.situations():
        fitting = [each for each in TABLE if each.fits(situation)]
        made = world(situation)
        if fitting == [row]:
            assert made.outcome(RECEPTION) == outcome((row,), situation, "reception")
            assert made.outcome(CLINICIAN) == outcome((row,), situation, "clinician")
        assert any(made.outcome(viewer) != Outcome("show") for viewer in VIEWERS.values())


def weakened(row: Row) -> list[Row]:
    """Return the row with each thing it takes away given back, one at a time."""
    made = []
    if row.reception is not Verdict.SHOW:
        made.append(replace(row, reception=Verdict.SHOW))
        made.append(replace(row, reception=Verdict.VEIL))
    if row.clinician is not Verdict.SHOW:
        made.append(replace(row, clinician=Verdict.SHOW))
    if row.clinician is Verdict.HIDE:
        made.append(replace(row, clinician=Verdict.VEIL))
    made += [replace(row, ask=False)] if row.ask else []
    made += [replace(row, confirm=False)] if row.confirm else []
    made += [replace(row, please_dont=False)] if row.please_dont else []
    return made


def disagreements(rows: tuple[Row, ...]) -> int:
    """Count in how many telling situations a table of code differs from the written one."""
    count = 0
    for situation in (each for row in TABLE for each in row.situations()):
        made = world(situation)
        for name, viewer in VIEWERS.items():
            for opened in (False, True):
                count += made.outcome(viewer, opened=opened, rows=rows) != outcome(
                    TABLE, situation, name, opened=opened
                )
    return count


def test_the_telling_situations_agree_before_any_row_is_weakened() -> None:
    assert disagreements(ROWS) == 0


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row.reason.value for row in ROWS])
def test_a_weakened_row_is_noticed(number: int) -> None:
    without = (*ROWS[:number], *ROWS[number + 1 :])
    assert disagreements(without) > 0
    mutants = weakened(ROWS[number])
    assert mutants
    for mutant in mutants:
        assert disagreements((*ROWS[:number], mutant, *ROWS[number + 1 :])) > 0, mutant


@settings(max_examples=500, deadline=None)
@given(situations())
def test_somebody_without_a_role_sees_nothing_and_a_manager_sees_what_reception_sees(situation: Situation) -> None:
    made = world(situation)
    assert made.outcome(NOBODY) == Outcome("hide")
    assert made.decision(NOBODY).reason is Reason.NO_ROLE
    assert made.outcome(MANAGER) == made.outcome(RECEPTION)


@settings(max_examples=500, deadline=None)
@given(situations())
def test_the_reason_given_is_a_row_that_fits(situation: Situation) -> None:
    made = world(situation)
    for viewer in VIEWERS.values():
        reason = made.decision(viewer).reason
        assert reason is Reason.ALLOWED or reason.value in {row.name for row in TABLE if row.fits(situation)}
