"""The read model: search and lists."""
