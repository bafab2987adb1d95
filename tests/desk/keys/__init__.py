"""Who holds which key, tested."""
