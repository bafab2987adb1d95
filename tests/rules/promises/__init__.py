"""What was promised, what is due, and when it recurs, tested."""
