"""Set RapportDesk up from its source and run it, the same way on Linux, Windows and macOS.

This file imports the standard library alone, because it runs before anything is installed. Every command first brings
the machine to the state it needs, and does again only what has changed since: system packages (Debian and Ubuntu), a
virtual environment in .venv, the packages of requirements.lock by their hashes, the project itself, the translations.

    python3 packaging/dev.py demo [arguments of the window]
    python3 packaging/dev.py test [arguments of pytest]
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from system_packages import PackagesMissing, ensure_system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = "rapportdesk.stamp"
LOCALES = ROOT / "resources" / "locale"
TEMPLATE = ROOT / "build" / "rapportdesk.pot"  # made anew each time, so not kept

# Bandit repeats what ruff's S rules say, so it looks only for what is grave.
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("mypy packaging", ("mypy", "packaging")),
    ("import-linter", ("lint-imports",)),
    ("bandit", ("bandit", "-q", "-ll", "-r", "rapportdesk", "ui", "packaging")),
)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Print the name of what is being done, and how long it took once it is done."""
    print(f"{name} ...", end=" ", flush=True)
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def scripts(venv: Path) -> Path:
    """Return the folder of a virtual environment's programs."""
    return venv / ("Scripts" if os.name == "nt" else "bin")


def interpreter(venv: Path) -> Path:
    """Return a virtual environment's Python."""
    return scripts(venv) / ("python.exe" if os.name == "nt" else "python")


def fingerprint(lock: bytes, project: bytes, version: str) -> str:
    """Return a digest that changes when the locked packages, the project's metadata or the Python version change."""
    digest = hashlib.sha256()
    for part in (lock, project, version.encode()):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def made_by(configuration: str) -> str:
    """Return the Python version ("3.11") that the text of a pyvenv.cfg names, or "" when it names none."""
    for line in configuration.splitlines():
        key, _, value = line.partition("=")
        if key.strip() in ("version", "version_info"):
            return ".".join(value.strip().split(".")[:2])
    return ""


def has_stamp(venv: Path, stamp: str) -> bool:
    """Say whether a virtual environment is whole and was last set up for `stamp`."""
    file = venv / STAMP
    return interpreter(venv).exists() and file.exists() and file.read_text(encoding="ascii") == stamp


def is_usable(venv: Path, python: str) -> bool:
    """Say whether a virtual environment exists and its Python is of version `python` ("3.11")."""
    configuration = venv / "pyvenv.cfg"
    whole = interpreter(venv).exists() and configuration.exists()
    return whole and made_by(configuration.read_text(encoding="utf-8")) == python


def ensure_venv() -> None:
    """Make .venv, or bring it up to date, unless its stamp says that it is.

    The project itself is installed editable, by its own build backend from the lock and not from the network: so the
    command `rapportdesk`, its metadata and the import path are what `pip install .` gives, with the source still live.
    """
    stamp = fingerprint(LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), platform.python_version())
    if has_stamp(VENV, stamp):
        return
    if not is_usable(VENV, ".".join(platform.python_version_tuple()[:2])):
        with step("virtual environment"):
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    pip = [str(interpreter(VENV)), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    with step("locked packages"):
        subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)], check=True)
    with step("the project itself"):
        subprocess.run([*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    (VENV / STAMP).write_text(stamp, encoding="ascii")


def babel(*arguments: str) -> None:
    """Run Babel's command line in .venv."""
    command = [str(interpreter(VENV)), "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, check=True, cwd=ROOT)


def compile_translations() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for source in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            babel("compile", "-i", str(source), "-o", str(compiled), "-l", source.parent.parent.name)


def set_up(*, for_tests: bool = False) -> None:
    """Bring this machine to where every command of the project runs."""
    ensure_system_packages(for_tests=for_tests)
    ensure_venv()
    compile_translations()


def private_environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing reaches the person's own files, screen, bus, passwords or language."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "LC_", "DBUS_", "QT_"))}
    for unwanted in ("LANGUAGE", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"):
        env.pop(unwanted, None)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # each of hundreds of processes would compile everything for itself
    folders = {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
    }
    for variable, name in {**folders, "XDG_RUNTIME_DIR": "run"}.items():
        (home / name).mkdir(mode=0o700)
        env[variable] = str(home / name)
    return {**env, "HOME": str(home), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def in_private(command: Sequence[str]) -> int:
    """Run a program of .venv in a private environment and return its exit code."""
    with tempfile.TemporaryDirectory(prefix="rd-", ignore_cleanup_errors=True) as home:
        return subprocess.run(command, env=private_environment(Path(home)), check=False).returncode


def demo(arguments: Sequence[str]) -> int:
    """Open the window on invented patients."""
    set_up()
    return subprocess.run([str(interpreter(VENV)), "-m", "ui", "--demo", *arguments], check=False).returncode


def check(name: str, command: Sequence[str]) -> bool:
    """Run one check, print its name and time, and what it said when it failed."""
    program = shutil.which(command[0], path=str(scripts(VENV))) or command[0]
    began = time.monotonic()
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    print(f"{'FAILED' if done.returncode else 'ok':<8}{name:<20}{time.monotonic() - began:6.1f} s", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def test(arguments: Sequence[str]) -> int:
    """Run every check, then all tests; pytest's summary is the last line."""
    set_up(for_tests=True)
    failed = [name for name, command in CHECKS if not check(name, command)]
    if failed:
        print(f"\nFailed before the tests: {', '.join(failed)}. The tests follow.\n", flush=True)
    workers = str(min(os.cpu_count() or 1, 4))
    slow = ["--durations", "15", "--durations-min", "10"]  # seconds; who makes the tests slower sees where
    # In the order of tests/conftest.py. A process that crashed is not replaced: with whole files handed out, xdist 3.8
    # waits for ever afterwards (pytest-xdist issues 784, 1323 and 1327).
    split = ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0", *slow]
    pytest = [str(interpreter(VENV)), "-m", "pytest", *split, "--rootdir", str(ROOT)]
    os.chdir(ROOT)
    return in_private([*pytest, *arguments]) or int(bool(failed))


def module(name: str) -> Callable[[Sequence[str]], int]:
    """Return a command that runs one of the tests' own programs."""

    def run(arguments: Sequence[str]) -> int:
        set_up(for_tests=True)
        return in_private([str(interpreter(VENV)), "-m", name, *arguments])

    return run


def audit(arguments: Sequence[str]) -> int:
    """Ask the network whether a locked package has a known weakness; apart from `test`, which needs no network."""
    set_up()
    command = [str(interpreter(VENV)), "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(LOCK)]
    return subprocess.run([*command, *arguments], check=False).returncode


def lock(arguments: Sequence[str]) -> int:
    """Write requirements.lock anew: what runs, tests and builds the project, by hash and without an address."""
    import tomllib  # not above: an older Python is to reach the sentence that says so

    ensure_system_packages(for_tests=False)
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
        subprocess.run([str(interpreter(Path(folder, "venv"))), "-m", "pip", "install", "-q", "uv"], check=True)
        # The build backend and what it needs for an editable install, so that installing the project needs no network.
        needed = Path(folder, "build.in")
        needed.write_text("\n".join([*build, "editables"]), encoding="utf-8")
        options = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate"
        uv = [str(scripts(Path(folder, "venv")) / "uv"), "pip", "compile", *options.split(), "--extra", "dev"]
        command = [*uv, "--quiet", "-o", str(LOCK), *arguments, "pyproject.toml", str(needed)]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def sbom(arguments: Sequence[str]) -> int:
    """Write what the program is made of, as CycloneDX."""
    set_up()
    return subprocess.run(
        [str(interpreter(VENV)), str(ROOT / "packaging" / "bill_of_materials.py"), *arguments]
    ).returncode


def strings(arguments: Sequence[str]) -> int:
    """Collect the strings people read, bring every catalogue up to date, and compile them."""
    set_up()
    TEMPLATE.parent.mkdir(exist_ok=True)
    source = ("-F", str(ROOT / "packaging" / "babel.cfg"), "-k", "_", "-k", "ngettext:1,2", "-k", "pgettext:1c,2")
    # By the alphabet and without line numbers, so that a catalogue changes only where its strings do.
    layout = ("--sort-output", "--no-location", "--width", "100", "--project", "RapportDesk")
    babel("extract", *source, *layout, *arguments, "-o", str(TEMPLATE), "rapportdesk", "ui", "resources")
    catalogues = ("-i", str(TEMPLATE), "-d", str(LOCALES), "-D", "rapportdesk", "--width", "100")
    babel("update", *catalogues, "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date")
    compile_translations()
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "test": test,
    "tour": module("tests.tour"),
    "bench": module("tests.benchmarks"),
    "audit": audit,
    "lock": lock,
    "sbom": sbom,
    "strings": strings,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Set RapportDesk up from its source and run it.")
    parser.add_argument("command", choices=COMMANDS, help="demo opens the window, test runs every check")
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells so
        parser.exit(1, "RapportDesk needs Python 3.11 or later.\n")
    chosen = parser.parse_args(arguments[:1]).command
    try:
        return COMMANDS[chosen](arguments[1:])
    except PackagesMissing as error:
        print(error, file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"This step failed: {shlex.join(map(str, error.cmd))}", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
