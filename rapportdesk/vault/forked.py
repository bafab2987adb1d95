"""An answering process that is a copy of this one: it has imported already whatever this one had, and starts at once.

Only a process with a single thread may be copied: whatever another thread holds in that moment, a lock or half a
change, stays so in the copy for ever. So a copy is made before Qt is imported, or not at all; and on Linux alone, since
macOS' own libraries do not outlive it and Windows has no such thing.
"""

import os
import select
import signal
import sys
import time
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_AT_ONCE = 65536


def may_fork() -> bool:
    """Return whether this process has one thread and a platform on which it may be copied."""
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208  # pathlib takes 3 ms
    except OSError:
        return False


class Forked:
    """See `keyring_client.Answering`.

    Args:
        work: What the copy does, given a file descriptor to read lines from and one to write lines to.
    """

    def __init__(self, work: "Callable[[int, int], object]") -> None:
        asked, self._to = os.pipe()
        self._from, answered = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _be_a_copy(work, asked, answered, (self._to, self._from))
        os.close(asked)
        os.close(answered)
        self._rest = b""

    def send(self, line: bytes) -> None:
        """Send a line."""
        with suppress(BrokenPipeError):  # it is gone, and has left its answer, or none
            os.write(self._to, line)

    def line(self, seconds: float) -> tuple[float, bytes] | None:
        """Return what it said next and when that was seen."""
        until = time.monotonic() + seconds
        while b"\n" not in self._rest:
            ready, _write, _wrong = select.select([self._from], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            more = os.read(self._from, _AT_ONCE)
            if not more:
                rest, self._rest = self._rest, b""
                return time.monotonic(), rest
            self._rest += more
        line, _newline, self._rest = self._rest.partition(b"\n")
        return time.monotonic(), line

    def end(self) -> None:
        """Kill it."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._to)
        os.close(self._from)


def _be_a_copy(work: "Callable[[int, int], object]", asked: int, answered: int, others: tuple[int, int]) -> None:
    """Do the work and end, whatever happens; never return to what the first process was about."""
    try:
        from fcntl import F_DUPFD, fcntl

        for other in others:  # or the end of the one would not be seen by the other
            os.close(other)
        # A program that was started without standard input or output may have been given their numbers.
        asked, answered = fcntl(asked, F_DUPFD, 3), fcntl(answered, F_DUPFD, 3)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        work(asked, answered)
    finally:
        os._exit(0)
