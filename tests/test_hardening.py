"""The process cannot be dumped nor looked into."""

import subprocess
import sys

import pytest

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


ASKED = """
import ctypes, io, resource, sys
{imports}
class Asked(io.StringIO):
    buffer = property(lambda self: self)
    def readline(self, *_most):
        limit = resource.getrlimit(resource.RLIMIT_CORE)[0]
        dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
        sys.stderr.write("closed" if (limit, dumpable) == (0, 0) else f"{{dumpable}} {{limit == begun_with}}")
        sys.stderr.flush()
        raise SystemExit
    read = readline
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
begun_with = 4096 if hard == resource.RLIM_INFINITY or hard > 4096 else hard  # 0 beside a test that closed its process
resource.setrlimit(resource.RLIMIT_CORE, (begun_with, hard))
sys.stdin = Asked()
{begin}
"""


@pytest.mark.linux
@pytest.mark.parametrize(
    ("imports", "begin", "found"),
    [
        ("from rapportdesk.vault import keyring_process", "keyring_process.main()", "closed"),
        ("from rapportdesk.exchange import reader", "reader.main()", "closed"),
        ("", "sys.stdin.readline()", "1 True"),  # the control
    ],
    ids=["keyring", "reader", "control"],
)
def test_each_process_that_something_sealed_passes_through_is_closed_before_it_is_asked(
    imports: str, begin: str, found: str
) -> None:
    program = ASKED.format(imports=imports, begin=begin)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == found
