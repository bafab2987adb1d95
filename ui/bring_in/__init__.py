"""Bringing people and schedules in: what files would change, and what a person has to decide."""
