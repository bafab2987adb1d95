"""Who may see what, what the brief says, what is stale and due: pure functions, with time and company handed in."""
