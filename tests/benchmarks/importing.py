"""What a big file costs: seconds, and the most memory that the reader and the desk's own process held at once.

Every measurement has a process of its own, because the most that a process held is never forgotten. With `--vault` the
file is brought into a new vault; without, it is only read. A child counts as its own what its parent held when it
began, so the reader's figure says nothing below that.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.invented_files import FORMATS, write

_MEGABYTE = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss is in kilobytes, on macOS in bytes


def measure_import(appointments: int, forms: list[str], *, vault: bool) -> str:
    """Return a table with a line for each format.

    Args:
        appointments: How many the file holds; it holds a tenth as many patients.
        forms: Of `FORMATS`; all of them when empty.
        vault: Bring the file into a vault and do not only read it.
    """
    rows = [f"{'format':8}{'file':>8}{'seconds':>9}{'reader':>9}{'desk, idle':>12}{'desk, most':>12}"]
    for form in forms or sorted(FORMATS):
        with tempfile.TemporaryDirectory() as folder:
            path = write(Path(folder), form, appointments)
            command = [sys.executable, "-m", __name__, str(path), *(["vault"] if vault else [])]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told = json.loads(done.stdout)
            if told["appointments"] != appointments:
                raise RuntimeError(f"{form}: {told['appointments']} of {appointments} came in")
            size = path.stat().st_size / 1024 / 1024
        rows.append(
            f"{form:8}{size:5.0f} MB{told['seconds']:9.1f}{told['reader']:6.0f} MB"
            f"{told['idle']:9.0f} MB{told['most']:9.0f} MB"
        )
    return "\n".join(rows)


def held(whose: int = resource.RUSAGE_SELF) -> float:
    """Return the most megabytes that this process, or the largest of its children, has held at once."""
    status = Path("/proc/self/status")
    if whose == resource.RUSAGE_SELF and status.exists():  # where it forgets what the process was before
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(whose).ru_maxrss / _MEGABYTE


def _once(path: Path, *, vault: bool) -> dict[str, float]:
    if not vault:
        from rapportdesk.exchange import read_files

        idle, began = held(resource.RUSAGE_SELF), time.monotonic()
        kept = len(read_files([path]).appointments)
    else:
        from rapportdesk.clock import SystemClock
        from rapportdesk.desk.desk import Desk
        from rapportdesk.desk.invention.demo import founder
        from rapportdesk.desk.keys.custody import MemoryCustody

        with tempfile.TemporaryDirectory() as folder:
            desk, _codes = Desk.create(Path(folder, "vault", "desk.rapport"), MemoryCustody(), founder(), SystemClock())
            with desk:
                idle, began = held(resource.RUSAGE_SELF), time.monotonic()
                tally = desk.imports.read([path]).appointments
                kept = tally.added + tally.waiting
    return {
        "appointments": kept,
        "seconds": time.monotonic() - began,
        "reader": held(resource.RUSAGE_CHILDREN),
        "idle": idle,
        "most": held(resource.RUSAGE_SELF),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_once(Path(sys.argv[1]), vault="vault" in sys.argv[2:])))
