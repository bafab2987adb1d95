"""Many records at a time, so that nobody at the desk waits for them."""
