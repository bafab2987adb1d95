"""What was erased since is taken out of a restored backup in short steps, however much else was ever erased."""

from pathlib import Path

import pytest
from sqlalchemy import event

from rapportdesk.desk.backup.erased_lists import replay_erasures_in_steps
from rapportdesk.errors import NotFound
from rapportdesk.model.identity import new_id
from rapportdesk.model.note import NoteKind
from rapportdesk.store.erased_file import there_of, write_erased
from tests.desk.conftest import Practice, add_nia

NOTES = 45


def test_a_step_takes_a_person_or_some_things_and_what_is_not_there_costs_nothing(
    practice: Practice, tmp_path: Path
) -> None:
    desk = practice.sign_in("Ben Morgan")
    nia, gwen, stays = add_nia(desk), add_nia(desk), add_nia(desk)
    notes = [desk.notes.write(stays, f"note {number}", kind=NoteKind.HOBBY).id for number in range(NOTES)]
    of_nia = desk.notes.write(nia, "goes with her", kind=NoteKind.HOBBY)
    store, file = desk.session().store, desk._file
    keys = store.keys
    assert keys.signing_key is not None
    never_there = [new_id() for _number in range(3_000)]
    ids = [*never_there, nia, gwen, of_nia.id, *notes[1:]]
    write_erased(tmp_path, file.vault_id, ids, keys.signing_key, keys.clinic_public)
    statements = 0

    def count(*_arguments: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(file._engine, "before_cursor_execute", count)
    steps = list(replay_erasures_in_steps(store, file, tmp_path))
    assert steps[-1] == (47, 47)
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert len(steps) == 2 + -(-(NOTES - 1) // 20)
    assert there_of(file, ids).patients == there_of(file, ids).records == frozenset()
    assert {note.text for note in desk.session().known(stays).notes} == {"note 0"}
    with pytest.raises(NotFound):
        store.patient(nia)
    assert store.verify().clean
    statements = 0
    assert list(replay_erasures_in_steps(store, file, tmp_path)) == []
    assert statements < 100, "three thousand ids of which none is there are looked up together"
