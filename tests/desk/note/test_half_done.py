"""What fails half-way leaves nothing: not in the file, not in the search, not in what can be undone."""

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotFound, VaultFault
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import NoteKind
from rapportdesk.store.sealed_store import SealedStore
from tests.desk.conftest import add_nia


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleting fails, as on a full disk: letting go of the draft is the last step of keeping a line."""

    def fail(_store: SealedStore, _record_id: RecordId) -> None:
        raise VaultFault("full")

    monkeypatch.setattr(SealedStore, "delete", fail)


@pytest.mark.parametrize("line", ["grows leeks", "promise: ring about leeks by Tuesday"])
def test_a_line_that_could_not_be_kept_is_nowhere(ana: Desk, full_disk: None, line: str) -> None:
    nia = add_nia(ana)
    ana.drafts.keep(nia, line)
    assert ana.search("leeks").hits == ()
    with pytest.raises(VaultFault):
        ana.notes.write_line(nia, ana.notes.read_line(nia, line))
    assert ana.search("leeks").hits == ()
    assert ana.session().index.open_tasks() == ()
    assert ana.session().index.find_words("leeks").hits == ()
    assert ana.session().undoable == []
    draft = ana.drafts.of(nia)
    assert draft is not None
    assert draft.text == line


def test_a_line_that_was_kept_is_found_and_can_be_undone(ana: Desk) -> None:
    nia = add_nia(ana)
    assert ana.search("leeks").hits == ()
    ana.notes.write_line(nia, ana.notes.read_line(nia, "grows leeks"))
    assert [hit.id for hit in ana.search("leeks").hits] == [nia]
    ana.notes.undo()
    assert ana.search("leeks").hits == ()


def test_what_fails_inside_of_more_takes_its_own_undo_with_it(ana: Desk) -> None:
    nia = add_nia(ana)

    def half() -> None:
        with ana.session().transaction():
            ana.notes.write(nia, "keeps bees", kind=NoteKind.HOBBY)
            raise VaultFault("full")

    with ana.session().transaction():
        kept = ana.notes.write(nia, "grows leeks", kind=NoteKind.HOBBY)
        with pytest.raises(VaultFault):
            half()
    assert [note.text for note in ana.session().known(nia).notes] == [kept.text]
    assert ana.notes.undo()
    assert ana.session().known(nia).notes == ()
    with pytest.raises(NotFound):
        ana.notes.undo()
