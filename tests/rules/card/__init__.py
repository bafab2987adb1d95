"""What stands on a card and on a desk slip, line by line, tested."""
