"""What is dropped in the folder comes in once it is whole; what fails says why without a word of a patient's."""

import json
import os
from pathlib import Path

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotAllowed, RapportError
from rapportdesk.steps import in_one_go
from tests.desk.bring_in.test_imports import read_here
from tests.desk.conftest import Practice

PERSON = {"resourceType": "Patient", "id": "1", "name": [{"text": "Eluned Gwynne"}], "birthDate": "1950-05-17"}


@pytest.fixture
def folder(practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A watched folder, with Ana signed in."""
    monkeypatch.setattr("rapportdesk.desk.bring_in.imports.read_files", read_here)
    made = tmp_path / "exports"
    made.mkdir()
    practice.desk.watched_folder.set(made)
    practice.sign_in("Ana Ruiz")
    return made


def drop(folder: Path, name: str = "people.json", content: str = json.dumps(PERSON)) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def bring_in(desk: Desk, name: str = "people.json") -> None:
    """What the window does with a file that has stopped growing."""
    taken = desk.watched_folder.take(name, desk.watched_folder.look()[name])
    assert taken is not None
    try:
        taken.bringing.read()
        desk.watched_folder.finish(taken, in_one_go(taken.bringing.write()))
    except RapportError as error:
        desk.watched_folder.fail(taken, error)


def test_a_whole_file_comes_in_and_is_put_away(folder: Path, practice: Practice) -> None:
    drop(folder)
    bring_in(practice.desk)
    assert [hit.name for hit in practice.desk.search("Eluned").hits] == ["Eluned Gwynne"]
    assert [each.name for each in (folder / "done").iterdir()] == ["people.json"]
    last = practice.desk.watched_folder.last()
    assert last is not None
    assert (last.patients, last.failed) == (1, False)
    drop(folder)
    bring_in(practice.desk)
    assert sorted(each.name for each in (folder / "done").iterdir()) == ["people (2).json", "people.json"]


def test_what_cannot_be_read_lies_in_failed_with_the_reason(folder: Path, practice: Practice) -> None:
    drop(folder, content=json.dumps({**PERSON, "birthDate": "1950-02-31"}))
    bring_in(practice.desk)
    assert sorted(each.name for each in (folder / "failed").iterdir()) == ["people.json", "people.json.reason.txt"]
    reason = (folder / "failed" / "people.json.reason.txt").read_text(encoding="utf-8")
    assert "people.json" in reason
    assert "Gwynne" not in reason
    last = practice.desk.watched_folder.last()
    assert last is not None
    assert last.failed
    assert not practice.desk.search("Eluned").hits


def test_links_hidden_and_unfinished_files_and_folders_are_left_where_they_are(
    folder: Path, practice: Practice
) -> None:
    outside = drop(folder.parent, "outside.json")
    (folder / "link.json").symlink_to(outside)
    for name in (".hidden.json", "people.json.part", "people.json~"):
        drop(folder, name)
    (folder / "sub").mkdir()
    assert practice.desk.watched_folder.look() == {}
    drop(folder)
    assert set(practice.desk.watched_folder.look()) == {"people.json"}


def test_a_file_that_was_written_to_meanwhile_is_not_taken(folder: Path, practice: Practice) -> None:
    path = drop(folder)
    seen = practice.desk.watched_folder.look()["people.json"]
    path.write_text(json.dumps(PERSON) + " ", encoding="utf-8")
    assert practice.desk.watched_folder.take("people.json", seen) is None
    assert path.exists()


def test_a_link_put_in_the_place_of_a_file_is_not_followed(folder: Path, practice: Practice) -> None:
    path = drop(folder)
    seen = practice.desk.watched_folder.look()["people.json"]
    target = drop(folder.parent, "outside.json")
    path.unlink()
    path.symlink_to(target)
    assert practice.desk.watched_folder.take("people.json", seen) is None
    assert os.path.lexists(path)
    assert target.exists()


def test_a_file_left_aside_when_the_program_ended_is_read_again(folder: Path, practice: Practice) -> None:
    drop(folder)
    desk = practice.desk
    assert desk.watched_folder.take("people.json", desk.watched_folder.look()["people.json"]) is not None
    assert desk.watched_folder.look() == {}
    desk.watched_folder.put_back()
    bring_in(desk)
    assert [hit.name for hit in desk.search("Eluned").hits] == ["Eluned Gwynne"]


def test_only_a_manager_sets_it_and_only_a_folder_will_do(practice: Practice, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    for wrong in (tmp_path / "nowhere", link, drop(tmp_path)):
        with pytest.raises(BadInput):
            practice.desk.watched_folder.set(wrong)
    desk = practice.sign_in("Ana Ruiz")
    with pytest.raises(NotAllowed):
        desk.watched_folder.set(tmp_path)
    assert desk.watched_folder.folder() is None
    assert desk.watched_folder.look() == {}


@pytest.mark.parametrize("name", [".reading", "done", "failed"])
def test_a_link_in_the_place_of_one_of_its_folders_reaches_no_other_file(
    folder: Path, practice: Practice, name: str
) -> None:
    outside = folder.parent / "letters"
    outside.mkdir()
    (outside / "letter.txt").write_text("Dear", encoding="utf-8")
    if (folder / name).exists():
        (folder / name).rmdir()
    (folder / name).symlink_to(outside)
    drop(folder, content="{" if name == "failed" else json.dumps(PERSON))
    practice.desk.watched_folder.put_back()
    if name == ".reading":
        assert (
            practice.desk.watched_folder.take("people.json", practice.desk.watched_folder.look()["people.json"]) is None
        )
    else:
        bring_in(practice.desk)
    assert [each.name for each in outside.iterdir()] == ["letter.txt"]
    if name != ".reading":
        with pytest.raises(BadInput):
            practice.sign_in("Ben Morgan").watched_folder.set(folder)


def test_the_reason_is_written_through_no_link(folder: Path, practice: Practice) -> None:
    outside = folder.parent / "letter.txt"
    outside.write_text("Dear", encoding="utf-8")
    (folder / "failed" / "people.json.reason.txt").symlink_to(outside)
    drop(folder, content="{")
    bring_in(practice.desk)
    assert outside.read_text(encoding="utf-8") == "Dear"
    assert "people.json" in (folder / "failed" / "people.json.reason (2).txt").read_text(encoding="utf-8")
