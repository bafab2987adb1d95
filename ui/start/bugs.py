"""A bug is reported by where it happened and by its type, never by its message: that may hold a patient's words.

The report goes into one small file beside the settings. Nothing sends it: a person reads it and hands it on, or not
(`ui.dialogs.problem_report`).
"""

import logging
import os
import platform
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import rapportdesk
from rapportdesk.event_log import describe

MOST_BYTES = 64 * 1024

REPORT_NAME = "problem-report.txt"
LOG_NAME = "rapportdesk.log"


class BugReports:
    """Writes reports and tells the window that there was one.

    Args:
        file: Where they go; begun anew when it has grown too large.
        tell: Called after each, on the thread in which it happened.
    """

    def __init__(self, file: Path, tell: Callable[[], object]) -> None:
        self._file = file
        self._tell = tell

    def install(self) -> None:
        """Take every exception that nobody caught, in any thread."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda thrown: self.report(thrown.exc_value) if thrown.exc_value else None

    def report(self, error: BaseException) -> None:
        """Write one report and tell of it."""
        text = f"RapportDesk {rapportdesk.__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        text += describe(error) + "\n\n"
        sys.stderr.write(text)
        logging.getLogger(__name__).error("broke: %s", type(error))
        with suppress(OSError):  # a full or read-only disk must not turn one bug into two
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = not self._file.exists() or self._file.stat().st_size > MOST_BYTES
            how = "w" if fresh else "a"
            with open(self._file, how, encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
                out.write(text)
        self._tell()

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))
