"""`python -m tests.faults`: every fault, from one seed, with a summary; ends with 1 if anything was lost.

    python -m tests.faults [ROW ...] [--seed S] [--runs N] [--quick] [--folder DIR]

Without a row, all of them. Best in a folder in memory (the default, where there is one). See README.md beside this.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults import preload

if TYPE_CHECKING:  # all of the program: for the process over the library alone
    from tests.faults.rows import Row

_MEMORY = Path("/dev/shm")  # noqa: S108  # only a parent: the folder in it is made by tempfile


def main() -> int:
    """Make the faults and print the summary."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="as in README.md")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, help="of each row, in place of its own number")
    parser.add_argument("--quick", action="store_true", help="a few of each")
    parser.add_argument("--folder", type=Path, default=_MEMORY if _MEMORY.is_dir() else None)
    options = parser.parse_args()
    if not preload.AVAILABLE:
        sys.stderr.write("These need Linux and a C compiler.\n")
        return 2
    with tempfile.TemporaryDirectory(dir=options.folder) as made_for_us:
        folder = Path(made_for_us)
        if not preload.is_loaded():
            return preload.run_over_it(folder, sys.argv[1:])
        from tests.faults.rows import TASKS, made

        if unknown := set(options.rows) - {task.name for task in TASKS}:
            parser.error(f"no such row: {', '.join(sorted(unknown))}")
        well = True
        for task in TASKS:
            if not options.rows or task.name in options.rows:
                runs = options.runs or (task.quick if options.quick else task.runs)
                rows, seconds = made(task, folder, options.seed, runs)
                sys.stdout.write(_told(rows))
                how = f"--seed {options.seed}" + (f" --runs {runs}" if runs != task.runs else "")
                sys.stdout.write(f"    {seconds:.0f} s; again: python -m tests.faults {task.name} {how}\n")
                sys.stdout.flush()
                well = well and all(row.well for row in rows)
    return 0 if well else 1


def _told(rows: "list[Row]") -> str:
    lines = []
    for row in rows:
        sign = "ok " if row.well else "BAD"
        wrong = f"lost {row.lost}, not opening {row.not_opening}, not told {row.not_told}"
        lines.append(f"{sign} {row.fault}: {row.runs} runs, {wrong}; {row.says}\n")
        if not row.well:
            lines += [f"      {example}\n" for example in row.examples[:12]]
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
