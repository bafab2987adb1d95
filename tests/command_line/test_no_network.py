"""A whole session needs no network: the kernel would end whatever of it asked for a socket of the Internet."""

import json
from pathlib import Path

import pytest

from tests.command_line.clinic import CLINICIAN, DAY, MANAGER, Clinic
from tests.command_line.program import SUB_COMMANDS, Program
from tests.without_network import KILLED

WITHOUT = ("-m", "tests.without_network")


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
@pytest.mark.parametrize("where", ["itself", "a child"])
def test_the_control_whoever_asks_is_ended(program: Program, family: str, where: str) -> None:
    ask = f"import socket; socket.socket(socket.AF_UNIX); print('here', flush=True); socket.socket(socket.{family})"
    child = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {ask!r}]).returncode == {KILLED})"
    ran = program.run("-c", ask if where == "itself" else child, entry=WITHOUT)
    assert ran.code == (KILLED if where == "itself" else 1)
    assert "here" in ran.out
    assert program.run("-c", ask, entry=()).code != KILLED  # it is the rule that ends it


def test_a_day_of_commands_needs_no_network(clinic: Clinic, tmp_path: Path) -> None:
    feed, page = tmp_path / "feed.json", tmp_path / "brief.pdf"
    feed.write_text(json.dumps({"resourceType": "Patient", "name": [{"family": "Bevan", "given": ["Nye"]}]}))
    new = tmp_path / "new"
    new.mkdir(mode=0o700)

    def run(*arguments: str | Path, staff: str = MANAGER, vault: Path = clinic.vault) -> str:
        who = ("--vault", vault, "--staff", staff, "--secret-file", clinic.secret_file)
        return clinic.program.run(*arguments, *who, entry=(*WITHOUT, *SUB_COMMANDS)).done()

    run("init", "--role", "manager", "--recovery-out", new / "sheet.txt", vault=new / "vault" / "desk.rapport")
    run("import", feed)
    assert "Bevan" in run("search", "bev")
    run("note", "add", clinic.nia, "--kind", "hobby", "leeks")
    assert "leeks" in run("brief", "--patient", clinic.nia, staff=CLINICIAN)
    run("brief", "--date", DAY.isoformat(), "--format", "pdf", "--out", page, staff=CLINICIAN)
    assert page.read_bytes().startswith(b"%PDF")
    run("audit")
    run("verify")
    clinic.program.run("doctor", "--vault", clinic.vault, entry=(*WITHOUT, *SUB_COMMANDS)).done()


def test_the_window_needs_no_network(program: Program, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    ran = program.run("-m", "ui", "--demo", "--offscreen", picture, entry=WITHOUT, environment={"HOME": str(tmp_path)})
    assert ran.code == 0, ran
    assert picture.exists()


def test_asking_for_printers_needs_no_network_where_there_is_no_print_service(program: Program) -> None:
    ask = "from PySide6.QtWidgets import QApplication; app = QApplication([]); "
    ask += "from ui.brief.printing import new_printer; new_printer(); print('asked')"
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    ran = program.run("-c", ask, entry=WITHOUT, environment=offscreen)
    assert (ran.code, ran.out) == (0, "asked\n"), ran
    elsewhere = program.run("-c", ask, entry=WITHOUT, environment={**offscreen, "CUPS_SERVER": "localhost"})
    assert elsewhere.code == KILLED  # the control: it is CUPS that asks
