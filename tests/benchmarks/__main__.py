"""`python -m tests.benchmarks`: ratios within one run, with the figures they come from.

By itself it measures the window over a big vault; a sub-command measures one thing.
"""

import argparse
import sys
from pathlib import Path

from tests.benchmarks.bounded import measure_answers
from tests.benchmarks.bulk import JOBS, measure_bulk
from tests.benchmarks.cover import measure_cover
from tests.benchmarks.desk import measure_desk
from tests.benchmarks.importing import measure_import
from tests.benchmarks.invented_files import FORMATS
from tests.benchmarks.peers import PLAIN, SQLCIPHER
from tests.benchmarks.people_search import measure_people_search
from tests.benchmarks.start import measure_start
from tests.benchmarks.vaults import make_vault
from tests.benchmarks.whole import as_text, measure_whole, to_json


def _peers(told: str) -> tuple[str, ...]:
    chosen = tuple(each for each in told.split(",") if each)
    if not set(chosen) <= {PLAIN, SQLCIPHER}:
        raise argparse.ArgumentTypeError(f"choose of {PLAIN} and {SQLCIPHER}")
    return chosen


def _whole(told: argparse.Namespace) -> str:
    sizes, around = measure_whole(
        patients=told.patients, notes=told.notes, against=told.against, seed=told.seed, often=told.often,
        kept=told.vaults, say=lambda words: sys.stderr.write(f"{words}\n"),
    )  # fmt: skip
    if told.json:
        to_json(sizes, around, told.json)
    return as_text(sizes, around, markdown=told.markdown)


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("--notes", type=int, default=1_000_000)
    parser.add_argument("--against", type=_peers, default=(PLAIN, SQLCIPHER), metavar="sqlcipher,plain")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--often", type=int, default=10, help="how often each thing is done")
    parser.add_argument("--vaults", type=Path, help="where vaults are kept to be measured again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything into a file too")
    parser.add_argument("--markdown", action="store_true", help="print tables for a page")
    parser.set_defaults(measure=_whole)
    commands = parser.add_subparsers()
    start = commands.add_parser("start", help="from the process to a painted sign-in, beside a bare PySide6 window")
    start.add_argument("--runs", type=int, default=15)
    start.set_defaults(measure=lambda options: measure_start(options.runs))
    cover = commands.add_parser("cover", help="from F9 to a painted cover, over every scene of the desk")
    cover.set_defaults(measure=lambda _options: measure_cover())
    desk = commands.add_parser("desk", help="from a person at the desk to note saved, promise made, arrived")
    desk.add_argument("--runs", type=int, default=5)
    desk.set_defaults(measure=lambda options: measure_desk(options.runs))
    files = commands.add_parser("import", help="what a big file costs to read, or to bring into a vault")
    files.add_argument("--appointments", type=int, default=100_000)
    files.add_argument("--format", action="append", default=[], choices=sorted(FORMATS))
    files.add_argument("--vault", action="store_true")
    files.set_defaults(measure=lambda told: measure_import(told.appointments, told.format, vault=told.vault))
    people = commands.add_parser("search", help="finding people by what is typed, among very many")
    people.add_argument("--patients", type=int, default=100_000)
    people.set_defaults(measure=lambda told: measure_people_search(told.patients))
    bulk = commands.add_parser("bulk", help="what long work costs those who work meanwhile")
    bulk.add_argument("--vault", type=Path, help="one that the command vault has made; it is copied")
    bulk.add_argument("--patients", type=int, default=1_000, help="of one that is made, with ten notes each")
    bulk.add_argument("--appointments", type=int, default=10_000, help="of the imported file")
    bulk.add_argument("--seconds", type=float, default=3600, help="after which a job is stopped")
    bulk.add_argument("--kept", type=Path, help="a file of figures: jobs that are in it are not done again")
    bulk.add_argument("--job", action="append", default=[], choices=list(JOBS))
    bulk.set_defaults(
        measure=lambda told: measure_bulk(
            told.vault, jobs=told.job, size=told.patients, appointments=told.appointments, seconds=told.seconds,
            kept=told.kept, markdown=told.markdown, say=lambda words: sys.stderr.write(f"{words}\n"),
        )
    )  # fmt: skip
    answers = commands.add_parser("answers", help="the read model's answers beside the same file without a key")
    answers.add_argument("--vault", type=Path, required=True, help="one that the command vault has made; it is copied")
    answers.set_defaults(
        measure=lambda told: measure_answers(
            told.vault, (told.patients, told.notes), often=told.often, seed=told.seed, against=told.against,
            markdown=told.markdown, json=told.json,
        )
    )  # fmt: skip
    vault = commands.add_parser("vault", help="make a vault of invented people to be measured, in a new folder")
    vault.add_argument("folder", type=Path)
    for size, usual in (("--patients", 100_000), ("--notes", 1_000_000), ("--seed", 1)):
        vault.add_argument(size, type=int, default=usual)
    vault.set_defaults(
        measure=lambda told: str(
            make_vault(told.folder, patients=told.patients, notes=told.notes, seed=told.seed, say=True)
        )
    )
    options = parser.parse_args()
    sys.stdout.write(options.measure(options) + "\n")


if __name__ == "__main__":
    main()
