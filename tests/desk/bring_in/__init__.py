"""Bringing patients and schedules in, tested."""
