"""On what kind of disk a folder lies, as far as the platform says: one on a network keeps neither locks nor syncs."""

import re
import sys
from pathlib import Path

_NETWORKED = frozenset({
    "9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
    "fuse.sshfs", "gfs2", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb2", "smb3", "smbfs",
})  # fmt: skip
_MOUNTS = Path("/proc/self/mounts")
_REMOTE_DRIVE = 4  # Windows' DRIVE_REMOTE


def is_on_a_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a folder lies on another computer's disk; False where that cannot be known.

    Args:
        folder: It exists.
        mounts: Linux's list of what is mounted where.
    """
    folder = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        return str(folder).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    kind, longest = "", -1
    for line in lines:
        _device, where, what, *_rest = [*line.split(" "), "", ""]
        mounted = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), where))
        if folder.is_relative_to(mounted) and len(mounted.parts) >= longest:  # of two at one place, the later counts
            kind, longest = what, len(mounted.parts)
    return kind in _NETWORKED
