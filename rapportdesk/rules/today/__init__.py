"""Who comes when, who waits, and what the day asks for."""
