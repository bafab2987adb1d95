"""Copies of everything on another disk."""
