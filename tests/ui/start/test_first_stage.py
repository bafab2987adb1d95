"""The sign-in is painted by the first stage alone: what it imports is counted here, and everything else comes after.

Times depend on the machine; what is imported does not. Whoever needs one more module before the paint adds it below,
and measures first what it costs (`python -m tests.benchmarks start`).
"""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.linux

FIRST_STAGE = {
    "rapportdesk",
    "rapportdesk.clock",
    "rapportdesk.desk",
    "rapportdesk.desk.door",
    "rapportdesk.desk.door.door",
    "rapportdesk.desk.door.door_question",
    "rapportdesk.errors",
    "rapportdesk.hardening",
    "rapportdesk.language",
    "rapportdesk.model",
    "rapportdesk.model.identity",
    "rapportdesk.model.staff",
    "rapportdesk.paths",
    "rapportdesk.vault",
    "rapportdesk.vault.forked",
    "rapportdesk.vault.keyring_client",
    "ui",
    "ui.__main__",
    "ui.door",
    "ui.door.door_page",
    "ui.door.sign_in",
    "ui.frame",
    "ui.frame.window",
    "ui.look",
    "ui.look.bidi",
    "ui.look.early",
    "ui.look.palette",
    "ui.look.roles",
    "ui.look.style_screens",
    "ui.look.style_sheet",
    "ui.start",
    "ui.start.beginning",
    "ui.start.options",
    "ui.start.qt_import",
    "ui.start.run",
    "ui.start.settings",
    "ui.start.single_instance",
    "ui.theme",
    "ui.widgets",
    "ui.widgets.choice",
    "ui.widgets.controls",
    "ui.widgets.pages",
    "ui.widgets.secret_field",
    "PySide6",
    "PySide6.QtCore",
    "PySide6.QtGui",
    "PySide6.QtWidgets",
    "platformdirs",
}
"""Ours, Qt's, and other people's."""

HEAVY = {"argparse", "asyncio", "concurrent", "dataclasses", "inspect", "logging", "queue", "sqlite3"} | {
    "subprocess",
    "uuid",
}
"""Of the standard library, what the first stage does without; milliseconds each. Not ctypes: it closes the process to
others before the device's key comes, while the other process fetches that."""

START = "{before}\nfrom tests.benchmarks.painted import run_until_painted; run_until_painted({people})"


def too_early(environment: dict[str, str], before: str = "") -> set[str]:
    """Return what was imported before the sign-in was painted though it is not of the first stage."""
    from tests.benchmarks.start import PEOPLE

    command = [sys.executable, "-c", START.format(before=before, people=PEOPLE)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    modules = set(json.loads(done.stdout)["modules"])
    # The standard library's own modules are counted where they are heavy; which of them import which is its affair.
    named = {name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names}
    # PySide's own, this test's own, and what the environment puts in place before any program (`_distutils_hack`).
    whose = {name for name in named if not name.startswith(("_", "shiboken", "signature_bootstrap", "tests"))}
    ours = {name for name in whose if name not in FIRST_STAGE and not name.startswith("platformdirs.")}
    missing = {f"no longer {name}" for name in FIRST_STAGE - modules}
    return ours | missing | (HEAVY & modules)


def test_the_sign_in_is_painted_with_what_the_first_stage_imports(environment: dict[str, str]) -> None:
    assert too_early(environment) == set()


@pytest.mark.parametrize(
    "needless", ["dataclasses", "subprocess", "PySide6.QtNetwork", "ui.widgets.dialog", "cryptography"]
)
def test_one_module_more_would_be_seen(environment: dict[str, str], needless: str) -> None:
    assert needless in too_early(environment, f"import {needless}")
