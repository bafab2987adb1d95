"""`python -m rapportdesk`: the sub-commands alone, without a window."""

import sys

from rapportdesk.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
