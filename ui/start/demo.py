"""A throw-away clinic for trying: invented people in a temporary directory, a key in memory, and nothing kept.

Without a screen the demo walks the main job by itself, through the same window, and says what a clinician reads.
"""

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rapportdesk.clock import Clock
from rapportdesk.desk.keys.custody import MemoryCustody
from ui.start.beginning import Beginning

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk


class DemoClock:
    """The workstation's clock, moved to a time at which a clinic is open; it runs at the usual pace.

    Args:
        base: The workstation's own clock.
    """

    def __init__(self, base: Clock) -> None:
        from rapportdesk.desk.invention.demo import opening_hours

        self._base = base
        local = base.local(base.now())
        self._shift = opening_hours(local) - local

    @property
    def zone(self) -> dt.tzinfo | None:
        """The practice’s zone; None is the workstation’s own."""
        return self._base.zone

    def now(self) -> dt.datetime:
        """Return the moved wall clock, in UTC."""
        return self._base.now() + self._shift

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return self._base.monotonic()

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return `moment` in the workstation's zone."""
        return self._base.local(moment)


class DemoVault:
    """A directory for the demo's file, removed with everything in it; a context manager."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="rapportdesk-demo-"))
        self.beginning = Beginning(vault=self.directory / "desk.rapport", custody=MemoryCustody())

    def __enter__(self) -> "DemoVault":
        """Return itself."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Remove the directory."""
        shutil.rmtree(self.directory, ignore_errors=True)


def open_demo(beginning: Beginning, clock: Clock) -> "Desk":
    """Make the invented clinic and return its desk, with nobody signed in; runs on the worker."""
    from rapportdesk.desk.desk import Desk
    from rapportdesk.desk.invention.demo import fill_clinic, founder

    desk, _codes = Desk.create(beginning.vault, beginning.custody, founder(), clock)
    fill_clinic(desk)
    return desk
