"""dpkg and apt-get exist on no Windows, so what stands in for them runs on POSIX alone."""

import os

collect_ignore = [] if os.name == "posix" else ["test_system_packages.py"]
