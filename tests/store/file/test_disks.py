"""Two places on one disk are told, through partitions, encrypted volumes, mounted files and file systems of parts."""

import os
from pathlib import Path

import pytest

from rapportdesk.store.file import disks

pytestmark = pytest.mark.linux


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an invented sysfs: disk `sda` with two partitions, `sdb`, and an encrypted volume on `sda2`."""
    devices = tmp_path / "devices"
    for name in ("sda/sda1", "sda/sda2", "sdb", "dm-0/slaves"):
        (devices / name).mkdir(parents=True)
    for name in ("sda/sda1", "sda/sda2"):
        (devices / name / "partition").write_text("1")
    (devices / "dm-0/slaves/sda2").symlink_to(devices / "sda/sda2")
    blocks = tmp_path / "blocks"
    blocks.mkdir()
    for number, name in {"8:1": "sda/sda1", "8:2": "sda/sda2", "8:16": "sdb", "253:0": "dm-0"}.items():
        (blocks / number).symlink_to(devices / name)
    monkeypatch.setattr(disks, "_BLOCKS", blocks)
    return tmp_path


@pytest.mark.parametrize(
    ("major", "minor", "disk"), [(8, 1, {"sda"}), (8, 2, {"sda"}), (8, 16, {"sdb"}), (253, 0, {"sda"}), (0, 46, set())]
)
def test_a_device_is_followed_to_its_disk(machine: Path, major: int, minor: int, disk: set[str]) -> None:
    assert disks._of_block(os.makedev(major, minor)) == disk


def test_a_file_that_is_mounted_lies_on_the_disk_of_the_file(machine: Path) -> None:
    loop, image = machine / "devices" / "loop0", machine / "image"
    (loop / "loop").mkdir(parents=True)
    image.write_bytes(b"")
    (loop / "loop" / "backing_file").write_text(f"{image}\n")
    assert disks._under(loop) == disks.disks_of(image)


def test_the_nearest_mount_tells_where_a_file_system_without_a_device_of_its_own_lies(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = machine / "mountinfo"
    mounts.write_text(
        "22 1 0:20 / / rw - btrfs /dev/null rw\n"
        f"23 22 0:30 / {machine} rw shared:1 - tmpfs tmpfs rw\n"
        f"24 22 0:31 / {machine}/with\\040space rw - btrfs /dev/zero rw\n"
    )
    monkeypatch.setattr(disks, "_MOUNTS", mounts)
    zero = Path("/dev/zero").stat().st_rdev
    (machine / "blocks" / f"{os.major(zero)}:{os.minor(zero)}").symlink_to(machine / "devices" / "sdb")
    assert disks._of_mount(machine / "with space" / "folder") == {"sdb"}
    assert disks._of_mount(machine / "other") == frozenset()


NFS = "24 22 0:{number} / {where} rw - nfs4 {source} rw,vers=4.2,addr={address}\n"


@pytest.mark.parametrize(
    ("source", "servers"),
    [
        ("//Server/desk", {"server server"}), ("//reception@server/desk", {"server server"}),
        ("server:/export/desk", {"server server"}), ("server.:/x", {"server server"}),
        ("ana@server:/ana", {"server server"}), ("[2001:db8::7]:/x", {"server 2001:db8::7"}),
        ("one,other:/", {"server one", "server other"}), ("https://server/dav", {"server server"}),
        ("tmpfs", set()), ("/dev/sda1", set()), ("s3fs", set()), ("", set()), ("C:\\134", set()), ("overlay", set()),
    ],
)  # fmt: skip
def test_the_server_of_a_share_is_its_disk(source: str, servers: set[str]) -> None:
    assert disks.servers_of(source) == servers


def test_two_shares_of_one_server_are_one_disk_and_of_two_servers_two(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {
        "desk": ("nas:/desk", "192.0.2.5"), "backups": ("NAS:/backups", "192.0.2.5"),
        "by-address": ("192.0.2.5:/more", "192.0.2.5"), "elsewhere": ("other:/backups", "192.0.2.9"),
    }  # fmt: skip
    mounts = machine / "mountinfo"
    lines = [NFS.format(number=at, where=machine / name, source=source, address=address)
             for at, (name, (source, address)) in enumerate(places.items(), 50)]  # fmt: skip
    mounts.write_text("22 1 0:20 / / rw - btrfs /dev/null rw\n" + "".join(lines))
    monkeypatch.setattr(disks, "_MOUNTS", mounts)
    found = {name: disks._of_mount(machine / name / "folder") for name in places}
    for name in ("backups", "by-address"):
        assert found["desk"] & found[name], name
    assert not found["desk"] & found["elsewhere"]
    assert found["elsewhere"] == {"server other", "server 192.0.2.9"}


def test_one_folder_shares_a_disk_with_itself_and_memory_shares_none_with_the_disk(tmp_path: Path) -> None:
    assert disks.on_one_disk(tmp_path, tmp_path.parent)
    memory = Path("/dev/shm")  # noqa: S108  # nothing is written there
    assert memory.stat().st_dev == tmp_path.stat().st_dev or not disks.on_one_disk(tmp_path, memory)


def test_a_place_that_is_not_there_is_on_no_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        disks.on_one_disk(tmp_path, tmp_path / "gone")
