"""The window, by keyboard and by its models, on an offscreen platform."""
