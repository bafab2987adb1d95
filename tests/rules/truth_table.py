"""The written table as an oracle: parsed from the file that a practice manager reads, sharing no code with the rule."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import rapportdesk.rules

TABLE = Path(rapportdesk.rules.__file__).with_name("visibility_table.md")
CONDITIONS = (
    "thing", "still stands", "notes agreed to", "sharing agreed to", "audience", "topic's name for", "permission",
    "in force", "company", "review date",
)  # fmt: skip
VALUES: dict[str, tuple[str, ...]] = {
    "thing": ("note", "boundary", "adjustment", "promise", "topic"),
    "still stands": ("yes", "no"),
    "notes agreed to": ("agreed", "not asked", "refused", "withdrawn", "expired", "someone else", "resting"),
    "sharing agreed to": ("yes", "no", "emergency"),
    "audience": ("everyone", "clinicians"),
    "topic's name for": ("none", "everyone", "clinicians", "unknown"),
    "permission": (
        "welcome", "none", "ask first", "not asked", "clinician only", "private room", "not in front of",
        "do not raise",
    ),
    "in force": ("yes", "no"),
    "company": ("alone", "somebody", "unknown"),
    "review date": ("to come", "past"),
}  # fmt: skip
"""Every value of every condition; the first is the one that restricts nothing."""

Situation = dict[str, str]
_ORDER = ("hide", "veil", "show")


@dataclass(frozen=True)
class Outcome:
    """What somebody gets: hide, veil or show, and how it is read."""

    verdict: str
    asking: bool = False
    please_dont: bool = False
    confirm: bool = False


@dataclass(frozen=True)
class WrittenRow:
    """One row as written."""

    name: str
    number: int
    conditions: dict[str, tuple[str, ...]]
    reception: str
    clinician: str

    def fits(self, situation: Situation) -> bool:
        return all(situation[column] in allowed for column, allowed in self.conditions.items())

    def situations(self) -> list[Situation]:
        """Every possible situation in which this row fits and all else restricts as little as it can."""
        narrowed = [self.conditions[column] for column in CONDITIONS]
        least = [
            allowed if len(allowed) < len(VALUES[column]) else allowed[:1]
            for column, allowed in zip(CONDITIONS, narrowed, strict=True)
        ]
        made = [dict(zip(CONDITIONS, values, strict=True)) for values in product(*least)]
        return [settled for situation in made if self.fits(settled := settle(situation))]


def read_table() -> tuple[WrittenRow, ...]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    header, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return tuple(_row(number, dict(zip(header, cells, strict=True))) for number, cells in enumerate(rows, 1))


def _row(number: int, cells: dict[str, str]) -> WrittenRow:
    conditions = {}
    for column in CONDITIONS:
        allowed = VALUES[column] if cells[column] == "any" else tuple(cells[column].split(", "))
        unknown = set(allowed) - set(VALUES[column])
        assert not unknown, f"row {number}, {column}: {unknown}"
        conditions[column] = allowed
    return WrittenRow(cells["row"], number, conditions, cells["reception"], cells["clinician"])


def settle(situation: Situation) -> Situation:
    """Make a situation possible: no permission without a topic, and a promise has no review date."""
    made = dict(situation)
    if made["thing"] == "promise":
        made |= {"review date": "to come"}
    if made["thing"] == "topic":
        if made["topic's name for"] not in {"everyone", "clinicians"}:
            made["topic's name for"] = "clinicians" if made["audience"] == "clinicians" else "everyone"
        made |= {"audience": made["topic's name for"], "review date": "to come", "still stands": "yes"}
    if made["permission"] not in {"none", "welcome"} and made["topic's name for"] == "none":
        made["topic's name for"] = "everyone"
    if made["in force"] == "no" and made["topic's name for"] == "none":
        made["topic's name for"] = "everyone"
    if made["topic's name for"] in {"none", "unknown"}:
        made |= {"permission": "none", "in force": "yes"}
    elif made["permission"] == "none":
        made["permission"] = "welcome"
    return made


def outcome(rows: tuple[WrittenRow, ...], situation: Situation, viewer: str, *, opened: bool = False) -> Outcome:
    """Return what the written table says: the most restrictive of all rows that fit."""
    cells = [row.reception if viewer == "reception" else row.clinician for row in rows if row.fits(situation)]
    words = [cell.split(", ") for cell in cells]
    verdict = min((cell[0] for cell in words), key=_ORDER.index, default="show")
    if verdict == "veil" and opened:
        verdict = "show"
    if verdict != "show":
        return Outcome(verdict)
    said = {word for cell in words for word in cell[1:]}
    please_dont = "as a please-don't" in said
    return Outcome("show", "asking first" in said and not please_dont, please_dont, "to be confirmed" in said)


def at_most(cell: str, verdict: str) -> bool:
    """Whether a verdict shows no more than a cell allows."""
    return _ORDER.index(verdict) <= _ORDER.index(cell.split(", ")[0])
