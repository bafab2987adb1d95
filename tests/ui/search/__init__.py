"""Finding the person at the counter, tested."""
