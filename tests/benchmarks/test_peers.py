"""The peers hold the same people and notes as the vault they stand beside, and find them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rapportdesk.clock import SystemClock
from rapportdesk.model.note import Note
from tests.benchmarks.peers import Peers, the_same_people
from tests.benchmarks.typed import typed
from tests.benchmarks.vaults import CLINICIAN, make_vault, open_vault, sign_in
from tests.ui.stage import CHEAP

PEOPLE, NOTES = 30, 200


def test_the_peers_hold_what_the_vault_holds(tmp_path: Path) -> None:
    make_vault(tmp_path / "made", patients=PEOPLE, notes=NOTES, seed=7, cost=CHEAP)
    with open_vault(tmp_path / "made") as desk:
        sign_in(desk, CLINICIAN)
        store = desk.session().store
        names = sorted(patient.name for patient in store.patients())
        words = sorted(thing.text for thing in store.all_things() if isinstance(thing, Note))
        things = sum(1 for _thing in store.all_things())
    peers = Peers(tmp_path / "peers")
    peers.fill(the_same_people(PEOPLE, NOTES, 7, SystemClock().now()))
    assert 0 < peers.plain_bytes() < 1_000_000
    peers.close()
    with closing(sqlite3.connect(tmp_path / "peers" / "plain.sqlite")) as plain:
        assert sorted(name for (name,) in plain.execute("SELECT name FROM patient")) == names
        assert sorted(text for (text,) in plain.execute("SELECT text FROM note")) == words
        kept = sum(plain.execute(f"SELECT count(*) FROM {kind}").fetchone()[0]  # noqa: S608  # names of ours
                   for kind in ("note", "consent", "appointment", "task", "topic"))  # fmt: skip
        assert kept == things
    with closing(sqlite3.connect(tmp_path / "peers" / "usual.sqlite")) as sealed, pytest.raises(sqlite3.DatabaseError):
        sealed.execute("SELECT * FROM patient").fetchall()


def test_the_usual_way_finds_people_by_name_and_notes_by_words(tmp_path: Path) -> None:
    people = list(the_same_people(PEOPLE, NOTES, 7, SystemClock().now()))
    peers = Peers(tmp_path / "peers")
    peers.fill(iter(people))
    name = people[3][0].name
    assert name in {found[0] for found in peers.search_the_usual_way(name[:4], words=False)}
    word = next(thing for _patient, things in people for thing in things if isinstance(thing, Note)).text.split()[0]
    assert peers.search_the_usual_way(word.strip(",;"), words=True)
    assert peers.search_the_usual_way("zzqxing", words=True) == []
    peers.close()


def test_the_same_is_typed_from_the_same_seed() -> None:
    assert typed(1, 4) == typed(1, 4)
    assert typed(1, 4) != typed(2, 4)
    assert len({row.name for row in typed(1, 4)}) == len(typed(1, 4))
