"""A file is gone when `unlink` says so, big or small, and a link's target stays."""

import os
import sys
import threading
from pathlib import Path

import pytest

from rapportdesk import big_files


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_files, "LATER_S", 0.0)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was closed by the system's own call."""
    told, close = list[int](), os.close

    def noted(held: int) -> None:
        told.append(held)
        close(held)

    monkeypatch.setattr(os, "close", noted)
    return told


@pytest.mark.parametrize("big", [True, False])
def test_it_is_gone_at_once_and_its_room_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, big: bool) -> None:
    monkeypatch.setattr(big_files, "BIG", 1 if big else 100)
    path = tmp_path / "file"
    path.write_bytes(b"words")
    giving = big_files.unlink(path)
    assert not path.exists()
    if giving is not None:
        giving.join()
    again = tmp_path / "file"
    again.write_bytes(b"others")  # nothing of the first one's going touches who has its name now
    assert again.read_bytes() == b"others"
    assert big_files.unlink(tmp_path / "nothing", missing_ok=True) is None
    with pytest.raises(FileNotFoundError):
        big_files.unlink(tmp_path / "nothing")


def test_a_big_file_s_room_is_given_back_on_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, closed = tmp_path / "file", list[str]()
    path.write_bytes(b"words")
    assert big_files.unlink(path) is None
    path.write_bytes(b"words")
    monkeypatch.setattr(big_files, "BIG", 1)
    close = os.close

    def noted(held: int) -> None:
        closed.append(threading.current_thread().name)
        close(held)

    monkeypatch.setattr(os, "close", noted)
    giving = big_files.unlink(path)
    assert (giving is None) is (sys.platform == "win32"), "nothing that is open can be taken away there"
    if giving is not None:
        giving.join()
        assert closed == ["room given back"]


def test_where_no_thread_can_be_begun_it_is_gone_and_nothing_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: list[int]
) -> None:
    monkeypatch.setattr(big_files, "BIG", 1)
    path = tmp_path / "file"
    path.write_bytes(b"words")

    def begins_no_more(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", begins_no_more)
    assert big_files.unlink(path) is None
    assert not path.exists()
    assert len(closed) == (sys.platform != "win32")


def test_a_link_goes_and_what_it_leads_to_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_files, "BIG", 1)
    there, link = tmp_path / "there", tmp_path / "link"
    there.write_bytes(b"words")
    link.symlink_to(there)
    assert big_files.unlink(link) is None
    assert not link.is_symlink()
    assert there.read_bytes() == b"words"


@pytest.mark.skipif(sys.platform == "win32", reason="nothing that is open can be taken away there")
def test_a_big_file_s_room_is_given_back_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_files, "BIG", 1)
    monkeypatch.setattr(big_files, "PIECE", 10)
    path, left = tmp_path / "file", list[int]()
    path.write_bytes(b"x" * 35)
    truncate = os.ftruncate

    def noted(held: int, length: int) -> None:
        left.append(length)
        truncate(held, length)

    monkeypatch.setattr(os, "ftruncate", noted)
    giving = big_files.unlink(path)
    assert giving is not None
    giving.join()
    assert left == [25, 15, 5]


@pytest.mark.skipif(sys.platform == "win32", reason="nothing that is open can be taken away there")
@pytest.mark.parametrize("others_read", [True, False])
def test_whoever_reads_a_file_that_others_may_read_finds_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, others_read: bool
) -> None:
    monkeypatch.setattr(big_files, "BIG", 1)
    monkeypatch.setattr(big_files, "PIECE", 2)
    path = tmp_path / "file"
    path.write_bytes(b"words")
    with path.open("rb") as reading:
        giving = big_files.unlink(path, others_read=others_read)
        assert giving is not None
        giving.join()
        assert reading.read() == (b"words" if others_read else b"w"), "the control: our own is shortened"
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing that is open can be taken away there")
def test_a_file_that_has_another_name_keeps_all_of_it_by_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_files, "BIG", 1)
    monkeypatch.setattr(big_files, "PIECE", 2)
    path, other = tmp_path / "file", tmp_path / "somebody's copy"
    path.write_bytes(b"words")
    other.hardlink_to(path)
    giving = big_files.unlink(path)
    assert giving is not None
    giving.join()
    assert not path.exists()
    assert other.read_bytes() == b"words"


@pytest.mark.skipif(sys.platform == "win32", reason="nothing that is open can be taken away there")
def test_a_disk_that_cannot_shorten_a_file_gives_it_back_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: list[int]
) -> None:
    monkeypatch.setattr(big_files, "BIG", 1)
    monkeypatch.setattr(big_files, "PIECE", 2)
    path = tmp_path / "file"
    path.write_bytes(b"words")

    def cannot(_held: int, _length: int) -> None:
        raise OSError

    monkeypatch.setattr(os, "ftruncate", cannot)
    giving = big_files.unlink(path)
    assert giving is not None
    giving.join()
    assert not path.exists()
    assert len(closed) == 1
