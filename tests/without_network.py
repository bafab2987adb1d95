"""Runs Python where no process can have a socket of the Internet: the kernel ends whichever asks for one.

`python -m tests.without_network [arguments of Python]`. The rule is a seccomp filter (linux/seccomp.h), which every
child inherits and nothing takes off again; sockets of this computer alone (the session bus) pass.
"""

import ctypes
import os
import platform
import signal
import sys

KILLED = -signal.SIGSYS
"""The exit code of a process that asked, as `subprocess` gives it."""

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 22, 38, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
_KILL_PROCESS, _ALLOW = 0x8000_0000, 0x7FFF_0000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_AF_INET, _AF_INET6 = 2, 10
_SOCKET = {"x86_64": (0xC000_003E, 41), "aarch64": (0xC000_00B7, 198)}
"""By machine: its architecture to the audit subsystem, and the number of socket()."""


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


def give_up_the_network() -> None:
    """Have this process and its children ended when one asks for a socket of the Internet.

    Raises:
        OSError: The kernel does not take the rule.
    """
    architecture, socket_call = _SOCKET[platform.machine()]
    lines = (
        (_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, _NUMBER), (_EQUAL, 0, 4, socket_call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 1, 0, _AF_INET), (_EQUAL, 0, 1, _AF_INET6),
        (_RETURN, 0, 0, _KILL_PROCESS), (_RETURN, 0, 0, _ALLOW),
    )  # fmt: skip
    filter_ = (_Instruction * len(lines))(*(_Instruction(*line) for line in lines))
    program = _Program(len(lines), filter_)
    libc = ctypes.CDLL(None, use_errno=True)
    refused = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if refused or libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program)):
        raise OSError(ctypes.get_errno(), "seccomp")


if __name__ == "__main__":
    give_up_the_network()
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])  # noqa: S606 # our own interpreter, without a shell
