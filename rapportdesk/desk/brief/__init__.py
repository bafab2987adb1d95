"""The brief, its paper, and what comes back from it."""
