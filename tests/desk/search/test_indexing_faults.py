"""A disk that does not give or take the read model costs nobody a find, and no erased word stays behind unsaid."""

import pytest

from rapportdesk.desk.search import index_files
from rapportdesk.errors import VaultFault
from rapportdesk.readmodel.compartment import Compartment
from rapportdesk.readmodel.database import IndexFault
from tests.desk.conftest import Practice, add_nia
from tests.desk.search.test_indexing import INDEXES, OSEI, told, told_anew
from tests.interference.twins import keep_note


@pytest.mark.parametrize("state", ["stamp", "position", "things"])
@pytest.mark.parametrize("times", [1, 2, 10_000])
def test_an_index_that_the_disk_does_not_let_begin_anew_lies_in_memory(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, state: str, times: int
) -> None:
    desk = practice.sign_in(OSEI)
    nia = add_nia(desk)
    keep_note(desk, nia, "grows leeks")
    desk.search("leeks")
    keep_state, left = Compartment.keep_state, times

    def fail(compartment: Compartment, name: str, value: str) -> None:
        nonlocal left
        if name == state and left and compartment._databases.log is not None:
            left -= 1
            raise IndexFault("the disk")
        keep_state(compartment, name, value)

    def gives_way(_compartment: Compartment) -> None:
        raise IndexFault("the disk")

    monkeypatch.setattr(Compartment, "keep_state", fail)
    monkeypatch.setattr(Compartment, "leave_no_bytes", gives_way)
    desk.session().leave_no_words(erased=False)
    assert [hit.id for hit in desk.search("prydderch").hits] == [nia]
    keep_note(desk, nia, "sings bass")
    assert desk.search("bass").hits
    lie_there = [name for name in INDEXES if practice.path.with_name(name).exists()]
    assert lie_there == {("stamp", 1): [*INDEXES], ("stamp", 2): [INDEXES[1]]}.get((state, times), [])
    assert told(desk) == told_anew(desk, practice.path.parent / "anew")


def test_a_search_file_that_cannot_be_removed_is_told_when_something_must_be_gone_from_it(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.sign_in(OSEI)
    nia = add_nia(desk)
    keep_note(desk, nia, "grows leeks")
    desk.search("leeks")

    def gives_way(*_whatever: object) -> None:
        raise IndexFault("the disk")

    with monkeypatch.context() as disk:
        disk.setattr(Compartment, "leave_no_bytes", gives_way)
        disk.setattr(index_files, "remove_file", gives_way)
        with pytest.raises(VaultFault):
            desk.session().leave_no_words(erased=False)
        assert desk.search("leeks").hits
    desk = practice.sign_in(OSEI)
    assert desk.search("leeks").hits
    desk.session().leave_no_words(erased=False)
