"""What a clinician reads before the door opens, tested."""
