"""Imports Qt without what nothing here uses: half of its import, and a slower import of everything after it.

PySide can tell the signatures of its functions to `inspect` and name a wrong call's arguments in its message. The
modules for that are source text inside the library, compiled at every start: more than half of the time
in which QtCore is imported. Here a wrong call is a TypeError with the function's name alone, and the rest is loaded by
whoever asks for a signature, which nothing here does. They also put an import in place that reads the source text of
each module imported later, to see whether it uses `__feature__` (names in snake case); nothing here does, and so it
never comes into force.
"""

import builtins
import sys
from types import ModuleType, SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_PACKAGE, _LOADER, _MAPPING = "shibokensupport.signature", "loader", "shibokensupport.signature.mapping"


def import_qt() -> None:
    """Import Qt's core. A PySide that finds its modules in some other way is imported as it is."""
    before = builtins.__import__

    def without_signatures(name: str, *how: "Any", **named: "Any") -> "Any":
        wanted = how[2] if len(how) > 2 else named.get("fromlist")  # globals, locals, fromlist, level
        if name == _PACKAGE and wanted == (_LOADER,) and sys.meta_path:
            return SimpleNamespace(loader=_Signatures(sys.meta_path[0]))
        return before(name, *how, **named)

    builtins.__import__ = without_signatures
    try:
        import PySide6.QtCore  # noqa: F401  # its first import looks for the signatures
    finally:
        builtins.__import__ = before


class _Signatures:
    """Stands in for PySide's module of signatures until one of its functions is needed.

    Args:
        finder: Finds PySide's own modules; it stands in `sys.meta_path` only while PySide looks for them.
    """

    def __init__(self, finder: "Any") -> None:
        self._finder = finder
        self._loaded: Any = None
        # PySide looks names up in this module's dictionary, and keeps no reference to it: it has to live on here.
        self._names = ModuleType(_MAPPING)
        vars(self._names)["update_mapping"] = self._name_modules
        sys.modules[_MAPPING] = self._names

    def post_init(self) -> None:
        """Put nothing in place yet."""

    def finish_import(self, _module: object) -> None:
        """Mend nothing: PySide has no deprecated names left to put into its modules."""

    def seterror_argument(self, _arguments: object, function: str, _about: object) -> tuple[type[Exception], str]:
        """Return the error of a wrong call; while it is made, nothing may be imported."""
        return TypeError, f"{function} was called with wrong arguments"

    def __getattr__(self, name: str) -> "Callable[..., Any]":
        """Return a function that loads the signatures when it is called."""
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *given: getattr(self._load(), name)(*given)

    def _name_modules(self) -> None:
        vars(self._names).update(PySide6=sys.modules["PySide6"], shiboken6=sys.modules["shiboken6"])

    def _load(self) -> "Any":
        if self._loaded is None:
            import importlib

            sys.modules.pop(_MAPPING)
            sys.meta_path.insert(0, self._finder)
            try:
                self._loaded = importlib.import_module(f"{_PACKAGE}.{_LOADER}")
            finally:
                sys.meta_path.remove(self._finder)
        return self._loaded
