"""Recovery sheets, tested."""
