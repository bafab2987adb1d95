"""By which way somebody may be reached, and what may be said to them, tested."""
