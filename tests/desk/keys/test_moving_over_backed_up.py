"""Between any two steps after a new vault key a backup is made, somebody is erased, and the backup comes back whole."""

from contextlib import closing
from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import NotFound
from rapportdesk.model.note import NoteKind
from rapportdesk.store.rekeying import moving_over
from rapportdesk.store.rekeying.former_keys import FormerKeys, settings_under
from tests.desk.conftest import SECRET, Practice, add_nia

STEPS = (1, 4, 9)


def former(desk: Desk) -> FormerKeys:
    """The former vault keys in a file, as whoever is signed in reads them."""
    return FormerKeys.read(settings_under(desk._file, desk.session().store.keys))


@pytest.mark.parametrize("step", STEPS)
def test_a_backup_made_on_the_way_comes_back_whole_and_goes_on(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(moving_over, "_WRAPPED", 2)
    monkeypatch.setattr(moving_over, "_COUNTED", 3)
    desk = practice.sign_in("Ben Morgan")
    people = [add_nia(desk) for _number in range(5)]
    for each in people:
        desk.notes.write(each, "Sings alto", kind=NoteKind.HOBBY)
    gone, *stay = people
    desk.replace_vault_key()
    store = desk.session().store
    with closing(store.rotate_patient_keys_in_steps()) as steps:
        for _number in range(step):
            next(steps)
        assert former(desk) != FormerKeys()
        backup = Path(desk.backups.make(tmp_path).path)
        desk.person_erasure.erase(gone, "asked")
        assert sum(steps) == len(stay)
    assert former(desk) == FormerKeys()
    assert desk.verify().clean
    custody, target = MemoryCustody(), tmp_path / "back" / "desk.rapport"
    target.parent.mkdir()
    assert restore(backup, target, practice.codes.desk.code, custody, practice.clock).report.clean
    with Desk.open(target, custody, practice.clock, cost=practice.cost) as back:
        back.sign_in(next(each.id for each in back.door() if each.name == "Ben Morgan"), SECRET)
        assert former(back) != FormerKeys()
        assert back.replace_patient_keys() == len(stay)
        assert former(back) == FormerKeys()
        with pytest.raises(NotFound):
            back.people.get(gone)
        assert [note.text for each in stay for note in back.session().known(each).notes] == ["Sings alto"] * len(stay)
        assert back.verify().clean
