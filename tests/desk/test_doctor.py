"""The doctor looks at everything, changes nothing, and says of whatever is not well what to do about it."""

import datetime as dt
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rapportdesk.desk.doctor import Finding, examine
from rapportdesk.desk.doctor_memory import seen_from_within
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import KeyringTimeout
from rapportdesk.model.note import NoteKind
from tests.desk.conftest import SECRET, Practice, add_nia

ALL = ["file", "key", "note", "permissions", "sqlite", "index", "disk", "folder", "clock", "encryption"]


@pytest.fixture
def closed(practice: Practice) -> Practice:
    """A practice at night: the vault is closed, and the clock has not been set back behind the file's own time."""
    practice.desk.close()
    practice.clock.moment = dt.datetime.fromtimestamp(practice.path.stat().st_mtime, dt.UTC)
    return practice


def look(practice: Practice, custody: MemoryCustody | None = None) -> dict[str, Finding]:
    """Return the findings by what was looked at."""
    return {each.check: each for each in examine(practice.path, custody or practice.custody, practice.clock)}


def bad(found: dict[str, Finding]) -> list[str]:
    """Return what is not well; each such finding has to say what to do."""
    assert all(each.words for each in found.values())
    assert all(each.hint for each in found.values() if not each.well)
    return [check for check, each in found.items() if not each.well]


def test_all_is_well_and_stays_as_it_is(closed: Practice) -> None:
    before = (closed.path.read_bytes(), closed.path.stat().st_mtime_ns, sorted(closed.path.parent.iterdir()))
    found = look(closed)
    assert list(found) == ALL
    assert bad(found) == []
    assert "3 people" in found["key"].words
    after = (closed.path.read_bytes(), closed.path.stat().st_mtime_ns, sorted(closed.path.parent.iterdir()))
    assert after == before
    assert not any(name in str(found) for name in ("Ana", "Ben", "Osei", SECRET))


def test_it_looks_beside_an_open_window(practice: Practice) -> None:
    practice.clock.moment = dt.datetime.now(dt.UTC)
    assert "file" in look(practice)
    practice.sign_in("Ana Ruiz")


def test_no_vault_is_no_vault_and_the_rest_is_still_looked_at(closed: Practice) -> None:
    closed.path = closed.path.parent / "deeper" / "none.rapport"
    found = look(closed)
    assert list(found) == [each for each in ALL if each not in {"key", "note"}]
    assert bad(found) == ["file"]
    assert not closed.path.parent.exists()


def test_a_missing_key_and_a_wrong_one_have_their_own_words(closed: Practice) -> None:
    from rapportdesk.desk.door.doorway import read_doorway

    wrong = MemoryCustody()
    wrong.write(read_doorway(closed.path).device_key_id, bytes(32))
    missing, other = look(closed, MemoryCustody()), look(closed, wrong)
    assert bad(missing) == bad(other) == ["key"]
    assert missing["key"].words != other["key"].words
    assert "sheet" in missing["key"].hint


@pytest.mark.linux  # other systems keep access rights otherwise
@pytest.mark.parametrize(("target", "mode"), [("file", 0o644), ("file", 0o660), ("folder", 0o755)])
def test_what_other_accounts_can_reach_is_named(closed: Practice, target: str, mode: int) -> None:
    path = closed.path if target == "file" else closed.path.parent
    path.chmod(mode)
    found = look(closed)
    assert bad(found) == ["permissions"]
    assert path.name in found["permissions"].words


def test_a_clock_that_was_set_back_is_noticed(closed: Practice) -> None:
    closed.clock.moment -= dt.timedelta(hours=1)
    assert bad(look(closed)) == ["clock"]


def test_a_file_that_is_no_vault_is_told(closed: Practice) -> None:
    closed.path.write_bytes(b"somebody's shopping")
    found = look(closed)
    assert bad(found) == ["file"]
    assert "key" not in found


def test_a_disk_without_room_is_told(closed: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1000))
    assert bad(look(closed)) == ["disk"]


def test_the_search_index_beside_the_file_is_looked_at_too(practice: Practice) -> None:
    practice.sign_in("Ana Ruiz").search("nia")
    practice.desk.close()
    practice.clock.moment = dt.datetime.fromtimestamp(practice.path.stat().st_mtime, dt.UTC)
    assert bad(look(practice)) == []
    assert "encrypted beside the file" in look(practice)["index"].words
    index = practice.path.with_name("desk.rapport.desk-index")
    index.chmod(0o644)
    assert bad(look(practice)) == ["permissions"]
    assert index.name in look(practice)["permissions"].words


def test_without_its_library_the_index_is_said_to_lie_in_memory(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apsw", None)
    assert "index" in bad(look(practice))
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    desk.notes.write(patient, "grows leeks", kind=NoteKind.HOBBY)
    assert [hit.id for hit in desk.search("leeks").hits] == [patient]
    practice.desk.close()
    assert not list(practice.path.parent.glob("*-index*"))


def test_an_index_that_lies_open_is_told(closed: Practice) -> None:
    index = closed.path.with_name("desk.rapport.desk-index")
    index.write_bytes(b"SQLite format 3\0" + bytes(84))
    index.chmod(0o600)
    assert bad(look(closed)) == ["index"]
    index.write_bytes(bytes(100))  # the control
    assert bad(look(closed)) == []


def test_an_older_copy_is_told_without_anybodys_secret(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ben Morgan"))
    copy = practice.path.with_name("older")
    practice.desk.standing.compare()
    practice.desk.close()
    practice.clock.moment = dt.datetime.fromtimestamp(practice.path.stat().st_mtime, dt.UTC)
    found = look(practice)
    assert bad(found) == []
    assert "as far as this computer last saw it" in found["note"].words
    shutil.copy2(practice.path, copy)
    practice.reopen()
    practice.sign_in("Ben Morgan").standing.compare()
    practice.desk.notes.write(nia, "grows leeks", kind=NoteKind.HOBBY)
    practice.desk.close()
    shutil.copy2(copy, practice.path)
    found = look(practice)
    assert bad(found) == ["note"]
    assert "an older copy" in found["note"].words
    practice.custody._anchors.clear()
    assert "has noted nothing" in look(practice)["note"].words


def test_a_store_that_does_not_say_how_far_the_file_went_is_told(closed: Practice) -> None:
    class Unwell(MemoryCustody):
        def read_anchor(self, name: str) -> str:
            raise KeyringTimeout(name)

    unwell = Unwell()
    unwell._keys |= closed.custody._keys
    assert bad(look(closed, unwell)) == ["note"]


def test_who_signs_in_hears_of_backups_and_of_what_was_noted(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def within(name: str = "Ben Morgan") -> dict[str, Finding]:
        found = seen_from_within(practice.sign_in(name))
        assert not any(word in str(found) for word in ("Ana", "Ben", "Osei", "Nia", str(tmp_path)))
        return {each.check: each for each in found}

    assert bad(within()) == ["backups"]
    assert within()["backups"].words == "There is no backup."
    monkeypatch.setattr("rapportdesk.desk.backup.backups.on_one_disk", lambda _place, _vault: False)
    practice.desk.backups.choose_folder(tmp_path)
    add_nia(practice.desk)
    practice.desk.backups.make()
    assert bad(within("Ana Ruiz")) == []
    practice.reopen()
    assert "the one that this computer last saw" in within()["standing"].words
    practice.reopen()
    within()
    practice.desk.close()
    practice.custody._anchors.clear()
    practice.reopen()
    practice.clock.move_on(30 * 86_400)
    found = within()
    assert bad(found) == ["standing", "backups"]
    assert "is gone" in found["standing"].words
    assert "Make one now" in found["backups"].hint


def test_a_folder_on_another_computer_is_told(closed: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapportdesk.desk.doctor.is_on_a_network", lambda _folder: True)
    assert bad(look(closed)) == ["folder"]
