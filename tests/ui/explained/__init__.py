"""What was explained and understood, tested."""
