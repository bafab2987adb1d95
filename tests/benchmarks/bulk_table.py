"""What was seen of each bulk job, a line for each."""

from collections.abc import Mapping, Sequence
from typing import Any

_HEAD = (
    "job", "rows", "of", "seconds", "rows/s", "most MB", "step CPU", "p99", "save waits", "p99", "saved in", "window",
    "stopped in", "load",
)  # fmt: skip

_FIGURES = ("most", "step", "step p99", "waits", "waits p99", "saves", "window", "stop")


def bulk_table(told: Sequence[tuple[str, Mapping[str, Any]]], *, markdown: bool) -> str:
    """Return a table of jobs and their figures, for a terminal or as Markdown for a page."""
    lines = [_HEAD] + [
        (
            job, f"{of['rows']:,}", f"{of['total']:,}", f"{of['seconds']:.0f}", f"{of['rows'] / of['seconds']:,.0f}",
            *(f"{of[each]:,.0f}" for each in _FIGURES),
            f"{of['load']:.1f}",
        )
        for job, of in told
    ]  # fmt: skip
    if markdown:
        rule = ("---", *["--:"] * (len(_HEAD) - 1))
        return "\n".join("| " + " | ".join(line) + " |" for line in (lines[0], rule, *lines[1:]))
    widths = [max(len(line[at]) for line in lines) for at in range(len(_HEAD))]
    rows = ("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join([*rows, "(step, save, window and stop: the longest, ms; step: processor time)"])
