"""Emergency access: opening in one, saying that it is open, and the list of what was opened."""
