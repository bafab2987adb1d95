"""Which folders lie on another computer is read from what is mounted where."""

from pathlib import Path

import pytest

from rapportdesk.desk.backup.file_systems import is_on_a_network


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    """Linux's list, with a share in a folder whose name has a space."""
    for name in ("own", "the share/deep", "the share/own"):
        (tmp_path / name).mkdir(parents=True)
    mounted = tmp_path / "mounts"
    share = str(tmp_path / "the share").replace(" ", "\\040")
    lines = ["/dev/sda1 / ext4 rw 0 0", f"server:/x {share} nfs4 rw 0 0", f"tmpfs {share}/own tmpfs rw 0 0", ""]
    mounted.write_text("\n".join(lines))
    return mounted


@pytest.mark.linux
@pytest.mark.parametrize(("folder", "networked"), [("own", False), ("the share/deep", True), ("the share/own", False)])
def test_the_innermost_mount_counts(tmp_path: Path, mounts: Path, folder: str, networked: bool) -> None:
    assert is_on_a_network(tmp_path / folder, mounts) is networked


@pytest.mark.linux
def test_what_is_mounted_later_at_the_same_place_counts(tmp_path: Path, mounts: Path) -> None:
    mounts.write_text(mounts.read_text() + "//server/x / cifs rw 0 0\n")
    assert is_on_a_network(tmp_path / "own", mounts)


@pytest.mark.linux
def test_where_it_cannot_be_known_nothing_is_said(tmp_path: Path) -> None:
    assert not is_on_a_network(tmp_path, tmp_path / "none")
