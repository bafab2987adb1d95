"""A vault that is made to be measured can be opened again from its folder, by everybody who works there."""

from pathlib import Path

import pytest

from rapportdesk.errors import KeyMissing
from rapportdesk.model.note import Note
from tests.benchmarks.vaults import CLINICIAN, MANAGER, RECEPTION, FileCustody, copied, make_vault, open_vault, sign_in
from tests.ui.stage import CHEAP


def test_a_made_vault_is_opened_from_a_copy_of_its_folder(tmp_path: Path) -> None:
    made = make_vault(tmp_path / "made", patients=9, notes=40, seed=1, cost=CHEAP)
    with open_vault(copied(tmp_path / "made", tmp_path / "copy")) as desk:
        for name in (RECEPTION, MANAGER, CLINICIAN):
            sign_in(desk, name)
            assert desk.viewer.name == name
        things = list(desk.session().store.all_things())
        assert made.records == 9 + len(things)
        assert sum(isinstance(thing, Note) for thing in things) == 40
        assert desk.verify().faults == ()


def test_a_key_that_was_deleted_is_not_read_from_the_file_again(tmp_path: Path) -> None:
    custody = FileCustody(tmp_path / "key.json")
    custody.write("a", b"1" * 32)
    assert FileCustody(tmp_path / "key.json").read("a") == b"1" * 32
    custody.delete("a")
    with pytest.raises(KeyMissing):
        FileCustody(tmp_path / "key.json").read("a")
