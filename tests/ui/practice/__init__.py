"""What the practice settles for itself, tested."""
