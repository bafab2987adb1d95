"""What the command line says about a table holds, and what nobody said is asked."""

from pathlib import Path

import pytest

from tests.command_line.clinic import Clinic

OPEN = "Name;DOB;Remark\nMair Puw;03/04/1958;x\n"


def _born(clinic: Clinic) -> str:
    (found,) = clinic.call("search", "Mair Puw", "--json").json()
    return str(found["birth_date"])


def test_dates_that_can_be_read_either_way_are_asked_about(clinic: Clinic, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(OPEN, encoding="utf-8")
    assert "begin with the day or with the month" in clinic.call("import", table).refused()
    assert clinic.call("search", "Mair Puw", "--json").json() == []
    said = clinic.call("import", table, "--dates", "month-first").done()
    assert "utf-8, semicolon, month-first" in said
    assert _born(clinic) == "1958-03-04"


def test_encoding_separator_and_columns_can_be_said(clinic: Clinic, tmp_path: Path) -> None:
    table = tmp_path / "people.txt"
    table.write_bytes("Wer|Wann\nMair Puw|1958-03-04\nŁucja Żak|1990-04-03\n".encode("cp1250"))
    said = ("--encoding", "cp1250", "--separator", "bar", "--column", "Wer=name", "--column", "Wann=birth-date")
    clinic.call("import", table, *said).done()
    assert _born(clinic) == "1958-03-04"
    assert clinic.call("search", "Łucja", "--json").json()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--dates", "leeks"),
        ("--column", "leeks"),
        ("--column", "x=leeks"),
        ("--encoding", "zip"),
        ("--separator", "leeks"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_wrong_usage(capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]) -> None:
    from rapportdesk.cli import main

    assert main(["import", "x.csv", *wrong]) == 2
    said = capsys.readouterr().err
    assert "leeks" not in said
    assert len(said.splitlines()) == 1
