"""The desk without a window: everything RapportDesk knows and decides. Imports no Qt and runs headless."""

__version__ = "0.1.0"
