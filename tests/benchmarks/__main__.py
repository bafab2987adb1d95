"""`python -m tests.benchmarks start`: ratios within one run, with the figures they come from."""

import argparse
import sys

from tests.benchmarks.cover import measure_cover
from tests.benchmarks.desk import measure_desk
from tests.benchmarks.start import measure_start


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    commands = parser.add_subparsers(required=True)
    start = commands.add_parser("start", help="from the process to a painted sign-in, beside a bare PySide6 window")
    start.add_argument("--runs", type=int, default=15)
    start.set_defaults(measure=lambda options: measure_start(options.runs))
    cover = commands.add_parser("cover", help="from F9 to a painted cover, over every scene of the desk")
    cover.set_defaults(measure=lambda _options: measure_cover())
    desk = commands.add_parser("desk", help="from a person at the desk to note saved, promise made, arrived")
    desk.add_argument("--runs", type=int, default=5)
    desk.set_defaults(measure=lambda options: measure_desk(options.runs))
    options = parser.parse_args()
    sys.stdout.write(options.measure(options) + "\n")


if __name__ == "__main__":
    main()
