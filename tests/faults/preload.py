"""The library that stands between the program and the disk: compiled here, loaded before Python, spoken to by ctypes.

Nothing of it is installed; where there is no C compiler, what needs it is deselected (`conftest.py`).
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("preload.c")
COMPILER = shutil.which("cc") or shutil.which("gcc")
AVAILABLE = COMPILER is not None and sys.platform == "linux"

_LOADED = "RAPPORTDESK_FAULTS_LIBRARY"


class Fault(IntEnum):
    """What happens at the n-th request."""

    NEVER = 0
    ONCE = 1
    FROM_THEN_ON = 2
    KILL = 3


def compiled(folder: Path) -> Path:
    """Return the library, compiled into a folder."""
    if COMPILER is None:
        raise RuntimeError("there is no C compiler")
    library = folder / "faults.so"
    options = ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run([COMPILER, *options], check=True)
    return library


def environment(library: Path) -> dict[str, str]:
    """Return the environment of a process that has the library underneath."""
    return {**os.environ, "LD_PRELOAD": str(library), _LOADED: str(library)}


def is_loaded() -> bool:
    """Whether this process has the library underneath."""
    return _LOADED in os.environ


def run_over_it(folder: Path, arguments: Sequence[str]) -> int:
    """Run `python -m tests.faults` once more with the library underneath; returns its exit code."""
    command = [sys.executable, "-m", "tests.faults", *arguments]
    return subprocess.run(command, env=environment(compiled(folder)), check=False).returncode


class Disk:
    """What is asked of the disk for one folder's files.

    Args:
        folder: Whose files are watched, by absolute names.
    """

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(os.environ[_LOADED])
        self._library.faults_count.restype = ctypes.c_long
        self._library.faults_room_left.restype = ctypes.c_long
        self._library.faults_arm.argtypes = [ctypes.c_int, ctypes.c_long, ctypes.c_int, ctypes.c_int]
        self._library.faults_room.argtypes = [ctypes.c_long]
        self._library.faults_watch(os.fsencode(folder.absolute()))

    @contextmanager
    def recording(self, log: Path) -> Iterator[None]:
        """Write down everything asked of the disk; see `recording.py`."""
        self._library.faults_record(os.fsencode(log))
        try:
            yield
        finally:
            self._library.faults_record(b"")

    def mark(self, text: str) -> None:
        """Write a word of the writer's own among what was asked of the disk."""
        self._library.faults_mark(text.encode())

    def arm(self, fault: Fault, number: int, error: int = 0, *, reads: bool = False) -> None:
        """Let a request fail, counted from 1 from now on.

        Args:
            fault: What happens.
            number: At which request.
            error: The errno, as `errno.EIO`.
            reads: Whether reading and opening is counted too.
        """
        self._library.faults_arm(fault, number, error, reads)

    def disarm(self) -> int:
        """Let nothing fail any more; returns how many requests were counted."""
        counted = int(self._library.faults_count())
        self._library.faults_arm(Fault.NEVER, 0, 0, 0)
        return counted

    @property
    def came(self) -> int:
        """How many requests failed since the last arming."""
        return int(self._library.faults_came())

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Let nothing in the folder be written, as on a disk that was mounted so."""
        self._library.faults_read_only(1)
        try:
            yield
        finally:
            self._library.faults_read_only(0)

    @contextmanager
    def room_for(self, more: int) -> Iterator[None]:
        """Let the folder's disk have room for so many bytes and no more."""
        self._library.faults_room(more)
        try:
            yield
        finally:
            self._library.faults_room(-1)
