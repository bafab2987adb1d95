"""A file that is rolled back to an older copy is noticed by the next command and by `verify`, with a way on."""

import shutil
from pathlib import Path

from tests.command_line.clinic import MANAGER, Clinic

NOTE = ("note", "add", "--kind", "hobby")


def test_an_older_copy_is_noticed_and_a_manager_goes_on_with_it(clinic: Clinic, tmp_path: Path) -> None:
    copy = tmp_path / "older"
    clinic.call(*NOTE, clinic.nia, "grows leeks").done()
    shutil.copy2(clinic.vault, copy)
    clinic.call(*NOTE, clinic.nia, "keeps bees").done()
    assert clinic.call("verify", staff=MANAGER).done()
    shutil.copy2(copy, clinic.vault)
    found = clinic.call("brief", "--patient", clinic.nia, staff="Dr Osei")
    assert found.code == 0, "nobody is locked out"
    assert "older copy" in found.err
    for _again in range(2):
        refused = clinic.call("verify", staff=MANAGER)
        assert refused.code == 1
        assert "an older copy of the desk" in refused.out
    clinic.call("verify", "--go-on", staff=MANAGER)
    assert clinic.call("verify", staff=MANAGER).done()


def test_a_copy_that_is_taken_elsewhere_accuses_nobody(clinic: Clinic, tmp_path: Path) -> None:
    """The control: another place has a memory of its own."""
    older = clinic.copied(tmp_path / "elsewhere")
    clinic.call(*NOTE, clinic.nia, "grows leeks").done()
    assert older.call("verify", staff=MANAGER).done()
    assert clinic.call("verify", staff=MANAGER).done()
