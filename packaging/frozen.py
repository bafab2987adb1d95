"""Where a frozen RapportDesk starts: the window, the command line, or one of its own child processes.

The program starts its children as `sys.executable -m module`. Frozen, sys.executable is RapportDesk itself, so that
line arrives here; only the project's own modules are run by it.
"""

import runpy
import sys

from ui.__main__ import main

if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] == "-m" and sys.argv[2].partition(".")[0] == "rapportdesk":
        module = sys.argv[2]
        sys.argv = sys.argv[2:]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    else:
        sys.exit(main())
