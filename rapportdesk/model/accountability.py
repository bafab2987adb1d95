"""What a practice shows to whoever supervises it: each safeguard with the check that was just run, and what it does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard:
    """One row of the table.

    Attributes:
        standard: Its paragraph, as "164.312(a)(2)(i)".
        name: What it is called.
        stands: How it is kept here.
        holds: What the check found; None where it cannot be checked here.
        found: What was looked at, and what came of it, in words.
    """

    standard: str
    name: str
    stands: str
    holds: bool | None
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingEntry:
    """One heading of the processing record with its lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Both, as they stood at one moment."""

    safeguards: tuple[Safeguard, ...]
    record: tuple[ProcessingEntry, ...]
