"""Which system packages are wanted, and what root and others get; apt-get and dpkg-query are stand-ins on the path."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.packaging.scripts import system_packages

LISTING = """installed\tlibegl1\t
installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80), libglib2.0-0-other
config-files\tdbus\tdefault-dbus-system-bus
not-installed\tgnome-keyring\t
"""


def test_a_package_counts_when_installed_or_provided_and_not_when_only_its_settings_remain() -> None:
    wanted = ["libegl1", "libglib2.0-0", "dbus", "gnome-keyring", "libgl1"]
    assert system_packages.missing_packages(wanted, LISTING) == ["dbus", "gnome-keyring", "libgl1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID=debian\n", True),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ("ID=ubuntu\nID_LIKE=debian\n", True),
        ("ID=fedora\nNAME=debianish\n", False),
        ("", False),
    ],
)
def test_debian_and_its_children_are_known(text: str, expected: bool) -> None:
    assert system_packages.is_debian(text) is expected


def test_only_the_tests_want_a_password_store() -> None:
    without = system_packages.wanted_packages(for_tests=False, has_ensurepip=True)
    assert set(system_packages.TEST_PACKAGES).isdisjoint(without)
    assert "python3-venv" not in without
    everything = system_packages.wanted_packages(for_tests=True, has_ensurepip=False)
    assert set(everything) == {"python3-venv", *without, *system_packages.TEST_PACKAGES}


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system that says it is Debian, has libegl1 alone, and writes down what apt-get was asked."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (tmp_path / "listing").write_text(LISTING, encoding="utf-8")
    (programs / "dpkg-query").write_text(f"#!/bin/sh\nexec cat {tmp_path}/listing\n", encoding="utf-8")
    (programs / "apt-get").write_text(
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> {tmp_path}/asked\ntest ! -e {tmp_path}/broken\n',
        encoding="utf-8",
    )
    for program in programs.iterdir():
        program.chmod(0o755)
    (tmp_path / "os-release").write_text("ID=debian\n", encoding="utf-8")
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return tmp_path


def test_root_gets_the_missing_packages_installed(debian: Path) -> None:
    system_packages.ensure_system_packages(for_tests=True, release=debian / "os-release", root=True)
    update, install = (debian / "asked").read_text(encoding="utf-8").splitlines()
    assert update == "noninteractive update -qq"
    words = install.split()
    assert words[:2] == ["noninteractive", "install"]
    assert {"gnome-keyring", "dbus", "libgl1"} <= set(words)
    assert {"libegl1", "libglib2.0-0"}.isdisjoint(words)


def test_others_are_told_the_exact_line_and_nothing_is_run(debian: Path) -> None:
    with pytest.raises(system_packages.PackagesMissing) as told:
        system_packages.ensure_system_packages(for_tests=False, release=debian / "os-release", root=False)
    wanted = system_packages.wanted_packages(for_tests=False, has_ensurepip=True)
    line = " ".join(system_packages.missing_packages(wanted, LISTING))
    assert f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {line}\n" in str(told.value)
    assert not (debian / "asked").exists()


def test_what_apt_said_is_shown_when_it_fails(debian: Path) -> None:
    (debian / "broken").touch()
    with pytest.raises(subprocess.CalledProcessError):  # the update already fails
        system_packages.ensure_system_packages(for_tests=False, release=debian / "os-release", root=True)
    (debian / "bin" / "apt-get").write_text('#!/bin/sh\necho "apt said this"\n[ "$1" = update ]\n', encoding="utf-8")
    with pytest.raises(system_packages.PackagesMissing, match="apt said this"):
        system_packages.ensure_system_packages(for_tests=False, release=debian / "os-release", root=True)


def test_other_systems_are_left_alone(debian: Path) -> None:
    (debian / "os-release").write_text("ID=fedora\n", encoding="utf-8")
    system_packages.ensure_system_packages(for_tests=True, release=debian / "os-release", root=True)
    assert not (debian / "asked").exists()
