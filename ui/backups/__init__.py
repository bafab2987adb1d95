"""Copies of everything on another disk: made, proved, and said honestly how it stands."""
