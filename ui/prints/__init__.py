"""Paper that is to be destroyed at closing."""
