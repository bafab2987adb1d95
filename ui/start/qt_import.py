"""Imports Qt, and takes away what makes every later import slower.

PySide's import for `__feature__` (names in snake case) reads the source text of each module that is imported from then
on, to see whether it uses that. Nothing here does, and the reading takes 8 ms of the start and a quarter of the time in
which the desk is imported.
"""

import builtins


def import_qt() -> None:
    """Import Qt's core; the modules imported after this are not read."""
    import PySide6.QtCore  # noqa: F401  # puts its import in place and keeps the one before

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
