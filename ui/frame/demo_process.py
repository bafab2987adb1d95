"""The demo opens in a window and a process of its own: it shares nothing with the desk that somebody works at."""

import sys


def start_demo() -> None:
    """Open the demo beside this window."""
    from PySide6.QtCore import QProcess  # eight enumerations that the first paint does not need

    frozen = getattr(sys, "frozen", False)
    QProcess.startDetached(sys.executable, ["--demo"] if frozen else ["-m", "ui", "--demo"])
