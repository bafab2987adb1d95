"""Who patients are and who is with them, tested."""
