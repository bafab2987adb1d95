"""`backup` and `restore`: from one vault to another with the recovery sheet's code alone, on a real password store."""

from pathlib import Path

import pytest

from rapportdesk.desk.door.doorway import read_doorway
from tests.command_line.clinic import MANAGER, RECEPTION, SECRET, Clinic
from tests.command_line.program import Program, Ran


class Lost:
    """A practice whose computer is going to be lost, and the one that comes after it."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program, self.folder = program, folder
        self.vault, self.sheet = folder / "vault" / "desk.rapport", folder / "sheet.txt"
        self.secret_file = folder / "secret"
        self.secret_file.write_text(SECRET + "\n", encoding="utf-8")
        self.run("init", "--role", "manager", "--recovery-out", self.sheet).done()

    def run(self, *arguments: str | Path, vault: Path | None = None) -> Ran:
        """Run a command as the manager."""
        whole = (*arguments, "--vault", vault or self.vault, "--staff", MANAGER, "--secret-file", self.secret_file)
        return self.program.call(*whole)

    def restore(self, backup: Path, vault: Path, *arguments: str) -> Ran:
        """Restore with what stands in the sheet's file."""
        return self.program.call("restore", backup, "--vault", vault, "--recovery-file", self.sheet, *arguments)


@pytest.fixture
def lost(program: Program, tmp_path: Path) -> Lost:
    return Lost(program, tmp_path)


def test_a_backup_is_restored_with_the_sheet_alone_and_never_over_a_vault(lost: Lost) -> None:
    made = lost.run("backup", lost.folder / "monday.rapport-backup", "--json").json()
    backup = Path(made["path"])
    assert (backup.name, made["sheets"]) == ("monday.rapport-backup", [1])
    lost.run("backup", backup).refused()
    elsewhere = lost.folder / "elsewhere" / "desk.rapport"
    assert lost.restore(backup, elsewhere, "--prove", "--json").json()["patients"] == 0
    assert not elsewhere.exists()
    assert lost.restore(backup, elsewhere, "--json").json()["key_kept"] is True
    assert lost.run("verify", "--json", vault=elsewhere).json()["faults"] == []
    assert read_doorway(elsewhere).device_key_id != read_doorway(lost.vault).device_key_id
    lost.restore(backup, elsewhere).refused()
    lost.restore(lost.vault, lost.folder / "x.rapport").refused()
    said = lost.restore(backup, lost.folder / "third.rapport").done()
    assert "Everybody signs in with their own secret" in said


def test_a_damaged_file_is_set_aside_where_that_is_asked_for(lost: Lost) -> None:
    backup = Path(lost.run("backup", lost.folder / "monday.rapport-backup", "--json").json()["path"])
    lost.vault.write_bytes(lost.vault.read_bytes()[:5_000])
    damaged = lost.vault.read_bytes()
    lost.run("verify").refused()
    lost.restore(backup, lost.vault).refused()
    made = lost.restore(backup, lost.vault, "--set-aside", "--json").json()
    assert Path(made["aside"]).read_bytes() == damaged
    assert lost.run("verify", "--json").json()["faults"] == []


def test_a_folder_gets_a_name_that_tells_the_day(clinic: Clinic, tmp_path: Path) -> None:
    said = clinic.call("backup", tmp_path, staff=RECEPTION).done()
    (backup,) = tmp_path.glob("desk-????-??-??-??????.rapport-backup")
    assert str(backup) in said
    clinic.call("backup", tmp_path / "no such folder" / "b", staff=RECEPTION).refused()


def test_a_new_key_for_this_computer_keeps_everybodys_secret(lost: Lost) -> None:
    before = read_doorway(lost.vault).device_key_id
    assert "new lock" in lost.run("rotate", "--device").done()
    assert read_doorway(lost.vault).device_key_id != before
    assert lost.run("verify", "--json").json()["faults"] == []
    assert lost.run("rotate", "--device", "--vault-key", "--json").json() == {"patients": 0, "device": True}
    assert lost.run("verify", "--json").json()["faults"] == []
