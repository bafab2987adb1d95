"""The brief, its preview and its printing."""
