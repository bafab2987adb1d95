"""From the start of the process to a signed-in window, and the demo, tested."""
