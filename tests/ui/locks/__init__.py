"""New keys in the old ones' place."""
