"""What the practice said it would do, and what waits for one's own hands."""
