"""Reaching people, tested."""
