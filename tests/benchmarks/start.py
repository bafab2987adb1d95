"""From the start of the process to a painted sign-in, beside a bare PySide6 window, turn about in one run.

Painted means that the names are listed, the secret's field has the focus and a key typed into it arrives. The vault is
real and lies where the platform keeps it, and its key lies in a real Secret Service. The bare window is a label and a
field to type in, painted, and nothing else.

Beside the clock's time stands the processor's, which a busy computer changes less: the window's own, and that of the
process beside it, which a second core takes where there is one to spare.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.demo import DEMO_SECRET, founder
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.model.staff import Role
from rapportdesk.paths import default_vault
from rapportdesk.vault.kdf import Argon2idParameters
from tests.vault.secret_service import SecretService

BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
class Field(QLineEdit):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)
def painted():
    sys.stdout.write(f'{{"painted": {time.time()!r}, "own": {time.process_time()!r}, "beside": 0.0}}')
    sys.stdout.flush()
    os._exit(0)
app = QApplication([])
window = QWidget()
rows = QVBoxLayout(window)
rows.addWidget(QLabel("Passphrase"))
field = Field()
rows.addWidget(field)
window.resize(1366, 690)
window.show()
app.exec()
"""

COLLEAGUES = ("Ana Ruiz", "Dr Osei", "Dr Hahn")
PEOPLE = 1 + len(COLLEAGUES)

OURS = f"from tests.benchmarks.painted import run_until_painted; run_until_painted({PEOPLE})"


@contextmanager
def practice_of_its_own() -> Iterator[dict[str, str]]:
    """Give the environment in which this account has a practice of `PEOPLE` and its key; gone afterwards."""
    service = SecretService()
    try:
        service.start()
        with tempfile.TemporaryDirectory() as compiled:
            environment = {**os.environ, **service.environment, "QT_QPA_PLATFORM": "offscreen"}
            # Compiled modules are kept, as on anybody's computer, whatever this terminal is set to; the uncounted first
            # runs compile them.
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            environment["PYTHONPYCACHEPREFIX"] = compiled
            before = dict(os.environ)
            os.environ.update(service.environment)
            try:
                # Nobody signs in, so what a secret costs to try is of no account here.
                cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
                desk, _codes = Desk.create(default_vault(), system_custody(), founder(), cost=cost)
                with desk:
                    for name in COLLEAGUES:
                        desk.staff.add(name, frozenset({Role.RECEPTION}), DEMO_SECRET, must_change=False)
            finally:
                os.environ.clear()
                os.environ.update(before)
            yield environment
    finally:
        service.close()


def measure_start(runs: int) -> str:
    """Return a table of both, in milliseconds, and their ratio.

    Args:
        runs: How often each is started, turn about.
    """
    programs = {"bare": BARE, "ours": OURS}
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    with practice_of_its_own() as environment:
        for run in range(runs + 1):
            for name, program in programs.items():
                once = _once([sys.executable, "-c", program], environment)
                if run:  # the first compiles, and fills the disk's cache
                    taken[name].append(once)
    rows = [_row(name, each) for name, each in taken.items()]
    bare, ours = (taken[name] for name in programs)
    own = _median(ours, "own") / _median(bare, "own")
    both = (_median(ours, "own") + _median(ours, "beside")) / _median(bare, "own")
    clock = _median(ours, "clock") / _median(bare, "clock")
    rows.append(
        f"ours to bare, {runs} runs each: {clock:.2f}; by processor {own:.2f}, with the process beside {both:.2f}"
    )
    return "\n".join(rows)


def _once(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    began = time.time()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    told = json.loads(done.stdout)
    return {"clock": told["painted"] - began, "own": told["own"], "beside": told["beside"]}


def _row(name: str, taken: list[dict[str, float]]) -> str:
    clock = sorted(1000 * each["clock"] for each in taken)
    return (
        f"{name}  median {1000 * _median(taken, 'clock'):5.0f} ms   best {clock[0]:5.0f}   worst {clock[-1]:5.0f}"
        f"   processor {1000 * _median(taken, 'own'):5.0f}   beside {1000 * _median(taken, 'beside'):5.0f}"
    )


def _median(taken: list[dict[str, float]], what: str) -> float:
    return statistics.median(each[what] for each in taken)
