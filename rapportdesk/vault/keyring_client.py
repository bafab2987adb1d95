"""The asking side of `keyring_process`: waits as long as it should, then kills.

The time in which the platform asks the person something is not counted; it has a limit of its own, much longer,
because nobody may be there. Imports nothing that the start of the window can do without: everything waits for it.
"""

import json
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Answering(Protocol):
        """Another process, which is sent a line and says lines: `spawned.Spawned`, `forked.Forked`."""

        def send(self, line: bytes) -> None:
            """Send a line; a process that is gone already takes none, and its absence is the answer."""

        def line(self, seconds: float) -> tuple[float, bytes] | None:
            """Return what it said next and when that arrived; b"" at its end, None after `seconds` of nothing."""

        def end(self) -> None:
            """Kill it and clear up after it; may be called once."""


class Question:
    """One question under way.

    Args:
        process: Answers it.
        request: See `keyring_process.answer`; None when `ask` will send it later.
        timeout_s: Seconds in which the store must answer.
        person_timeout_s: Seconds which a person may take to answer the platform.
    """

    def __init__(
        self, process: "Answering", request: dict[str, str] | None, *, timeout_s: float, person_timeout_s: float
    ) -> None:
        self._timeout_s, self._person_timeout_s = timeout_s, person_timeout_s
        self._deadline = time.monotonic() + timeout_s
        self._answer: dict[str, str] | None = None
        self._process = process
        if request is not None:
            self.ask(request)

    def ask(self, request: dict[str, str]) -> None:
        """Send the question to a process that was started ahead of it; the time allowed begins now."""
        self._deadline = time.monotonic() + self._timeout_s
        self._process.send(json.dumps(request).encode() + b"\n")

    def answer(self) -> dict[str, str]:
        """Wait for the answer; "outcome" is one of `keyring_process`'s, or "timeout"."""
        while self._answer is None:
            said = self._process.line(max(0.0, self._deadline - time.monotonic()))
            if said is None:
                self.cancel()
            else:
                self._take(*said)
        return self._answer

    def is_answered_within(self, seconds: float) -> bool:
        """Wait for the answer no longer than `seconds`; it may still come later."""
        until = time.monotonic() + seconds
        while self._answer is None:
            said = self._process.line(max(0.0, until - time.monotonic()))
            if said is None:
                return False
            self._take(*said)
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
        if self._answer is None:
            self._answer = answer
            self._process.end()
