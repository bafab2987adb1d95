"""From the start of the process to a painted sign-in, beside a bare PySide6 window, turn about in one run.

Painted means that the names are listed, the secret's field has the focus and a key typed into it arrives. The vault is
real and its key lies in a real Secret Service.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rapportdesk.desk.custody import system_custody
from rapportdesk.desk.demo import DEMO_SECRET, founder
from rapportdesk.desk.desk import Desk
from rapportdesk.model.staff import Role
from tests.vault.secret_service import SecretService

BARE = """
import sys, time
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        sys.stdout.write(repr(time.time())); sys.stdout.flush()
        import os; os._exit(0)
app = QApplication([])
window = Bare()
window.resize(1366, 690)
window.show()
app.exec()
"""

OURS = "import sys; from tests.benchmarks.painted import run_until_painted; run_until_painted(sys.argv[1], {people})"

COLLEAGUES = ("Ana Ruiz", "Dr Osei", "Dr Hahn")


@contextmanager
def _practice() -> Iterator[tuple[Path, dict[str, str]]]:
    service = SecretService()
    try:
        service.start()
        with tempfile.TemporaryDirectory() as folder:
            vault = Path(folder) / "vault" / "desk.rapport"
            environment = {**os.environ, **service.environment, "QT_QPA_PLATFORM": "offscreen"}
            # Compiled modules are kept, as on anybody's computer, whatever this terminal is set to; the uncounted first
            # runs compile them.
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
            before = dict(os.environ)
            os.environ.update(service.environment)
            try:
                desk, _codes = Desk.create(vault, system_custody(), founder())
                with desk:
                    for name in COLLEAGUES:
                        desk.staff.add(name, frozenset({Role.RECEPTION}), DEMO_SECRET, must_change=False)
            finally:
                os.environ.clear()
                os.environ.update(before)
            yield vault, environment
    finally:
        service.close()


def _once(command: list[str], environment: dict[str, str]) -> float:
    began = time.time()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return float(done.stdout) - began


def measure_start(runs: int) -> str:
    """Return a table of both, in milliseconds, and their ratio.

    Args:
        runs: How often each is started, turn about.
    """
    with _practice() as (vault, environment):
        bare, ours = (
            [sys.executable, "-c", BARE],
            [sys.executable, "-c", OURS.format(people=1 + len(COLLEAGUES)), str(vault)],
        )
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        for run in range(runs + 1):
            for name, command in (("bare", bare), ("ours", ours)):
                taken = _once(command, environment)
                if run:  # the first compiles, and fills the disk's cache
                    times[name].append(taken * 1000)
    median = {name: statistics.median(values) for name, values in times.items()}
    rows = [
        f"{name:5} median {median[name]:6.0f} ms   best {min(values):6.0f}   worst {max(values):6.0f}"
        for name, values in times.items()
    ]
    return "\n".join([*rows, f"ratio of medians {median['ours'] / median['bare']:.2f}, {runs} runs each"])
