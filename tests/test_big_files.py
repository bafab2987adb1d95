"""A file is gone when `unlink` says so, big or small, and a link's target stays."""

import os
import sys
import threading
from pathlib import Path

import pytest

from rapportdesk import big_files


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(big_files, "BIG", 1)
    path, closed = tmp_path / "file", list[int]()
    path.write_bytes(b"words")
    close = os.close

    def noted(held: int) -> None:
        closed.append(held)
        close(held)

    def begins_no_more(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(os, "close", noted)
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
