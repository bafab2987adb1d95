"""What stands before the desk is open: sign-in, first run, recovery."""
