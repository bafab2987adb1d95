"""The peers hold the same people and notes as the vault they stand beside, and find them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rapportdesk.clock import SystemClock
from rapportdesk.model.note import Note
from tests.benchmarks.bounded import answer_rows, ask, open_layers
from tests.benchmarks.peers import Peers, the_same_people
from tests.benchmarks.typed import typed
from tests.benchmarks.vaults import CLINICIAN, make_vault, open_vault, sign_in, tell_read_model
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
    assert name in {found[0] for found in peers.search_by_like(name[1:4])}
    assert name in {found[0] for found in peers.search_the_usual_way(people[3][0].identifiers[0].value, words=False)}
    assert peers.search_the_usual_way('"', words=False) == []
    word = next(thing for _patient, things in people for thing in things if isinstance(thing, Note)).text.split()[0]
    assert peers.search_the_usual_way(word.strip(",;"), words=True)
    assert peers.search_the_usual_way("zzqxing", words=True) == []
    peers.close()


def test_the_decrypted_file_answers_as_the_encrypted_one(tmp_path: Path) -> None:
    make_vault(tmp_path / "made", patients=PEOPLE, notes=NOTES, seed=7, cost=CHEAP)
    tell_read_model(tmp_path / "made")
    with open_vault(tmp_path / "made") as desk:
        sign_in(desk, CLINICIAN)
        keys, vault_id = desk.session().store.keys, desk.session().store._file.vault_id
    found = dict[bool, list[object]]()
    for decrypt in (False, True):
        place = tmp_path / str(decrypt)
        with open_layers(tmp_path / "made", keys, vault_id, place, decrypt=decrypt) as layers:
            texts = [(text, each.words) for each in typed(7, 3) for text in each.texts]
            found[decrypt] = [ask(layers, text, words=words) for text, words in texts]
        begins = (place / "desk.rapport.desk-index").read_bytes()[:15]
        assert (begins == b"SQLite format 3") is decrypt
    assert found[True] == found[False]
    assert any(getattr(each, "hits", ()) for each in found[True])
    rows = answer_rows(
        tmp_path / "made", keys, vault_id, tmp_path, typed(7, 1)[-2:], {"sqlcipher": lambda _text, _words: []}
    )
    assert [set(row.peers) for row in rows] == [{"plain", "sqlcipher"}] * 2


def test_the_usual_way_holds_a_filter_against_the_kind(tmp_path: Path) -> None:
    people = list(the_same_people(PEOPLE, NOTES, 7, SystemClock().now()))
    notes = [thing for _patient, things in people for thing in things if isinstance(thing, Note)]
    word = notes[0].text.split()[0].strip(",;.").lower()
    peers = Peers(tmp_path / "peers")
    peers.fill(iter(people))
    assert peers.search_the_usual_way(f"{notes[0].kind.value}:{word}", words=True)
    assert peers.search_the_usual_way(f"no-such-kind:{word}", words=True) == []
    peers.close()


def test_the_same_is_typed_from_the_same_seed() -> None:
    assert typed(1, 4) == typed(1, 4)
    assert typed(1, 4) != typed(2, 4)
    assert len({row.name for row in typed(1, 4)}) == len(typed(1, 4))
