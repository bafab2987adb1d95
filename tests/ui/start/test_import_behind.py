"""Whoever takes a moment to type their secret waits for no import behind it; and no part of it is long."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.linux

MOST_AT_ONCE = 12
"""Modules of ours; each takes a millisecond or two, and 50 ms would be noticed."""

SIGN_IN = """
import gc, json, os, sys
import ui.__main__ as program
import ui.start.import_behind as behind
import ui.start.qt_import as qt_import
{before}
import_qt = qt_import.import_qt
def and_watch():
    import_qt()
    from ui.start.application import Application
    enter, then = Application.enter, behind.ImportBehind._next
    def watched(self, viewer):
        known = set(sys.modules)
        def shown(_shell):
            late = sorted(name for name in set(sys.modules) - known if name.startswith(("ui", "PySide6")))
            card = sys.modules["ui.card.card"].CardScreen if "ui.card.card" in sys.modules else None
            print(json.dumps([late, any(each is card for each in gc.get_objects())]))
            sys.stdout.flush()
            os._exit(0)
        self.signed_in.connect(shown)
        enter(self, viewer)
    def sign_in_at_last(self):
        then(self)
        if not self._left:
            page = self.parent().sign_in
            page._secret.edit.setText({secret!r})
            page._try()
    Application.enter, behind.ImportBehind._next = watched, sign_in_at_last
qt_import.import_qt = and_watch
program.main([])
"""

IN_PARTS = """
import json, sys
from importlib import import_module
import ui.start.application, ui.door.recovery, ui.frame.house
from ui.start.import_behind import PARTS
counts = {}
for part in PARTS:
    known = set(sys.modules)
    import_module(part)
    counts[part] = sum(name.startswith("ui.") for name in set(sys.modules) - known)
print(json.dumps(counts))
"""


def on_entering(environment: dict[str, str], before: str = "") -> tuple[list[str], bool]:
    """Enter with a secret that comes after everything behind the sign-in.

    Returns:
        What was still to import when it was accepted, and whether the card's class is looked through for garbage.
    """
    from rapportdesk.desk.invention.demo import DEMO_SECRET

    command = [sys.executable, "-c", SIGN_IN.format(before=before, secret=DEMO_SECRET)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    names, is_looked_through = json.loads(done.stdout)
    return names, is_looked_through


def test_a_secret_that_took_a_moment_to_type_waits_for_no_import(environment: dict[str, str]) -> None:
    assert on_entering(environment) == ([], False), "nor does the collector look through what was imported"


def test_without_being_kept_for_good_it_is_looked_through_with_every_screen(environment: dict[str, str]) -> None:
    forgotten = "import ui.start.run; ui.start.run.keep_for_good = lambda application: None"
    assert on_entering(environment, forgotten) == ([], True)


def test_without_it_a_hundred_modules_would_be_waited_for(environment: dict[str, str]) -> None:
    assert len(on_entering(environment, "behind.PARTS = ()")[0]) > 100


def test_no_part_brings_many_others_with_it(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_PARTS], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    counts: dict[str, int] = json.loads(done.stdout)
    assert {part: count for part, count in counts.items() if count > MOST_AT_ONCE} == {}
    assert sum(counts.values()) > 100, "the control: there is something to count"
