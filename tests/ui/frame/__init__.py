"""The window around the screens, tested."""
