"""Today: the day's visits and what was promised."""
