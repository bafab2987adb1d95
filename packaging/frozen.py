"""Where a frozen RapportDesk starts: the window and the command line, or one of its own child processes.

A child is started as `sys.executable ...`, and frozen, sys.executable is RapportDesk itself: so that line arrives here.
Of modules named by `-m`, only the project's own are run.
"""

import runpy
import sys


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for and return the exit code."""
    if arguments[:1] == ["--keyring-process"]:
        from rapportdesk.vault import keyring_process

        return keyring_process.main()
    if arguments[:1] == ["--import-reader"]:
        from rapportdesk.exchange import reader

        return reader.main()
    if arguments[:1] == ["-m"] and len(arguments) > 1 and arguments[1].partition(".")[0] == "rapportdesk":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return 0
    from ui.__main__ import main as window

    return window()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
