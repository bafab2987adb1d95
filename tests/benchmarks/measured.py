"""What was measured, beside what it is to be: a table for reading and JSON for comparing, from the same rows.

A figure is milliseconds unless its row says otherwise. A target is met by the figure it is about, and by no kinder one.
"""

import dataclasses
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Of(StrEnum):
    """Which figure of a row a target is about."""

    MEDIAN = "p50"
    P99 = "p99"
    MOST = "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a figure may be at most: so much, or so many times a peer's figure of the same run.

    Attributes:
        most: Milliseconds, or the row's own unit; with `times` a factor.
        of: Which figure.
        times: The peer whose same figure is multiplied; empty for none.
    """

    most: float
    of: Of = Of.P99
    times: str = ""

    def __str__(self) -> str:
        """Return it in words."""
        most = f"{self.most:g}"
        return f"{self.of} ≤ {most} × {self.times}" if self.times else f"{self.of} ≤ {most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was measured, so often as there are values.

    Attributes:
        name: What it is.
        values: In milliseconds, or as `unit` says.
        unit: "ms", "MB", "rows/s" or "×".
        processor: The milliseconds that this process used for each value, all its threads together: what the value
            would be near with the processors to itself. Empty where that was not counted.
        peers: The same thing done by others in the same run, by their names.
        targets: What it is to be.
        note: What has to be known of it.
    """

    name: str
    values: tuple[float, ...]
    unit: str = "ms"
    processor: tuple[float, ...] = ()
    peers: dict[str, tuple[float, ...]] = dataclasses.field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    note: str = ""

    def figure(self, of: Of, peer: str = "") -> float:
        """Return one figure of the row, or of a peer of it."""
        return figure(self.peers[peer] if peer else self.values, of)

    def ratio(self, peer: str, of: Of = Of.MEDIAN) -> float:
        """Return how many times a peer's figure this one is."""
        theirs = self.figure(of, peer)
        return self.figure(of) / theirs if theirs else math.inf

    def met(self, target: Target) -> bool | None:
        """Whether a target is met; None where its peer was not measured."""
        if not target.times:
            return self.figure(target.of) <= target.most
        if target.times not in self.peers:
            return None
        return self.ratio(target.times, target.of) <= target.most


def figure(values: Sequence[float], of: Of) -> float:
    """Return the median, the 99th percentile (the nearest rank, so one of the values) or the most of some values."""
    ordered = sorted(values)
    if of is Of.MOST:
        return ordered[-1]
    rank = {Of.MEDIAN: 0.5, Of.P99: 0.99}[of]
    return ordered[max(0, math.ceil(rank * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many were there, and what was measured of them."""

    patients: int
    notes: int
    rows: tuple[Row, ...]

    def row(self, name: str) -> Row | None:
        """Return the row of this name, or None."""
        return next((row for row in self.rows if row.name == name), None)

    def __str__(self) -> str:
        """Return who is measured in words."""
        return f"{self.patients:,} patients / {self.notes:,} notes"


def as_json(sizes: Sequence[Size], around: dict[str, Any]) -> str:
    """Return everything, values included, as JSON.

    Args:
        sizes: What was measured.
        around: Of the machine and the run: what has to be known to compare it with another.
    """
    told = [
        {"patients": size.patients, "notes": size.notes, "rows": [_told(row) for row in size.rows]} for size in sizes
    ]
    return json.dumps({"around": around, "sizes": told}, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> tuple[tuple[Size, ...], dict[str, Any]]:
    """Return what `as_json` was given."""
    told = json.loads(text)
    sizes = [
        Size(patients=each["patients"], notes=each["notes"], rows=tuple(_row(row) for row in each["rows"]))
        for each in told["sizes"]
    ]
    return tuple(sizes), told["around"]


def as_table(size: Size, *, smallest: Size | None = None, markdown: bool = False) -> str:
    """Return a table of everything measured at one size.

    Args:
        size: Which.
        smallest: The smallest size of the run, for the column that says how each row grew from there.
        markdown: As Markdown, for a page; otherwise lined up for a terminal.
    """
    peers = tuple(dict.fromkeys(peer for row in size.rows for peer in row.peers))
    head = ["", "n", "p50", "p99", "max", "processor p50", "p99", *(f"p50 ÷ {peer}" for peer in peers)]
    head += [*(["growth"] if smallest else []), "target", "met"]
    lines = [head, *(_line(row, peers, smallest) for row in size.rows)]
    return _markdown(lines) if markdown else _lined_up(lines)


def _line(row: Row, peers: Iterable[str], smallest: Size | None) -> list[str]:
    figures = [f"{row.figure(of):,.{_digits(row.figure(of))}f}" for of in (Of.MEDIAN, Of.P99, Of.MOST)]
    once = len(row.values) == 1
    cells = [f"{row.name} [{row.unit}]" if row.unit != "ms" else row.name, str(len(row.values)), figures[0]]
    cells += ["", ""] if once else figures[1:]
    used = [figure(row.processor, of) for of in (Of.MEDIAN, Of.P99)] if row.processor else []
    cells += [f"{each:,.{_digits(each)}f}" for each in used] or ["", ""]
    cells += [f"{row.ratio(peer):.2f}" if peer in row.peers else "" for peer in peers]
    if smallest is not None:
        before = smallest.row(row.name)
        then = before.figure(Of.MEDIAN) if before else 0.0
        cells.append(f"{row.figure(Of.MEDIAN) / then:.1f}×" if then else "")
    words = {True: "yes", False: "NO", None: "not measured"}
    met = [row.met(target) for target in row.targets]
    return [*cells, "; ".join(str(each) for each in row.targets), "; ".join(words[each] for each in met)]


def _digits(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 2


def _lined_up(lines: list[list[str]]) -> str:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 or at >= len(line) - 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _markdown(lines: list[list[str]]) -> str:
    rule = ["---"] + ["--:"] * (len(lines[0]) - 3) + ["---", "---"]
    return "\n".join("| " + " | ".join(line) + " |" for line in (lines[0], rule, *lines[1:]))


def _told(row: Row) -> dict[str, Any]:
    told = dataclasses.asdict(row)
    figures = {of.value: row.figure(of) for of in Of}
    return {**told, **figures, "met": [row.met(target) for target in row.targets]}


def _row(told: dict[str, Any]) -> Row:
    return Row(
        name=told["name"], values=tuple(told["values"]), unit=told["unit"], note=told["note"],
        processor=tuple(told["processor"]),
        peers={peer: tuple(values) for peer, values in told["peers"].items()},
        targets=tuple(
            Target(most=each["most"], of=Of(each["of"]), times=each["times"]) for each in told["targets"]
        ),
    )  # fmt: skip
