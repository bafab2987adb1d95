"""Whatever bytes a file holds, there is a whole plan that adds up, or a fault with its sentence; nothing in between."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

from rapportdesk.exchange.columns import DateOrder, TableSettings
from rapportdesk.exchange.crossing import read_outcome, write_outcome
from rapportdesk.exchange.faults import FileFault, Unreadable, bad_input
from rapportdesk.exchange.files import Outcome, plan_from
from rapportdesk.exchange.formats import is_table, parse
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.exchange.table import look

HOW = Reading(zone=ZoneInfo("Europe/London"), today=dt.date(2026, 11, 21))
SAID = Reading(zone=HOW.zone, today=HOW.today, tables=TableSettings(date_order=DateOrder.DAY_FIRST))


def read(data: bytes) -> None:
    """Read one file in every way there is.

    Raises:
        AssertionError: What came of it is half a plan.
    """
    for how in (HOW, SAID) if is_table(data) else (HOW,):
        try:
            plan = plan_from([("x", parse(data, how))])
        except Unreadable as wrong:
            told = bad_input((FileFault(file="x", fault=wrong.fault, item=wrong.item, field=wrong.field),))
            if not told.message:
                raise AssertionError("a fault without a sentence") from wrong
        else:
            _assert_whole(plan)


def look_at(data: bytes) -> None:
    """Look at one file as at a table."""
    try:
        guess = look(data, "x", HOW)
    except Unreadable:
        return
    if len(guess.headers) != len(guess.fields) or any(len(row) != len(guess.headers) for row in guess.samples):
        raise AssertionError("rows of another length than the header")


def _assert_whole(plan: ImportPlan) -> None:
    keys = {patient.key for patient in plan.patients}
    if len(keys) != len(plan.patients) or any(not patient.name.strip() for patient in plan.patients):
        raise AssertionError("somebody is there twice, or has no name")
    if any(visit.patient not in keys | {""} for visit in plan.appointments):
        raise AssertionError("an appointment of nobody in the plan")
    if any(not merge.survivor_identifiers or not merge.retired_identifiers for merge in plan.merges):
        raise AssertionError("a merge of nobody")
    crossed = io.BytesIO()
    write_outcome(Outcome(plan=plan), crossed)
    if read_outcome(io.BytesIO(crossed.getvalue())).plan != plan:
        raise AssertionError("another plan crosses to the desk")
