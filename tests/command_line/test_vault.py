"""A vault that is missing, busy or no vault is told in a sentence, and never made or changed by a command."""

import argparse
import json
import shutil
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from rapportdesk.command_line import administration
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.finding import Finding
from rapportdesk.desk.keys.custody import system_custody
from tests.command_line.clinic import CLINICIAN, MANAGER, Clinic
from tests.command_line.program import Program

EVERY = (
    ("staff", "list"), ("search", "Nia"), ("verify",), ("audit",), ("brief",),
    ("note", "add", "40218", "--kind", "hobby", "Leeks"), ("topic", "set", "40218", "--topic", "money",
    "--permission", "welcome"), ("consent", "set", "40218", "--covers", "phone", "--status", "active"),
    ("import", "nothing.json"), ("staff", "remove", "Ana Ruiz"), ("staff", "admit", "Dr Osei"),
)  # fmt: skip


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_no_command_makes_a_vault_that_is_missing(founded: Clinic, tmp_path: Path, command: tuple[str, ...]) -> None:
    missing = tmp_path / "not" / "here.rapport"
    said = founded.program.call(*command, "--vault", missing, "--secret-file", founded.secret_file).refused()
    assert "no RapportDesk file here" in said
    assert not missing.parent.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\0" + bytes(84), b"PK\x03\x04", bytes(4096), b"-" * 100_000],
    ids=["empty", "an empty database", "an archive", "nothing", "a text"],
)
def test_what_is_no_vault_is_left_as_it_is(founded: Clinic, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "holiday.rapport"
    file.write_bytes(content)
    founded.program.call("verify", "--vault", file, "--secret-file", founded.secret_file).refused()
    assert file.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["holiday.rapport"]


def test_a_folder_and_a_link_are_no_vault(founded: Clinic, tmp_path: Path) -> None:
    link = tmp_path / "link.rapport"
    link.symlink_to(founded.vault)
    for path in (tmp_path, link):
        founded.program.call("verify", "--vault", path, "--secret-file", founded.secret_file).refused()


@pytest.mark.parametrize("kept", [1000, -1000])
def test_a_vault_that_was_cut_short_is_told_and_no_traceback(clinic: Clinic, kept: int) -> None:
    clinic.vault.write_bytes(clinic.vault.read_bytes()[:kept])
    ran = clinic.call("verify")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "went wrong inside" not in ran.err


def test_beside_an_open_window_a_command_says_so(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in clinic.program.environment.items():
        monkeypatch.setenv(name, value)
    with Desk.open(clinic.vault, system_custody()):
        for command in (("search", "Nia"), ("init",)):
            assert "already open" in clinic.run(*command).refused()
    clinic.call("verify").done()


def test_a_command_that_is_killed_leaves_a_vault_that_the_next_one_opens(clinic: Clinic) -> None:
    command = clinic.program.start(
        "note", "add", clinic.nia, "--kind", "hobby", "-", "--vault", clinic.vault, "--staff", "Ana Ruiz",
        "--secret-file", clinic.secret_file, stdin=subprocess.PIPE,
    )  # fmt: skip
    wal = clinic.vault.with_name(clinic.vault.name + "-wal")
    while not wal.exists():  # it has the vault open now, and waits for the note's text for ever
        assert command.poll() is None
    assert "already open" in clinic.call("verify").refused()
    command.send_signal(signal.SIGKILL)
    command.wait(60)
    assert command.stdin is not None
    command.stdin.close()
    assert clinic.counts()["patients"] == 2


def test_the_vault_lies_in_the_platforms_data_folder_unless_told(founded: Clinic, tmp_path: Path) -> None:
    folder = tmp_path / "RapportDesk"
    folder.mkdir()
    shutil.copy2(founded.vault, folder / "desk.rapport")
    who = ("--staff", "Ana Ruiz", "--secret-file", founded.secret_file)
    there = Program({**founded.program.environment, "XDG_DATA_HOME": str(tmp_path)})
    assert len(there.call("search", "Nia", "--json", *who).json()) == 1
    elsewhere = Program({**founded.program.environment, "XDG_DATA_HOME": str(tmp_path / "elsewhere")})
    elsewhere.call("search", "Nia", *who).refused()


def test_a_relative_path_and_an_odd_name_are_taken_as_they_are(founded: Clinic, tmp_path: Path) -> None:
    odd = tmp_path / "clinic #1 ?mode=ro & 100% ŵ.rapport"
    shutil.copy2(founded.vault, odd)
    who = ("--staff", "Ana Ruiz", "--secret-file", founded.secret_file)
    assert founded.program.run("search", "Nia", "--vault", odd.name, *who, cwd=tmp_path).done()
    assert {each.name.split(".desk-index")[0] for each in tmp_path.iterdir()} == {odd.name}


def test_doctor_finds_all_well_and_needs_nobodys_secret(founded: Clinic) -> None:
    looked = founded.program.run("doctor", "--vault", founded.vault, "--json").json()
    assert {each["check"] for each in looked} == {
        "file", "key", "note", "permissions", "sqlite", "index", "disk", "folder", "clock", "encryption"
    }  # fmt: skip
    assert all(each["well"] for each in looked)
    said = founded.program.call("doctor", "--vault", founded.vault).done()
    assert len(said.splitlines()) == len(looked)
    assert not any(name in said for name in (MANAGER, CLINICIAN))


@pytest.mark.parametrize(
    ("well", "hint", "begins"), [(True, "", "ok "), (True, "Look for BitLocker.", "?? "), (False, "Make room.", "!! ")]
)
def test_doctor_warns_of_what_is_worth_a_thought_though_all_is_well(
    founded: Clinic, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    *, well: bool, hint: str, begins: str,
) -> None:  # fmt: skip
    found = Finding(check="encryption", well=well, words="The disk.", hint=hint)
    monkeypatch.setattr(administration, "examine", lambda *_looked_at: (found,))
    options = argparse.Namespace(vault=founded.vault, staff=None, secret_file=None, json=False)
    assert administration.doctor(options) == (0 if well else 1)
    assert capsys.readouterr().out.startswith(begins)


def test_doctor_tells_whoever_signs_in_of_backups_too(clinic: Clinic) -> None:
    ran = clinic.call("doctor", "--json", staff=MANAGER)
    assert ran.code == 1
    looked = {each["check"]: each for each in json.loads(ran.out)}
    assert [check for check, each in looked.items() if not each["well"]] == ["backups"]
    assert looked["backups"]["words"] == "There is no backup."
    assert looked["standing"]["well"]


def test_doctor_names_what_other_accounts_can_reach_and_what_to_do(clinic: Clinic) -> None:
    clinic.vault.chmod(0o644)
    ran = clinic.program.call("doctor", "--vault", clinic.vault, "--json")
    assert (ran.code, ran.err) == (1, "")
    bad = [each for each in json.loads(ran.out) if not each["well"]]
    assert [each["check"] for each in bad] == ["permissions"]
    assert "chmod" in bad[0]["hint"]
    assert stat.S_IMODE(clinic.vault.stat().st_mode) == 0o644


def test_doctor_looks_on_where_there_is_no_vault(founded: Clinic, tmp_path: Path) -> None:
    ran = founded.program.call("doctor", "--vault", tmp_path / "none.rapport", "--json")
    assert ran.code == 1
    assert [each["check"] for each in json.loads(ran.out) if not each["well"]] == ["file"]
    assert list(tmp_path.iterdir()) == []
