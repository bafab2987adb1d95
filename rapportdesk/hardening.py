"""What is in memory while somebody is signed in is not written to a crash dump nor read by another program.

That is as far as a program can go: Python cannot wipe memory, and an administrator reads what they like.
"""

import ctypes
import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def keep_memory_private() -> bool:
    """Turn core dumps off and, on Linux, forbid other programs of this account to look into the process.

    Returns:
        Whether everything that this platform offers was done.
    """
    if sys.platform == "win32":
        return True  # Windows writes no dumps of a program unless an administrator asks for them
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return True
    refused: int = ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return not refused
