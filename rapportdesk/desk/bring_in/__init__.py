"""Bringing patients and schedules in: read, matched with who is here, reviewed, published by one commit."""
