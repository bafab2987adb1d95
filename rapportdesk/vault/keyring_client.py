"""The asking side of `keyring_process`: waits as long as it should, then kills.

The time in which the platform asks the person something is not counted; it has a limit of its own, much longer,
because nobody may be there.
"""

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue

TYPE_CHECKING = False  # nothing is imported that the start of the process can do without: everything waits for it
if TYPE_CHECKING:
    from collections.abc import Sequence


def default_command() -> list[str]:
    """Return how to start the asking process: this program frozen into one file, or this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--keyring-process"]
    # -P: neither the working directory nor this package's files may stand in for a library's modules
    here = os.path.dirname(__file__)  # noqa: PTH120  # pathlib takes 5 ms, for which the process would wait
    return [sys.executable, "-P", f"{here}{os.sep}keyring_process.py"]


class Question:
    """One question under way.

    Args:
        command: Starts the process.
        request: See `keyring_process.answer`; None starts the process ahead of a question that `ask` will send.
        timeout_s: Seconds in which the store must answer.
        person_timeout_s: Seconds which a person may take to answer the platform.
    """

    def __init__(
        self, command: "Sequence[str]", request: dict[str, str] | None, *, timeout_s: float, person_timeout_s: float
    ) -> None:
        self._timeout_s, self._person_timeout_s = timeout_s, person_timeout_s
        self._deadline = time.monotonic() + timeout_s
        self._answer: dict[str, str] | None = None
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
        self._reader = threading.Thread(target=self._read, name="keyring answers", daemon=True)
        self._reader.start()
        if request is not None:
            self.ask(request)

    def ask(self, request: dict[str, str]) -> None:
        """Send the question to a process that was started ahead of it; the time allowed begins now."""
        self._deadline = time.monotonic() + self._timeout_s
        # A process that is gone already has left its answer, or its absence is the answer.
        with suppress(BrokenPipeError, OSError):
            self._stdin.write(json.dumps(request).encode() + b"\n")
            self._stdin.flush()

    def answer(self) -> dict[str, str]:
        """Wait for the answer; "outcome" is one of `keyring_process`'s, or "timeout"."""
        while self._answer is None:
            try:
                arrived, line = self._lines.get(timeout=max(0.0, self._deadline - time.monotonic()))
            except Empty:
                self.cancel()
            else:
                self._take(arrived, line)
        return self._answer

    def is_answered_within(self, seconds: float) -> bool:
        """Wait for the answer no longer than `seconds`; it may still come later."""
        until = time.monotonic() + seconds
        while self._answer is None:
            try:
                arrived, line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                return False
            self._take(arrived, line)
        return True

    def cancel(self) -> None:
        """Kill the process; an answer that was not taken yet is "timeout"."""
        self._end({"outcome": "timeout"})

    def _take(self, arrived: float, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:  # cut short or empty: the process ended without an answer
            said = {"outcome": "failed"}
        if said.get("state") == "asking":
            self._deadline = arrived + self._person_timeout_s
        elif said.get("state") == "asked":
            self._deadline = arrived + self._timeout_s
        else:
            self._end(said)

    def _end(self, answer: dict[str, str]) -> None:
        if self._answer is not None:
            return
        self._answer = answer
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
