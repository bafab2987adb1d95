"""The read model follows every write, outlasts the sign-in, and is the same as one that is made anew."""

import dataclasses
import datetime as dt
import shutil
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.search.index_files import desk_place
from rapportdesk.desk.search.indexing import Indexing
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.practice import PracticeSettings
from rapportdesk.model.topic import Permission
from rapportdesk.readmodel.compartment import Compartment
from rapportdesk.readmodel.encrypted import open_file
from rapportdesk.readmodel.entry import Entry
from rapportdesk.store.records.change_log import ChangeLog, Changes
from rapportdesk.store.sealed_store import SealedStore
from tests.desk.conftest import Practice, add_nia
from tests.interference.twins import keep_note, keep_task, keep_topic
from tests.readmodel.contents import meaning, tables

ANA, OSEI, BEN = "Ana Ruiz", "Dr Osei", "Ben Morgan"
INDEXES = ("desk.rapport.desk-index", "desk.rapport.clinicians-index")
DAY_S = 86_400.0


def told(desk: Desk) -> list[dict[str, Any]]:
    """Return what lies in the files of whoever is signed in: the desk's, and the clinicians'."""
    index = desk.session().index
    return [meaning(each) for each in (index.desk, *index.over[:-1])]


def told_anew(desk: Desk, folder: Path) -> list[dict[str, Any]]:
    """Return what would lie in them were they made now."""
    folder.mkdir(exist_ok=True)
    anew = Indexing(desk.session(), folder / new_id(), "another", beside=False)
    try:
        return [meaning(each) for each in (anew.index.desk, *anew.index.over[:-1])]
    finally:
        anew.close()


def add(desk: Desk, name: str) -> PatientId:
    return desk.people.add(Patient(id=PatientId(""), name=name)).id


def writes(desk: Desk, people: list[PatientId], clock: Any) -> list[Any]:
    """Return everything that the property may do next; each takes which patient."""
    texts = ("grows leeks", "sings bass", "never Mrs")
    return [
        lambda who: keep_note(desk, who, texts[0], kind=NoteKind.HOBBY),
        lambda who: keep_note(desk, who, texts[1], audience=Audience.CLINICIANS),
        lambda who: keep_task(desk, who, texts[2], due=dt.date(2026, 11, 23)),
        lambda who: keep_task(desk, who, texts[2], audience=Audience.CLINICIANS),
        lambda who: keep_topic(desk, who, "money", Permission.PRIVATE_ROOM, valid_until=dt.date(2026, 11, 22)),
        lambda who: keep_topic(desk, who, "MH", Permission.WELCOME, name_for=Audience.CLINICIANS),
        lambda who: keep_note(desk, who, texts[0], topic=_any_topic(desk, who)),
        lambda who: desk.consents.record(who, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, until=dt.date(2026, 11, 21)),
        lambda who: desk.consents.record(who, Covers.KEEP_NOTES, ConsentStatus.INACTIVE),
        lambda who: desk.consents.agree(who),
        lambda who: desk.today.mark(
            desk.today.add_appointment(who, desk.session().now()).id, AppointmentStatus.ARRIVED
        ),
        lambda who: desk.people.update(dataclasses.replace(desk.people.get(who), preferred_name="Mair")),
        lambda who: desk.people.set_company(who, frozenset()),
        lambda who: desk.people.set_company(who, None),
        lambda who: _delete_any(desk, who),
        lambda _who: people.append(add(desk, f"Huw {len(people)}")),
        lambda _who: clock.move_on(DAY_S),
    ]


def _arrives(desk: Desk, who: PatientId) -> None:
    desk.today.mark(desk.today.add_appointment(who, desk.session().now()).id, AppointmentStatus.ARRIVED)


def _any_topic(desk: Desk, who: PatientId) -> Any:
    topics = desk.session().known(who).topics
    return topics[0].handle if topics else None


def _delete_any(desk: Desk, who: PatientId) -> None:
    known = desk.session().known(who)
    for record in [*(note.id for note in known.notes), *(task.id for task in known.tasks)][:1]:
        desk.session().store.delete(record)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, founded: Practice) -> SimpleNamespace:
    """A practice with two people, closed, whose folder is copied for each example."""
    made = Practice(tmp_path_factory.mktemp("begun") / "vault" / "desk.rapport", founded=founded)
    desk = made.sign_in(ANA)
    nia, una = add_nia(desk), add(desk, "Una Askew")
    desk.today.day()
    desk.close()
    return SimpleNamespace(practice=made, people=[nia, una], folders=tmp_path_factory.mktemp("examples"))


@given(st.lists(st.tuples(st.integers(0, 16), st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=9))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_index_that_followed_step_by_step_is_one_that_is_made_anew(
    begun: SimpleNamespace, founded: Practice, steps: list[tuple[int, int, int]]
) -> None:
    practice = Practice(begun.folders / new_id() / "desk.rapport", founded=begun.practice)
    people = list(begun.people)
    old = dict[str, bytes]()
    try:
        practice.sign_in(ANA)
        for what, whom, then in steps:
            desk = practice.desk
            writes(desk, people, practice.clock)[what](people[whom % len(people)])
            if then in {0, 1}:
                practice.sign_in((ANA, OSEI)[then])
            elif then == 2:  # the power went: the vault's commits are there, the index's are not
                practice.desk.close()
                for name, content in old.items():
                    practice.path.with_name(name).write_bytes(content)
                practice.reopen()
                practice.sign_in(OSEI)
            elif then == 3:
                practice.desk.close()
                old = {each.name: each.read_bytes() for each in practice.path.parent.glob("*-index*")}
                practice.reopen()
                practice.sign_in(ANA)
            elif then < 7:
                practice.desk.today.day()
        for name in (OSEI, ANA):
            desk = practice.sign_in(name)
            assert told(desk) == told_anew(desk, practice.path.parent / "anew")
    finally:
        practice.desk.close()
        shutil.rmtree(practice.path.parent)


def test_the_control_an_index_that_is_told_of_no_change_is_another_one(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.sign_in(ANA)
    nia = add_nia(desk)
    keep_note(desk, nia, "grows leeks")
    assert told(desk) == told_anew(desk, practice.path.parent / "anew")
    monkeypatch.setattr(ChangeLog, "since", lambda _self, position: Changes((), position))
    keep_note(desk, nia, "sings bass")
    assert told(desk) != told_anew(desk, practice.path.parent / "anew")


def test_a_sign_in_reads_nobody_when_the_index_is_there(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = practice.sign_in(ANA)
    nia = add_nia(desk)
    keep_note(desk, nia, "grows leeks")
    desk.search("leeks")
    desk = practice.sign_in(OSEI)
    desk.search("leeks")
    practice.reopen()

    def nobody(*_arguments: object) -> None:
        raise AssertionError("everybody was read")

    monkeypatch.setattr(SealedStore, "patients", nobody)
    for name in (ANA, OSEI):
        desk = practice.sign_in(name)
        assert [hit.id for hit in desk.search("leeks").hits] == [nia]
        desk.today.day()
    keep_note(desk, nia, "sings bass", audience=Audience.EVERYONE)
    assert [hit.id for hit in desk.search("bass").hits] == [nia]
    for name in INDEXES:
        practice.path.with_name(name).unlink(missing_ok=True)
    with pytest.raises(AssertionError, match="everybody"):
        practice.sign_in(ANA).search("leeks")


@pytest.mark.parametrize("fault", ["gone", "cut off", "changed", "another's", "a folder's link"])
def test_a_damaged_index_is_made_anew_and_the_desk_goes_on(practice: Practice, fault: str, tmp_path: Path) -> None:
    desk = practice.sign_in(OSEI)
    nia = add_nia(desk)
    for number in range(40):
        keep_note(desk, nia, f"grows leeks {number}")
    desk.search("leeks")
    desk.session().leave_no_bytes()
    desk.close()
    for name in INDEXES:
        path = practice.path.with_name(name)
        content = bytearray(path.read_bytes())
        match fault:
            case "gone":
                path.unlink()
            case "cut off":
                path.write_bytes(content[: len(content) // 2])
            case "changed":
                for at in range(4096, len(content), 512):
                    content[at] ^= 255
                path.write_bytes(content)
            case "another's":
                path.write_bytes(b"SQLite format 3\0" + bytes(8000))
            case _:
                path.unlink()
                path.symlink_to(tmp_path)
    practice.reopen()
    for name in (ANA, OSEI):
        desk = practice.sign_in(name)
        assert [hit.id for hit in desk.search("prydderch").hits] == [nia]
        assert desk.search("leeks").hits
        keep_note(desk, nia, "sings bass")
        assert desk.search("bass").hits
        assert told(desk) == told_anew(desk, tmp_path / "anew")
    assert not any(practice.path.with_name(name).is_symlink() for name in INDEXES)


def test_after_a_new_vault_key_nothing_of_the_old_file_opens_and_another_is_made(practice: Practice) -> None:
    desk = practice.sign_in(BEN)
    nia = add_nia(desk)
    keep_note(desk, nia, "grows leeks")
    desk.search("leeks")
    before = practice.path.with_name(INDEXES[0]).read_bytes()
    desk.replace_vault_key()
    assert [hit.id for hit in desk.search("leeks").hits] == [nia]
    place = desk_place(practice.path, desk._file.vault_id, desk.session().store.keys)
    desk.lock()
    open_file(practice.path.with_name(INDEXES[0]), place.key).close()  # a leaver's key does not
    desk = practice.sign_in(ANA)
    assert [hit.id for hit in desk.search("leeks").hits] == [nia]
    assert practice.path.with_name(INDEXES[0]).read_bytes()[:16] != before[:16]


def test_what_is_sealed_to_clinicians_changes_no_row_of_the_desks_compartment(practice: Practice) -> None:
    desk = practice.sign_in(OSEI)
    nia = add_nia(desk)
    keep_note(desk, nia, "grows leeks")
    desk.search("leeks")
    before = tables(desk.session().index.desk)
    keep_note(desk, nia, "the bittern", audience=Audience.CLINICIANS)
    keep_task(desk, nia, "tell of the bittern", audience=Audience.CLINICIANS)
    keep_topic(desk, nia, "MH", Permission.WELCOME, name_for=Audience.CLINICIANS, valid_until=dt.date(2026, 12, 1))
    after = tables(desk.session().index.desk)
    assert {each: rows for each, rows in after.items() if each != "state"} == {
        each: rows for each, rows in before.items() if each != "state"
    }
    assert len(tables(desk.session().index.over[0])["held"]) == 1, "the control: the clinicians' compartment was told"
    keep_note(desk, nia, "the bittern for everybody")
    assert tables(desk.session().index.desk) != after, "the control: what reception may know changes them"


def test_what_ends_at_midnight_is_not_found_after_it_though_nobody_wrote_anything(practice: Practice) -> None:
    desk = practice.sign_in(ANA)
    nia = add_nia(desk, agreed=False)
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, until=dt.date(2026, 11, 21))
    desk.consents.record(nia, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.ACTIVE)
    keep_note(desk, nia, "grows leeks")
    index = desk.session().index
    assert index.find_words("leeks").hits
    practice.clock.move_on(DAY_S)
    assert index.find_words("leeks").hits, "the last day counts"
    practice.clock.move_on(DAY_S)
    assert not index.find_words("leeks").hits, "the column alone hides it"
    assert not desk.session().index.find_words("leeks").hits
    desk.consents.agree(nia)
    assert desk.session().index.find_words("leeks").hits


def test_a_window_is_answered_at_once_and_told_the_rest_beside(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.sign_in(ANA)
    people = [add(desk, f"Nia Number{number}") for number in range(12)]
    desk.consents.agree(people[0])
    keep_note(desk, people[0], "grows leeks")
    desk.close()
    for name in INDEXES:
        practice.path.with_name(name).unlink(missing_ok=True)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._BEGINNING", 5)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._STEP_MOST", 4)
    practice.reopen()
    practice.desk.tells_index_beside = True
    desk = practice.sign_in(ANA)
    found = len(desk.search("nia").hits)
    assert 0 < found < len(people)
    steps = desk.tell_index_in_steps()
    progress = [next(steps)[0]]
    while len(desk.search("nia").hits) < len(people):
        progress.append(next(steps)[0])
    assert progress[-1] <= 100, "names come first"
    late = add(desk, "Nia Late")
    desk.lock()  # in the midst of it
    desk = practice.sign_in(ANA)
    assert len(desk.search("nia").hits) == len(people) + 1
    progress += [done for done, _whole in desk.tell_index_in_steps()]
    assert progress == sorted(progress)
    assert progress[-1] == 1000
    assert [hit.id for hit in desk.search("leeks").hits] == [people[0]]
    assert [hit.id for hit in desk.search("nia late").hits] == [late]


def test_a_telling_that_breaks_off_between_two_commits_leaves_nobody_out(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.sign_in(ANA)
    people = [add(desk, f"Nia Number{number}") for number in range(12)]
    for person in people:
        desk.consents.agree(person)
        keep_note(desk, person, "grows leeks")
    desk.close()
    for name in INDEXES:
        practice.path.with_name(name).unlink(missing_ok=True)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._BEGINNING", 1)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._STEP_MOST", 1)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._STEPS_IN_ONE", 4)
    practice.reopen()
    practice.desk.tells_index_beside = True
    desk = practice.sign_in(ANA)
    whole, told = Compartment.put, 0

    def fails_once(self: Compartment, entry: Entry) -> None:
        nonlocal told
        told += 1
        if told == 7:
            raise ZeroDivisionError
        whole(self, entry)

    monkeypatch.setattr(Compartment, "put", fails_once)
    with pytest.raises(ZeroDivisionError):
        for _done in desk.tell_index_in_steps():
            pass
    for _done in desk.tell_index_in_steps():
        pass
    assert len(desk.search("leeks").hits) == len(people)


def test_an_index_that_is_first_asked_inside_a_transaction_keeps_nothing_of_what_is_taken_back(
    practice: Practice,
) -> None:
    desk = practice.sign_in(ANA)
    nia = add_nia(desk)
    for name in INDEXES:
        practice.path.with_name(name).unlink(missing_ok=True)
    with suppress(ZeroDivisionError), desk.session().transaction():
        keep_note(desk, nia, "grows leeks")
        assert desk.session().index.find_words("leeks").hits
        keep_note(desk, nia, "sings bass")
        raise ZeroDivisionError
    assert not desk.session().index.find_words("leeks").hits
    assert told(desk) == told_anew(desk, practice.path.parent / "anew")
    with desk.session().transaction():
        keep_note(desk, nia, "grows leeks")
        desk.session().index.find_words("leeks")
        keep_note(desk, nia, "sings bass")
    assert told(desk) == told_anew(desk, practice.path.parent / "anew")


def test_what_was_erased_is_in_no_file_when_it_is_said_to_be_done(practice: Practice) -> None:
    desk = practice.sign_in(OSEI)
    nia = add_nia(desk)
    keep_note(desk, nia, "the bittern", audience=Audience.CLINICIANS)
    keep_note(desk, nia, "the moorhen")
    desk.search("moorhen")
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    practice.clock.move_on(40 * DAY_S)
    desk = practice.sign_in(BEN)
    assert practice.path.with_name(INDEXES[1]).exists()
    desk.erasures.erase(nia)
    assert not practice.path.with_name(INDEXES[1]).exists(), "what a manager cannot open is thrown away"
    assert "moorhen" not in str(tables(desk.session().index.desk))
    assert practice.path.with_name(f"{INDEXES[0]}-wal").stat().st_size == 0
    desk = practice.sign_in(OSEI)
    assert not desk.search("bittern").hits


@pytest.mark.parametrize("change", ["a new vault key", "another age"])
def test_a_window_finds_people_at_once_after_its_index_was_thrown_away(practice: Practice, change: str) -> None:
    practice.desk.tells_index_beside = True
    desk = practice.sign_in(BEN)
    nia = add_nia(desk)
    for _done in desk.tell_index_in_steps():
        assert not desk.session().store.in_transaction
    assert [hit.id for hit in desk.search("nia").hits] == [nia]
    if change == "a new vault key":
        desk.replace_vault_key()
    else:
        desk.practice.change(PracticeSettings(guardian_until=18))
    assert [hit.id for hit in desk.search("nia").hits] == [nia]
