"""Where the samples are, and how the tests write files of their own."""

import datetime as dt
import os
from pathlib import Path
from zoneinfo import ZoneInfo

from rapportdesk.exchange import ImportPlan, TableSettings, parse_files

FIXTURES = Path(__file__).parent / "fixtures"
OWN = sorted(FIXTURES.iterdir())
CALENDARS = sorted((FIXTURES.parent / "calendars").glob("*.ics"))
TABLES = sorted((FIXTURES.parent / "tables").glob("*.*sv"))
INTEROP = Path(os.environ.get("RAPPORTDESK_INTEROP", Path(__file__).resolve().parents[2].parent / "shared" / "interop"))
LONDON = ZoneInfo("Europe/London")

MSH = "MSH|^~\\&|DeskApp|Clinic|RapportDesk|Clinic|{sent}||{type}|{id}|P|2.5.1||||||{charset}"
PID = "PID|1||4471^^^PRACTICE^MR||Prydderch^Nia||19580314|F"


def hl7(kind: str, *segments: str, sent: str = "20250314080000", charset: str = "", number: int = 1) -> str:
    """Return one message with a carriage return after each segment."""
    header = MSH.format(sent=sent, type=kind, id=number, charset=charset)
    return "".join(f"{segment}\r" for segment in (header, *segments))


TODAY = dt.date(2026, 11, 21)


def plan_of(directory: Path, *contents: str | bytes, tables: TableSettings | None = None) -> ImportPlan:
    """Write each content to a file of its own and read them all."""
    paths = []
    for number, content in enumerate(contents):
        path = directory / f"sample{number}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    return parse_files(paths, zone=LONDON, today=TODAY, tables=tables)
