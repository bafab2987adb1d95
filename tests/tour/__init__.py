"""A picture of every screen and dialog, and a check that all of it can be read."""
