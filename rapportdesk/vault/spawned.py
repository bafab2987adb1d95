"""An answering process that is a program of its own, started by a command; on every platform."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue


def default_command() -> list[str]:
    """Return how to start the asking process: this program frozen into one file, or this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--keyring-process"]
    # -P: neither the working directory nor this package's files may stand in for a library's modules
    here = os.path.dirname(__file__)  # noqa: PTH120  # a path as text, for a command
    return [sys.executable, "-P", f"{here}{os.sep}keyring_process.py"]


class Spawned:
    """See `keyring_client.Answering`.

    Args:
        command: Starts the process.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._lines: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603  # our own file or our own program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("both were asked for")
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        # A thread, because no other way of waiting for a pipe with a limit works on Windows too.
        self._reader = threading.Thread(target=self._read, name="keyring answers", daemon=True)
        self._reader.start()

    def send(self, line: bytes) -> None:
        """Send a line."""
        with suppress(BrokenPipeError, OSError):  # it is gone, and has left its answer, or none
            self._stdin.write(line)
            self._stdin.flush()

    def line(self, seconds: float) -> tuple[float, bytes] | None:
        """Return what it said next and when that arrived."""
        try:
            return self._lines.get(timeout=seconds)
        except Empty:
            return None

    def end(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with suppress(BrokenPipeError, OSError):  # what was never read cannot be flushed
            self._stdin.close()

    def _read(self) -> None:
        with self._stdout:
            for line in self._stdout:
                self._lines.put((time.monotonic(), line))
        self._lines.put((time.monotonic(), b""))


class NotStarted:
    """A process that the system would not start: it has ended, and left no answer."""

    def send(self, line: bytes) -> None:
        """Reach nobody."""

    def line(self, seconds: float) -> tuple[float, bytes] | None:  # noqa: ARG002  # nothing is waited for
        """Say at once that nothing comes."""
        return time.monotonic(), b""

    def end(self) -> None:
        """There is nothing to end."""


def spawn(command: Sequence[str]) -> Spawned | NotStarted:
    """Start an answering process; where that cannot be done, whoever asks it gets no answer."""
    try:
        return Spawned(command)
    except OSError:
        return NotStarted()
