"""Everything a desk can be asked, asked: each method of each noun, found by looking, with whatever fits its arguments.

A method that somebody adds is asked as well, because nobody has to write its name here.
"""

import dataclasses
import datetime as dt
import enum
import hashlib
import inspect
import types
import typing
from collections.abc import Callable, Generator, Iterator, Mapping, Set
from functools import partial
from pathlib import Path
from typing import Any

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import RapportError
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission
from tests.interference.twins import People

UNFIT = object()
"""There is nothing to give for an argument."""

BEHIND_THE_DESK = frozenset(
    {
        "topics.find", "topics.about", "topics.by_handle", "topics.made_with", "topics.let_go", "topics.keep_again",
        "consents.heard_what_they_may_hear", "consents.newest_moment",
    }
)  # fmt: skip
"""What only other nouns of the desk ask; no screen and no command does, and a test looks whether that is so."""

READS_FIRST = ("card", "of", "day", "list", "get", "history", "page", "answer", "namesakes", "mine", "keep", "asked")
"""Verbs that change nothing stand before the others, which may take away what there is to read."""

LEAVE = frozenset({"staff.change_secret", "imports.read"})
"""The one would end the walk, the other needs files, which cannot be different."""


def nouns(desk: Desk) -> dict[str, object]:
    """Return the desk's nouns by name."""
    return {
        name: noun
        for name, noun in sorted(vars(desk).items())
        if not name.startswith("_") and type(noun).__module__.startswith("rapportdesk.desk.")
    }


def methods(desk: Desk) -> dict[str, Callable[..., Any]]:
    """Return all that may be asked of a desk, by noun and verb, reading before writing."""
    found: dict[str, Callable[..., Any]] = {
        f"{name}.{verb}": method
        for name, noun in nouns(desk).items()
        for verb, method in inspect.getmembers(noun, inspect.ismethod)
        if not verb.startswith("_") and f"{name}.{verb}" not in BEHIND_THE_DESK | LEAVE
    }
    found["search"] = desk.search.__call__
    found["verify"] = desk.verify
    found["door"] = desk.door
    return dict(sorted(found.items(), key=lambda each: (turn(each[0]), each[0])))


def turn(name: str) -> int:
    """Return when a method is asked: reading first, and what takes away the ground of everything else last."""
    noun, _dot, verb = name.rpartition(".")
    if verb.startswith(READS_FIRST) or name in {"search", "verify", "door"}:
        return 0
    return 2 if noun in {"consents", "erasures"} else 1


class Asker:
    """Asks a desk everything about some people, as whoever is signed in.

    Args:
        desk: With somebody signed in.
        people: About whom.
        words: What is looked for, and given wherever a text is wanted.
        records: Ids of things that may or may not be seen.
    """

    def __init__(self, desk: Desk, people: People, words: tuple[str, ...], records: tuple[str, ...]) -> None:
        self._desk, self._people, self._words, self._records = desk, people, words, records
        self.unasked: list[str] = []

    def everything(self, only: Callable[[str], bool] = lambda _name: True) -> dict[str, str]:
        """Return every answer by question."""
        answers = {}
        for name, method in methods(self._desk).items():
            if not only(name):
                continue
            calls = list(self._calls(method))
            if not calls:
                self.unasked.append(name)
            for words, call in calls:
                answers[f"{name}({words})"] = _answer(call)
        return answers

    def _calls(self, method: Callable[..., Any]) -> Iterator[tuple[str, Callable[[], Any]]]:
        hints = typing.get_type_hints(method)
        needed = [
            each
            for each in inspect.signature(method).parameters.values()
            if each.default is inspect.Parameter.empty and each.kind is not inspect.Parameter.VAR_KEYWORD
        ]
        for patient in self._people.all if any("PatientId" in str(hints.get(each.name)) for each in needed) else ("",):
            for number in range(max((self._many(each, hints) for each in needed), default=1)):
                given = {each.name: self._fit(each.name, hints.get(each.name), patient, number) for each in needed}
                if UNFIT in given.values():
                    return
                positional = [given[each.name] for each in needed if each.kind is not inspect.Parameter.KEYWORD_ONLY]
                named = {each.name: given[each.name] for each in needed if each.kind is inspect.Parameter.KEYWORD_ONLY}
                yield plain(given), partial(method, *positional, **named)

    def _many(self, parameter: inspect.Parameter, hints: Mapping[str, Any]) -> int:
        hint = _kind(hints.get(parameter.name))
        if getattr(hint, "__name__", "") == "RecordId":
            return len(self._records)
        return len(self._words) if hint is str else 1

    def _fit(self, name: str, hint: Any, patient: str, number: int) -> Any:
        hint = _kind(hint)
        called = getattr(hint, "__name__", "")
        today = self._desk.session().today()
        if called == "PatientId":
            return patient
        if called == "RecordId":
            return self._records[number % len(self._records)]
        if called == "StaffId":
            return self._desk.viewer.staff
        if hint is str:
            return "json" if name == "form" else self._words[number % len(self._words)]
        if hint in (dt.date, dt.datetime):
            return today if hint is dt.date else dt.datetime.combine(today, dt.time(10), dt.UTC)
        if hint is Permission:
            return Permission.PRIVATE_ROOM  # what reception itself opens for everybody it may see from then on
        if isinstance(hint, type) and issubclass(hint, enum.Enum):
            return next(iter(hint))
        if hint is Patient:
            return self._desk.people.get(self._people.nia)
        if hint is Appointment:
            return next(iter(self._desk.today.day().rows)).appointment
        if typing.get_origin(hint) in (frozenset, Set):
            return frozenset()
        if typing.get_origin(hint) is typing.Literal:
            return typing.get_args(hint)[0]
        if hint is bytes:
            return b"%PDF-1.4 nothing"
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            try:
                return hint()
            except TypeError:
                return UNFIT
        return UNFIT


def _kind(hint: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(each for each in typing.get_args(hint) if each is not types.NoneType)
    return hint


def _answer(call: Callable[[], Any]) -> str:
    try:
        return plain(call())
    except RapportError as refused:
        return f"{type(refused).__name__}: {refused.message} {refused.hint}"


def plain(thing: Any) -> str:
    """Return a thing in words that are the same for the same thing."""
    if isinstance(thing, str | int | float | None | dt.date | dt.time | dt.timedelta | enum.Enum | Path):
        return repr(thing)
    if isinstance(thing, bytes):
        return f"{len(thing)} bytes {hashlib.sha256(thing).hexdigest()}"
    if isinstance(thing, Mapping):
        return f"{{{', '.join(f'{plain(key)}: {plain(value)}' for key, value in thing.items())}}}"
    if isinstance(thing, set | frozenset):
        return f"{{{', '.join(sorted(map(plain, thing)))}}}"
    if isinstance(thing, tuple | list):
        return f"[{', '.join(map(plain, thing))}]"
    if isinstance(thing, Generator | Iterator):
        return plain(_run_out(thing))
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = (f"{each.name}={plain(getattr(thing, each.name))}" for each in dataclasses.fields(thing))
        return f"{type(thing).__name__}({', '.join(fields)})"
    return type(thing).__name__


def _run_out(steps: Iterator[Any]) -> list[Any]:
    made = []
    while True:
        try:
            made.append(next(steps))
        except StopIteration as end:
            return [*made, end.value]
