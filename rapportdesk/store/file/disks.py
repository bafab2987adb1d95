"""Which disks a folder lies on: what lies on the vault's own disk goes with it, on whichever partition.

Linux is asked through sysfs (a partition's disk, what an encrypted or joined volume lies on, a file that is mounted),
macOS through `df`, Windows through the volume's extents. Of another computer's folders the computer counts, by its
name and, where Linux says it, by its address: what disks it has is not known from here, so two of its shares count as
one disk. One computer under two names, without an address, counts as two: nothing is asked of the network. Where
nothing better is known, the file system's own number counts.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_BLOCKS = Path("/sys/dev/block")
_DF_S = 5.0


def on_one_disk(one: Path, other: Path) -> bool:
    """Whether two places share a disk; raises OSError where one of them is not there."""
    return bool(disks_of(one) & disks_of(other))


def disks_of(place: Path) -> frozenset[str]:
    """Return names of the disks a place lies on, the same for all that lies on one disk.

    Raises:
        OSError: It is not there.
    """
    device = place.stat().st_dev
    found = _asked(place.resolve(), device)
    return found or frozenset({f"file system {device}"})


if sys.platform == "win32":
    import ctypes
    import struct

    _EXTENTS = 0x00560000  # IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS

    def _asked(place: Path, _device: int) -> frozenset[str]:
        """Ask for the volume's extents, which need no rights to read (access 0); of a share, for its server."""
        if found := servers_of(place.drive.replace("\\", "/")):
            return found
        kernel = ctypes.windll.kernel32
        kernel.CreateFileW.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.CreateFileW(f"\\\\.\\{place.drive}", 0, 3, None, 3, 0, None))
        if handle.value in (None, ctypes.c_void_p(-1).value):
            return frozenset()
        try:
            answer, got = ctypes.create_string_buffer(4096), ctypes.c_ulong()
            done = kernel.DeviceIoControl(handle, _EXTENTS, None, 0, answer, len(answer), ctypes.byref(got), None)
            count = struct.unpack_from("<I", answer)[0] if done else 0
            return frozenset(f"disk {struct.unpack_from('<I', answer, 8 + 24 * each)[0]}" for each in range(count))
        finally:
            kernel.CloseHandle(handle)

elif sys.platform == "darwin":

    def _asked(place: Path, _device: int) -> frozenset[str]:
        """Ask `df`: /dev/disk3s5 lies on disk3."""
        try:
            said = subprocess.run(  # noqa: S603  # the system's own, no shell, and the place is one argument
                ["/bin/df", "-P", str(place)], capture_output=True, text=True, timeout=_DF_S, check=True
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return frozenset()
        found = re.search(r"^/dev/(disk\d+)", said, re.MULTILINE)
        return frozenset({found[1]}) if found else servers_of(said.splitlines()[-1])

else:

    def _asked(place: Path, device: int) -> frozenset[str]:
        """Follow the block device down to disks; a file system without one is asked where it was mounted from."""
        try:
            return _of_block(device) or _of_mount(place)
        except OSError:
            return frozenset()


def _of_block(device: int) -> frozenset[str]:
    block = _BLOCKS / f"{os.major(device)}:{os.minor(device)}"
    return _under(block.resolve()) if block.exists() else frozenset()


def _under(block: Path) -> frozenset[str]:
    """Return the disks under one block device, as sysfs shows them."""
    whole = block.parent if (block / "partition").exists() else block
    held = whole / "loop" / "backing_file"
    if held.exists():
        return disks_of(Path(held.read_text(encoding="utf-8").strip()))
    under = sorted((whole / "slaves").iterdir()) if (whole / "slaves").is_dir() else []
    return frozenset().union(*(_under(each.resolve()) for each in under)) if under else frozenset({whole.name})


def _of_mount(place: Path) -> frozenset[str]:
    """Return what the file system was mounted from: btrfs gives each of its parts a device number of no device."""
    longest, source, options = -1, "", ""
    for line in _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        before, _dash, after = line.partition(" - ")
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before.split(" ")[4])
        if place.is_relative_to(point) and len(point) >= longest:
            _kind, source, options, *_rest = [*after.split(" "), "", "", ""]
            longest = len(point)
    if source.startswith("/dev/"):
        return _of_block(Path(source).stat().st_rdev)
    address = re.search(r"(?:^|,)addr=([^,]+)", options)
    return servers_of(source) | ({f"server {address[1].lower()}"} if address else frozenset())


def servers_of(source: str) -> frozenset[str]:
    """Return the computers that something is mounted from, as names of disks; none where it is no other computer.

    Args:
        source: `//server/share`, `user@server:/path`, `[2001:db8::7]:/path`, `one,other:/path`, `https://server/path`.
    """
    found = re.match(r"(?:[a-z]+:)?//(?:[^@/]*@)?(\[[^\]]+\]|[^:/ ]+)", source) or re.match(
        r"(?:[^@/ ]*@)?(\[[^\]]+\]|[^:/ ]+):(?=/|$)", source
    )
    names = found[1].strip("[]").split(",") if found else []
    return frozenset(f"server {each.rstrip('.').lower()}" for each in names if each)
