"""Words that are noticed while somebody types, and what may stand in their place."""
