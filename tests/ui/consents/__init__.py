"""What patients agreed to, tested."""
