"""What patients say of the practice, tested."""
