"""Words that are noticed while somebody types, tested."""
