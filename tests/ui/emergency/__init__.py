"""Emergency access, tested at the window."""
