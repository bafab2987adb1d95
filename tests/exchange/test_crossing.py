"""What was read crosses a line at a time, whole or not at all."""

import io

import pytest

from rapportdesk.exchange.crossing import read_outcome, write_outcome
from rapportdesk.exchange.faults import Fault, FileFault
from rapportdesk.exchange.files import Outcome, reading, try_files
from tests.exchange.samples import CALENDARS, LONDON, OWN, TABLES, TODAY


def _crossed() -> tuple[Outcome, bytes]:
    outcome = try_files([*OWN, *CALENDARS, *TABLES], how=reading(LONDON, TODAY, None))
    to = io.BytesIO()
    write_outcome(outcome, to)
    return outcome, to.getvalue()


def test_a_plan_is_the_same_on_the_other_side() -> None:
    outcome, written = _crossed()
    assert outcome.plan is not None
    assert outcome.plan.merges
    assert outcome.plan.appointments
    assert read_outcome(io.BytesIO(written)) == outcome


def test_faults_cross_without_a_plan() -> None:
    outcome = Outcome(faults=(FileFault(file="x", fault=Fault.DATE, item=2, field="PID-7"),))
    to = io.BytesIO()
    write_outcome(outcome, to)
    assert read_outcome(io.BytesIO(to.getvalue())) == outcome


def test_an_answer_that_breaks_off_anywhere_is_none() -> None:
    _outcome, written = _crossed()
    for end in range(0, len(written) - 2, 7):
        with pytest.raises(ValueError):  # noqa: PT011 - pydantic's or ours, by where it breaks
            read_outcome(io.BytesIO(written[:end]))
