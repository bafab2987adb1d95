"""The program as a person or a script starts it: a process of its own, with real streams and a real exit code.

Starting Python and loading everything takes most of a second, so what does not hang on the process itself may be tried
by `Program.call`: the same arguments, bytes and exit code without a new process.
"""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from rapportdesk.cli import main
from rapportdesk.vault.keyring_custody import KeyringCustody

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0
SUB_COMMANDS = ("-m", "rapportdesk")
ENTRY_POINT = ("-c", "import sys; from ui.__main__ import main; sys.exit(main())")
"""What the installed `rapportdesk` does."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command left behind."""

    code: int
    out: str
    err: str

    def done(self) -> str:
        """Return what was printed by a command that did what it was asked, and complained of nothing."""
        assert (self.code, self.err) == (0, "")
        return self.out

    def json(self) -> Any:
        """Return what a command that did what it was asked printed for a machine."""
        return json.loads(self.done())

    def refused(self, code: int = 1) -> str:
        """Return the one sentence of a command that refused: one line, no traceback, no bug's name."""
        assert self.code == code, self
        assert self.err.endswith("\n")
        assert len(self.err.splitlines()) == 1, self.err
        assert "Traceback" not in self.err
        assert "Something went wrong inside" not in self.err, self.err
        return self.err.rstrip("\n")


class AskedOnce(KeyringCustody):
    """Asks the real password store once for each key and remembers: for a store that no test changes."""

    def __init__(self, known: dict[str, bytes]) -> None:
        super().__init__()
        self._known = known

    def read(self, key_id: str) -> bytes:
        """Return the key kept under this id."""
        if key_id not in self._known:
            self._known[key_id] = super().read(key_id)
        return self._known[key_id]

    def read_anchor(self, name: str) -> str:
        """Return how the file stood."""
        if (known := self._known.get(f"anchor {name}")) is None:
            return super().read_anchor(name)
        return known.decode()

    def keep_anchor(self, name: str, anchor: str) -> None:
        """Note how the file stands, where a process of its own will find it too."""
        super().keep_anchor(name, anchor)
        self._known[f"anchor {name}"] = anchor.encode()


@dataclass(frozen=True, slots=True)
class Program:
    """Runs commands in one surrounding.

    Attributes:
        environment: All that the program finds there, besides where Python is.
        warnings: What Python does about warnings inside the program.
        known: The keys that `call` need not ask the password store for again; None asks each time.
    """

    environment: Mapping[str, str] = field(default_factory=dict)
    warnings: str = "error"
    known: dict[str, bytes] | None = None

    def run(
        self,
        *arguments: str | bytes | Path,
        stdin: bytes = b"",
        entry: Sequence[str] = SUB_COMMANDS,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run one command to its end.

        Args:
            arguments: What stands after the program's name; bytes as the system hands them over.
            stdin: All that standard input holds.
            entry: How the program is started.
            cwd: Where.
            environment: More of it, for this command alone.
        """
        ended = subprocess.run(
            [sys.executable, *entry, *arguments],
            input=stdin,
            capture_output=True,
            env=self.surroundings(environment or {}),
            cwd=cwd,
            timeout=PATIENCE_S,
            start_new_session=True,  # with no terminal to ask at
            check=False,
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def call(self, *arguments: str | bytes | Path, stdin: bytes = b"") -> Ran:
        """Run one sub-command to its end inside this process; the arguments are those of `run`."""
        out, err = io.BytesIO(), io.BytesIO()
        with pytest.MonkeyPatch.context() as surroundings:
            for name in ("PYTHON_KEYRING_BACKEND", "XDG_CURRENT_DESKTOP"):
                surroundings.delenv(name, raising=False)
            for name, value in self.environment.items():
                surroundings.setenv(name, value)
            if self.known is not None:
                asked_once = AskedOnce(self.known)
                surroundings.setattr("rapportdesk.desk.keys.custody.KeyringCustody", lambda: asked_once)
            surroundings.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            surroundings.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
            surroundings.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8"))
            code = main([os.fsdecode(each) for each in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            return Ran(code, out.getvalue().decode(), err.getvalue().decode())

    def start(self, *arguments: str | Path, **streams: Any) -> subprocess.Popen[bytes]:
        """Start a command and return at once, with the streams of `subprocess.Popen`."""
        return subprocess.Popen([sys.executable, *SUB_COMMANDS, *arguments], env=self.surroundings({}), **streams)

    def surroundings(self, more: Mapping[str, str]) -> dict[str, str]:
        """Return the environment of one command."""
        return {
            **{name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": self.warnings,
            "LANG": "C.UTF-8",
            **self.environment,
            **more,
        }
