"""One day at the desk, and the state of the workstation it is worked at."""
