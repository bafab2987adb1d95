"""What is set aside keeps every byte, with what lies beside it, and the name is never nobody's."""

import os
from pathlib import Path

import pytest

from rapportdesk.store.file.setting_aside import take_place

OLD, NEW, LOG = b"what was there", b"what was finished", b"a log of what was there"


@pytest.fixture
def part(tmp_path: Path) -> Path:
    (tmp_path / "desk.rapport").write_bytes(OLD)
    (tmp_path / "desk.rapport-wal").write_bytes(LOG)
    part = tmp_path / "part"
    part.write_bytes(NEW)
    return part


def held(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_it_keeps_every_byte_and_what_lies_beside_it(part: Path, tmp_path: Path) -> None:
    take_place(part, tmp_path / "desk.rapport", tmp_path / "aside")
    assert held(tmp_path) == {"desk.rapport": NEW, "aside": OLD, "aside-wal": LOG}


def test_a_file_system_without_second_names_keeps_it_too(
    part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object, **_how: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    take_place(part, tmp_path / "desk.rapport", tmp_path / "aside")
    assert held(tmp_path) == {"desk.rapport": NEW, "aside": OLD, "aside-wal": LOG}


def test_the_name_is_somebodys_at_every_step(part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    target, rename, replace = tmp_path / "desk.rapport", Path.rename, Path.replace

    def looked(move: object) -> object:
        def moved(self: Path, other: Path) -> object:
            seen.append(target.exists())
            done = move(self, other)  # type: ignore[operator]  # one of the two above
            seen.append(target.exists())
            return done

        return moved

    monkeypatch.setattr(Path, "rename", looked(rename))
    monkeypatch.setattr(Path, "replace", looked(replace))
    take_place(part, target, tmp_path / "aside")
    assert seen == [True] * 4


@pytest.mark.parametrize("links", [True, False])
def test_what_cannot_be_done_is_undone(
    part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    before = held(tmp_path)

    def refuse(*_names: object, **_how: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OSError, match="No space"):
        take_place(part, tmp_path / "desk.rapport", tmp_path / "aside")
    assert held(tmp_path) == before


def test_nothing_that_was_set_aside_before_is_replaced(part: Path, tmp_path: Path) -> None:
    (tmp_path / "aside").write_bytes(b"of last week")
    before = held(tmp_path)
    with pytest.raises(FileExistsError):
        take_place(part, tmp_path / "desk.rapport", tmp_path / "aside")
    assert held(tmp_path) == before


@pytest.mark.linux  # making links wants rights elsewhere
def test_a_link_is_set_aside_and_what_it_leads_to_is_left_alone(part: Path, tmp_path: Path) -> None:
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "desk.rapport"
    target.rename(elsewhere)
    target.symlink_to(elsewhere)
    take_place(part, target, tmp_path / "aside")
    assert (target.read_bytes(), target.is_symlink()) == (NEW, False)
    assert os.path.islink(tmp_path / "aside")  # noqa: PTH114  # as the operating system says
    assert elsewhere.read_bytes() == OLD
