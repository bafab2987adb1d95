"""The way in, tested."""
