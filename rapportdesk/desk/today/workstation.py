"""What is amiss with the workstation is said on the first screen, to whoever is there, beside what is safe.

A clock that stands behind and a disk that is full are nobody's fault at the counter and stop nobody: what has ended
does not count again under a clock set back (the recorded clock never decreases), and what is kept stays kept.
"""

import datetime as dt
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rapportdesk.desk.session import Session
from rapportdesk.desk.today.kept import kept_until
from rapportdesk.language import _
from rapportdesk.model.reminder import Reminder

CLOCK_BEHIND = dt.timedelta(hours=1)
"""How far a clock may stand behind the last thing kept: an hour is daylight saving on a computer without zones."""

LEAST_ROOM = 64 * 1024 * 1024
"""Bytes that have to be free on the vault's disk: a year of notes, and the room in which SQLite works."""


class Workstation:
    """The computer at the counter.

    Args:
        session: The sign-in.
        vault: The vault's file.
    """

    def __init__(self, session: Callable[[], Session], vault: Path) -> None:
        self._session = session
        self._vault = vault

    def amiss(self) -> tuple[Reminder, ...]:
        """Return what is amiss, the most pressing first; there is no command that mends it."""
        found = []
        if self._disk_is_full():
            found.append(
                Reminder(words=_("The disk is full. What is here is safe; make room on it before you write more."))
            )
        if self._clock_is_behind():
            found.append(
                Reminder(
                    words=_(
                        "This computer’s clock is wrong: it stands before the last entry. Set it right; until then "
                        "Today shows another day, and nothing that has ended counts again."
                    )
                )
            )
        return tuple(found)

    def _clock_is_behind(self) -> bool:
        session = self._session()
        now = session.clock.now()
        if now >= session.now() - CLOCK_BEHIND:  # the recorded clock is at least as late as whatever was kept
            return False
        until = kept_until(session)
        return until is not None and now < until - CLOCK_BEHIND

    def _disk_is_full(self) -> bool:
        with suppress(OSError):  # a disk that tells nothing of itself
            return shutil.disk_usage(self._vault.parent).free < LEAST_ROOM
        return False
