"""What the operating system must bring before Python's own packages are of use; only the standard library is used.

Debian and Ubuntu are known by name. Elsewhere the desktop is taken to have what Qt needs.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

# What the wheels of Qt load and do not carry, found by ldd in a bare system; what these packages need in turn is not
# repeated. First for any window, drawn on a screen or not, then for X11.
QT_PACKAGES = (
    *("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libfreetype6", "libx11-6"),
    *("libxkbcommon0", "libx11-xcb1", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0"),
    *("libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1"),
    *("libxcb-xfixes0", "libxcb-xkb1"),
)
TEST_PACKAGES = ("dbus", "gnome-keyring")  # a real Secret Service on a bus of its own

OS_RELEASE = Path("/etc/os-release")
QUERY = ("dpkg-query", "-W", "-f", "${db:Status-Status}\\t${Package}\\t${Provides}\\n")


class PackagesMissing(Exception):
    """Something the person at the terminal has to do first; the message says what."""


def is_debian(os_release: str) -> bool:
    """Say whether the text of an os-release file names Debian, Ubuntu or a system made from them."""
    words: set[str] = set()
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key in ("ID", "ID_LIKE"):
            words.update(value.strip("\"'").split())
    return bool(words & {"debian", "ubuntu"})


def missing_packages(wanted: Iterable[str], listing: str) -> list[str]:
    """Return those of `wanted` that are not installed, in their order.

    Args:
        wanted: package names as Debian 12 has them.
        listing: what `QUERY` printed. A package that an installed one provides counts as installed, because later
            releases renamed some (libglib2.0-0t64 provides libglib2.0-0).
    """
    present: set[str] = set()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            present.add(package)
            present.update(item.split()[0] for item in provides.split(",") if item.strip())
    return [name for name in wanted if name not in present]


def wanted_packages(*, for_tests: bool, has_ensurepip: bool) -> list[str]:
    """Return the Debian packages a command needs; without ensurepip Python makes no virtual environment."""
    venv = () if has_ensurepip else ("python3-venv",)
    return [*venv, *QT_PACKAGES, *(TEST_PACKAGES if for_tests else ())]


def install_line(missing: Iterable[str]) -> list[str]:
    """Return the command that installs packages."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *missing]


def ensure_system_packages(*, for_tests: bool, release: Path = OS_RELEASE, root: bool | None = None) -> None:
    """Install what is missing on Debian and Ubuntu when root; otherwise say the line to run.

    Args:
        for_tests: whether the tests' packages are wanted too.
        release: the os-release file that names the system.
        root: whether packages may be installed; found out when not given.

    Raises:
        PackagesMissing: packages are missing and could not be installed, or only root may install them.
        subprocess.CalledProcessError: dpkg-query or `apt-get update` failed; they have said why.
    """
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if not (release.exists() and is_debian(release.read_text(encoding="utf-8")) and shutil.which("dpkg-query")):
        if not has_ensurepip:
            raise PackagesMissing("This Python has no ensurepip, which makes virtual environments: please install it.")
        return
    listing = subprocess.run(QUERY, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    missing = missing_packages(wanted_packages(for_tests=for_tests, has_ensurepip=has_ensurepip), listing)
    if not missing:
        return
    install = install_line(missing)
    if not (os.geteuid() == 0 if root is None else root):
        raise PackagesMissing(
            "Some system packages are missing. Please run this line, then start again:\n\n"
            f"    sudo apt-get update && sudo {shlex.join(install)}\n"
        )
    print(f"Installing {len(missing)} system packages: {' '.join(missing)}", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=env)
    # What dpkg says of each package is shown only when something went wrong.
    done = subprocess.run([*install, "-qq"], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PackagesMissing(f"{done.stdout}{done.stderr}\napt-get could not install them.")
