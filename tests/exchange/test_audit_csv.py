"""The record as CSV: whole, UTF-8, and no cell of it is a formula."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.exchange.audit_csv import COLUMNS, audit_csv, defused
from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome, PurposeOfUse
from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.staff import Role

AT = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)


def line(name: str, why: str = "") -> AuditEvent:
    return AuditEvent(
        at=AT, action=AuditAction.CARD_VIEWED, who=StaffId("a" * 32), who_name=name, roles=(Role.RECEPTION,),
        patient=PatientId("b" * 32), purpose=PurposeOfUse.OPERATIONS, why=why, outcome=Outcome.FAILURE,
    )  # fmt: skip


def read(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_a_line_says_who_what_which_patient_when_and_why() -> None:
    (row,) = read(audit_csv([line("Zoë Wójcik", "keep-notes active")]))
    assert tuple(row) == COLUMNS
    assert row["agent_name"] == "Zoë Wójcik"
    assert (row["action"], row["patient_id"], row["recorded"]) == ("card-viewed", "b" * 32, AT.isoformat())
    assert (row["why"], row["purpose_of_use"], row["outcome"]) == ("keep-notes active", "HOPERAT", "failure")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_begins_as_a_formula_does_is_defused(sign: str) -> None:
    typed = f"{sign}HYPERLINK(1)"
    (row,) = read(audit_csv([line(typed)]))
    assert row["agent_name"] == f"'{typed}"
    assert read(audit_csv([line(f"Ana {typed}")]))[0]["agent_name"] == f"Ana {typed}"  # the control


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_in_a_cell_it_comes_back_and_begins_no_formula(name: str, why: str) -> None:
    (row,) = read(audit_csv([line(name, why)]))
    for cell, typed in ((row["agent_name"], name), (row["why"], why)):
        assert cell == defused(typed)
        assert cell.removeprefix("'") == typed.removeprefix("'") or cell == typed
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_pieces_make_one_file_with_one_heading() -> None:
    made = audit_csv([line("Ana")]) + audit_csv([line("Ben")], first=False)
    assert [row["agent_name"] for row in read(made)] == ["Ana", "Ben"]
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\xef\xbb\xbf") == 1


def test_an_empty_record_is_a_heading() -> None:
    assert read(audit_csv([])) == []
    assert audit_csv([]).decode("utf-8-sig").startswith('"recorded"')
