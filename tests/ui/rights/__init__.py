"""Rights over one's own data, tested."""
