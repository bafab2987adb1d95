"""Where the files from elsewhere are not at hand, their tests are not there either."""

from tests.exchange.samples import INTEROP

collect_ignore = [] if INTEROP.is_dir() else ["test_interop.py"]
