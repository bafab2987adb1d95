"""The process cannot be dumped nor looked into."""

import subprocess
import sys

LOOK = """
import resource
{call}
limit = resource.getrlimit(resource.RLIMIT_CORE)
print(limit[0])
import ctypes
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def look(call: str) -> tuple[str, str]:
    done = subprocess.run([sys.executable, "-c", LOOK.format(call=call)], capture_output=True, text=True, check=True)
    limits, dumpable = done.stdout.splitlines()
    return limits, dumpable


def test_a_hardened_process_leaves_no_dump_and_is_not_dumpable() -> None:
    before = look("")
    after = look("from rapportdesk.hardening import keep_memory_private; assert keep_memory_private()")
    assert before[1] == "1"
    assert after == ("0", "0")
