"""The set-up script: what it decides, tried without a network and without touching this machine."""

import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.packaging.scripts import PACKAGING, dev, system_packages


def test_the_fingerprint_changes_with_each_of_its_parts() -> None:
    prints = {
        dev.fingerprint(*parts)
        for parts in [
            (b"lock", b"project", "3.11.2"),
            (b"lock2", b"project", "3.11.2"),
            (b"lock", b"project2", "3.11.2"),
            (b"lock", b"project", "3.12.2"),
            (b"lockp", b"roject", "3.11.2"),
        ]
    }
    assert len(prints) == 5


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [("home = /usr/bin\nversion = 3.11.2\n", "3.11"), ("version_info = 3.12.0.final.0\n", "3.12"), ("home = x\n", "")],
)
def test_an_environment_says_which_python_made_it(configuration: str, expected: str) -> None:
    assert dev.made_by(configuration) == expected


def test_an_environment_is_used_again_only_when_whole_and_of_the_same_python(tmp_path: Path) -> None:
    assert not dev.is_usable(tmp_path, "3.11")
    dev.scripts(tmp_path).mkdir()
    dev.interpreter(tmp_path).touch()
    assert not dev.is_usable(tmp_path, "3.11")
    (tmp_path / "pyvenv.cfg").write_text("version = 3.11.2\n", encoding="utf-8")
    assert dev.is_usable(tmp_path, "3.11")
    assert not dev.is_usable(tmp_path, "3.12")


def test_a_stamp_counts_only_beside_a_python_and_for_what_it_was_written_for(tmp_path: Path) -> None:
    (tmp_path / dev.STAMP).write_text("abc", encoding="ascii")
    assert not dev.has_stamp(tmp_path, "abc")
    dev.scripts(tmp_path).mkdir()
    dev.interpreter(tmp_path).touch()
    assert dev.has_stamp(tmp_path, "abc")
    assert not dev.has_stamp(tmp_path, "abd")


def test_the_tests_see_nothing_of_the_persons_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"HOME": "/nia", "XDG_DATA_HOME": "/nia/data", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nia/bus"}
    more = {
        "DISPLAY": ":0",
        "WAYLAND_DISPLAY": "wayland-0",
        "LC_ALL": "cy_GB",
        "LANGUAGE": "cy",
        "QT_SCALE_FACTOR": "1.9375",
        "PYTHONDONTWRITEBYTECODE": "yes, please",
    }
    for name, value in {**own, **more}.items():
        monkeypatch.setenv(name, value)
    private = dev.private_environment(tmp_path)
    assert not {value for value in private.values() if value in {*own.values(), *more.values()}}
    assert private["QT_QPA_PLATFORM"] == "offscreen"
    assert private["PATH"] == os.environ["PATH"]
    assert stat.S_IMODE(Path(private["XDG_RUNTIME_DIR"]).stat().st_mode) == 0o700


def test_a_check_tells_its_name_its_time_and_what_failed(capfd: pytest.CaptureFixture[str]) -> None:
    assert dev.check("calm", [sys.executable, "-c", "print('quiet')"])
    assert not dev.check("storm", [sys.executable, "-c", "import sys; sys.exit('thunder')"])
    calm, storm, *rest = capfd.readouterr().out.splitlines()
    assert calm.split()[:2] == ["ok", "calm"]
    assert storm.split()[:2] == ["FAILED", "storm"]
    assert storm.endswith(" s")
    assert rest == ["thunder", ""]


@pytest.mark.parametrize(
    ("checked", "pytest_says", "expected"),
    [("pass", 0, 0), ("pass", 1, 1), ("raise SystemExit(1)", 0, 1), ("raise SystemExit(1)", 2, 2)],
)
def test_every_check_runs_and_pytest_comes_last(
    monkeypatch: pytest.MonkeyPatch, checked: str, pytest_says: int, expected: int
) -> None:
    ran: list[Sequence[str]] = []

    def in_private(command: Sequence[str]) -> int:
        ran.append(command)
        return pytest_says

    monkeypatch.chdir(PACKAGING)
    monkeypatch.setattr(dev, "set_up", lambda *, for_tests: ran.append(["set up", str(for_tests)]))
    monkeypatch.setattr(dev, "in_private", in_private)
    monkeypatch.setattr(
        dev, "CHECKS", (("one", (sys.executable, "-c", checked)), ("two", (sys.executable, "-c", "pass")))
    )
    assert dev.main(["test", "tests/vault", "-k", "seal"]) == expected
    assert ran[0] == ["set up", "True"]
    assert len(ran) == 2
    assert ran[1][1:3] == ["-m", "pytest"]
    assert list(ran[1][-3:]) == ["tests/vault", "-k", "seal"]


def test_demo_hands_its_arguments_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Sequence[str]] = []

    def run(command: Sequence[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev.subprocess, "run", run)
    assert dev.main(["demo", "--offscreen", "day.png"]) == 3
    assert [list(command[1:]) for command in ran] == [["-m", "ui", "--demo", "--offscreen", "day.png"]]


def test_a_missing_package_ends_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise system_packages.PackagesMissing("Please run this line")

    monkeypatch.setattr(dev, "set_up", missing)
    assert dev.main(["demo"]) == 1
    assert capsys.readouterr().err == "Please run this line\n"


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.main(["dance"])
    assert ended.value.code == 2
    assert "demo" in capsys.readouterr().err


def test_a_changed_catalogue_is_compiled_and_an_unchanged_one_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "rapportdesk.po"
    source.write_text('msgid ""\nmsgstr "Language: cy\\n"\n\nmsgid "Today"\nmsgstr "Heddiw"\n', encoding="utf-8")
    monkeypatch.setattr(dev, "LOCALES", tmp_path)
    monkeypatch.setattr(dev, "interpreter", lambda _: Path(sys.executable))
    dev.compile_translations()
    compiled = source.with_suffix(".mo")
    assert b"Heddiw" in compiled.read_bytes()
    compiled.write_bytes(b"kept")
    os.utime(source, (1, 1))
    dev.compile_translations()
    assert compiled.read_bytes() == b"kept"
    os.utime(compiled, (0, 0))
    dev.compile_translations()
    assert b"Heddiw" in compiled.read_bytes()
