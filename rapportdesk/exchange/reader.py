"""The child process in which files from outside are taken apart: whatever they do to it, the vault is elsewhere.

It is told on standard input what to read, so that no file name stands in a list of processes, and answers once on
standard output. It holds no key, writes nothing, and may be killed at any moment.
"""

import datetime as dt
import json
import sys
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk.exchange.columns import TableSettings
from rapportdesk.exchange.crossing import write_outcome
from rapportdesk.exchange.files import Looked, look_at, reading, try_files
from rapportdesk.exchange.patient_file_reader import take_apart
from rapportdesk.exchange.zones import zone_from
from rapportdesk.hardening import keep_memory_private

MOST_MEMORY = 3 * 1024**3
"""Bytes of address space, where the platform can limit them."""

LOOKED = TypeAdapter(Looked)
SETTINGS = TypeAdapter(TableSettings)


def main() -> int:
    """Read what standard input asks for; return 0 once answered."""
    keep_memory_private()
    limit_memory(MOST_MEMORY)
    request = json.load(sys.stdin.buffer)
    if "patient_file" in request:
        sys.stdout.buffer.write(take_apart(Path(request["patient_file"])))
        sys.stdout.buffer.flush()
        return 0
    how = reading(
        zone_from(request["zone"]),
        dt.date.fromisoformat(request["today"]),
        SETTINGS.validate_python(request["tables"]),
    )
    paths = [Path(path) for path in request["paths"]]
    if request["look"]:
        sys.stdout.buffer.write(LOOKED.dump_json(look_at(paths, how=how)))
    else:
        write_outcome(try_files(paths, how=how), sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return 0


def limit_memory(most: int) -> None:
    """Let a file that unfolds without end meet a wall.

    Args:
        most: Bytes of address space; a lower limit that is set already stays.
    """
    try:
        import resource
    except ImportError:  # Windows has no such module; the time limit is what remains there
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if sys.platform != "darwin":  # which refuses to limit address space
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    sys.exit(main())
