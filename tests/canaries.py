"""Words that must not be found: planted in every field of whatever class, and searched for in every likely disguise.

A field that somebody adds tomorrow is planted too, because the classes are asked for their fields.
"""

import base64
import dataclasses
import datetime as dt
import enum
import json
import secrets
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


class Planter:
    """Fills things with words and dates that occur nowhere else.

    Attributes:
        canaries: What was planted, by "Class.field".
    """

    def __init__(self) -> None:
        self.canaries: dict[str, list[str]] = {}
        self._days = 0

    def fill(self, model: type[Any], **given: Any) -> Any:
        """Return an instance with every field planted but those given, recursively.

        Ids and revisions have to be given: they stand in the file in the clear.
        """
        hints = typing.get_type_hints(model)
        values = {
            field.name: given[field.name]
            if field.name in given
            else self._value(hints[field.name], f"{model.__name__}.{field.name}")
            for field in dataclasses.fields(model)
        }
        return model(**values)

    def flat(self) -> list[str]:
        """Return every planted word and date."""
        return [canary for planted in self.canaries.values() for canary in planted]

    def _value(self, hint: Any, where: str) -> Any:
        hint = getattr(hint, "__supertype__", hint)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            return self._value(next(each for each in arguments if each is not types.NoneType), where)
        if origin is tuple:
            return (self._value(arguments[0], where), self._value(arguments[0], where))
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            return self.fill(hint)
        if isinstance(hint, type) and issubclass(hint, enum.Enum):
            return next(iter(hint))
        return self._scalar(hint, where)

    def _scalar(self, hint: Any, where: str) -> Any:
        if hint is str:
            return self._planted(where, f"canary {where.replace('.', ' ')} {secrets.token_hex(4)} ü漢")
        if hint in (bool, int):
            return hint(1)
        self._days += 1
        moment = dt.datetime(2471, 1, 1, 13, 7, 11, 424242, tzinfo=dt.UTC) + dt.timedelta(days=self._days)
        if hint is dt.datetime:
            self._planted(where, moment.date().isoformat())
            return moment
        if hint is dt.date:
            self._planted(where, moment.date().isoformat())
            return moment.date()
        if hint is dt.time:
            self._planted(where, moment.time().isoformat())
            return moment.time()
        raise TypeError(f"{where}: no canary for {hint!r}; teach the planter")

    def _planted(self, where: str, canary: str) -> str:
        self.canaries.setdefault(where, []).append(canary)
        return canary


def disguises(canary: str) -> dict[str, bytes]:
    """Return the bytes as which the canary may lie somewhere, by the name of the disguise."""
    plain = canary.encode()
    forms = {
        "UTF-8": plain,
        "UTF-16LE": canary.encode("utf-16-le"),
        "UTF-16BE": canary.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "JSON": json.dumps(canary)[1:-1].encode(),
    }
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        # Without the characters that also hold a neighbour's bits.
        start = -(-shift * 8 // 6)
        end = (shift + len(plain)) * 8 // 6
        forms[f"base64+{shift}"] = encoded[start:end]
        forms[f"base64url+{shift}"] = encoded[start:end].replace(b"+", b"-").replace(b"/", b"_")
    return forms


def found(canaries: Iterable[str], haystacks: Mapping[str, bytes]) -> list[str]:
    """Return where which canary lies in which disguise; empty when all is well."""
    return [
        f"{canary!r} as {disguise} in {name}"
        for canary in canaries
        for disguise, needle in disguises(canary).items()
        for name, haystack in haystacks.items()
        if needle in haystack
    ]


def everything_under(*directories: Path) -> dict[str, bytes]:
    """Return the bytes of every file below the directories, and of the files' names."""
    files = sorted(path for directory in directories for path in directory.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files} | {"names": "\n".join(map(str, files)).encode()}


def missed(canaries: Sequence[str], haystacks: Mapping[str, bytes]) -> list[str]:
    """Return the canaries that the same search does not find: for the control."""
    return [canary for canary in canaries if not found([canary], haystacks)]
