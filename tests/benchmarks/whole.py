"""The whole benchmark: every size in a process of its own, its vault made from the seed or taken from where it is kept.

What stands beside a figure was measured in the same run; how busy the machine was is told with it.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.measured import Row, Size, as_json, as_table, from_json
from tests.benchmarks.one_size import Asked
from tests.benchmarks.vaults import VAULT, make_vault

SMALLEST = (1_000, 10_000)
BUILD = "make the vault"
_SIZE = ("made", "patients", "notes", "seed", "against", "often")


def measure_whole(
    *, patients: int, notes: int, against: Sequence[str], seed: int, often: int, kept: Path | None,
    say: Callable[[str], object],
) -> tuple[tuple[Size, ...], dict[str, Any]]:  # fmt: skip
    """Measure the smallest size and the one that is asked for; returns both and what there was around them.

    Args:
        patients: How many people, at the size that is asked for.
        notes: How many notes.
        against: Of `peers.PLAIN` and `peers.SQLCIPHER`.
        seed: The same number measures the same people and texts.
        often: How often each thing is done.
        kept: Where vaults stay to be measured again; None makes them anew and lets them go.
        say: Told how far it is.
    """
    sizes = list(dict.fromkeys((min(SMALLEST, (patients, notes)), (patients, notes))))
    measured = []
    began, load = time.time(), os.getloadavg()
    with tempfile.TemporaryDirectory(prefix="rapportdesk-vaults-") as place:
        for people, written in sizes:
            folder = (kept or Path(place)) / f"{people}-{written}-{seed}"
            made = _made(folder, people, written, seed, say)
            asked = Asked(
                made=str(folder), patients=people, notes=written, seed=seed, against=tuple(against), often=often
            )
            say(f"measuring {people:,} / {written:,}")
            size = _one(asked, Path(place))
            rows = (*size.rows, *made)
            measured.append(Size(patients=people, notes=written, rows=rows))
    return tuple(measured), {
        "began": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(began)), "seconds": round(time.time() - began),
        "processors": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version(),
        "load before": [round(each, 1) for each in load], "load after": [round(each, 1) for each in os.getloadavg()],
        "seed": seed, "often": often,
    }  # fmt: skip


def as_text(sizes: Sequence[Size], around: dict[str, Any], *, markdown: bool = False) -> str:
    """Return tables of all sizes, the largest first, and what there was around them."""
    told = ", ".join(f"{name}: {value}" for name, value in around.items())
    parts = [told]
    for size in reversed(sizes):
        smallest = sizes[0] if size is not sizes[0] else None
        parts.append(("### " if markdown else "") + str(size))
        parts.append(as_table(size, smallest=smallest, markdown=markdown))
    return "\n\n".join(parts)


def to_json(sizes: Sequence[Size], around: dict[str, Any], path: Path) -> None:
    """Write everything into a file."""
    path.write_text(as_json(sizes, around), encoding="utf-8")


def _made(folder: Path, patients: int, notes: int, seed: int, say: Callable[[str], object]) -> tuple[Row, ...]:
    if (folder / VAULT).exists():
        return ()
    say(f"making {patients:,} / {notes:,}")
    made = make_vault(folder, patients=patients, notes=notes, seed=seed)
    return (Row(name=BUILD, values=(made.records / made.seconds,), unit="rows/s", note=str(made)),)


def _one(asked: Asked, place: Path) -> Size:
    question, answer = place / "asked.json", place / "told.json"
    told = {name: getattr(asked, name) for name in _SIZE}
    question.write_text(json.dumps(told), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "tests.benchmarks.one_size", str(question), str(answer)], check=True)
    sizes, _around = from_json(answer.read_text(encoding="utf-8"))
    return sizes[0]
