"""What was found is held against the rule itself where what the read model was told may not hold any more."""

import pytest

from rapportdesk.desk.desk import Desk
from tests.desk.conftest import Practice
from tests.desk.search.test_indexing import INDEXES, OSEI, add
from tests.interference.twins import keep_note


def test_what_is_found_while_it_is_being_told_is_held_against_the_rule_only_where_it_is_in_doubt(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.sign_in(OSEI)
    people = [add(desk, f"Nia Number{number}") for number in range(8)]
    for person in people:
        desk.consents.agree(person)
        keep_note(desk, person, "grows leeks")
    monkeypatch.setattr("rapportdesk.desk.search.indexing._BEGINNING", 1)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._STEP_MOST", 1)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._STEPS_IN_ONE", 1)

    def told_halfway(*gone: str) -> Desk:
        desk.close()
        for name in gone:
            practice.path.with_name(name).unlink(missing_ok=True)
        practice.reopen()
        practice.desk.tells_index_beside = True
        halfway = practice.sign_in(OSEI)
        for _done in halfway.tell_index_in_steps():
            if 0 < len(halfway.search("leeks").hits) < len(people) or not gone[1:]:
                break
        return halfway

    desk = told_halfway(*INDEXES)
    assert desk.session().index_is_current(), "nothing is found of whom nothing was told"
    monkeypatch.setattr("rapportdesk.desk.search.indexing._AT_ONCE", 1)
    with desk.session().transaction():
        for person in people:
            keep_note(desk, person, "grows onions")
    desk.session().index  # noqa: B018  # follows some of it
    assert not desk.session().index_is_current(), "the others are written and not told"
    for _done in desk.tell_index_in_steps():
        pass
    assert desk.session().index_is_current()
    desk = told_halfway(INDEXES[1])
    assert not desk.session().index_is_current(), "one layer knows of people of whom the other does not"
