"""Where a consent stands, what follows from it, and what to say about it."""
