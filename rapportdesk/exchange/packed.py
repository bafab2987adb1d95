"""Very many things of one kind are held as lines of JSON, of which one at a time is an object.

A hundred thousand appointments are then as many strings of bytes, which Python's collector does not go through: as
objects within objects they made it stand for half a second at a time, and letting go of them stood as long.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

from pydantic import TypeAdapter

T = TypeVar("T")


class Packed(Sequence[T], Generic[T]):
    """Things that are made anew each time somebody asks for one; equal to any sequence of equal things.

    Args:
        form: Reads a line.
        lines: Each thing's JSON, which has been read once and found good.
    """

    __slots__ = ("_form", "_lines")

    def __init__(self, form: TypeAdapter[T], lines: Iterable[bytes]) -> None:
        self._form, self._lines = form, tuple(lines)

    def __len__(self) -> int:
        """Return how many there are; none is made for it."""
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> "Packed[T]": ...

    def __getitem__(self, at: int | slice) -> "T | Packed[T]":
        """Return one of them, or some of them still packed."""
        if isinstance(at, slice):
            return Packed(self._form, self._lines[at])
        return self._form.validate_json(self._lines[at])

    def __eq__(self, other: object) -> bool:
        """Whether the same things are in the other, packed or not."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """Return the same for equal ones."""
        return hash(tuple[Any, ...](self))
