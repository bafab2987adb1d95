"""What was asked of the disk, and what a power cut may have left of it.

The model is harsher than the common file systems: what was written since a file's last sync is there, not there, or
there in part by sectors, in any order; a name that was made, changed or taken away counts from the sync of its folder.
What was synced stays.
"""

import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

SECTOR = 512

_HEAD = struct.Struct("=BiQI")  # kind, descriptor, offset or size, bytes that follow


class Kind(IntEnum):
    """As in preload.c."""

    OPEN = 1
    CLOSE = 2
    WRITE = 3
    TRUNCATE = 4
    SYNC = 5
    UNLINK = 6
    RENAME = 7
    LINK = 8
    MARK = 9


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was asked of the disk, or a mark of the writer's own."""

    kind: Kind
    descriptor: int
    number: int
    content: bytes

    @property
    def name(self) -> str:
        """The file's name within the folder; the folder's own is empty."""
        return Path(self.content.decode()).name


def read_log(log: Path) -> list[Event]:
    """Return what was written down, in order."""
    content, at, events = log.read_bytes(), 0, []
    while at < len(content):
        kind, descriptor, number, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        events.append(Event(Kind(kind), descriptor, number, content[at : at + length]))
        at += length
    return events


@dataclass(slots=True)
class _File:
    """A file's bytes that the disk has, and what it was asked for since."""

    synced: bytearray = field(default_factory=bytearray)
    waiting: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.waiting:
            _apply(self.synced, event)
        self.waiting.clear()


def _apply(content: bytearray, event: Event, sectors: Sequence[bool] | None = None) -> None:
    """Do a write, whole or only some of its sectors, or a change of size."""
    if event.kind is Kind.TRUNCATE:
        del content[event.number :]
        content.extend(bytes(event.number - len(content)))
        return
    end = event.number + len(event.content)
    if end > len(content):
        content.extend(bytes(end - len(content)))
    if sectors is None:
        content[event.number : end] = event.content
        return
    for number, there in enumerate(sectors):
        if there:
            piece = event.content[number * SECTOR : (number + 1) * SECTOR]
            start = event.number + number * SECTOR
            content[start : start + len(piece)] = piece


Names = dict[str, _File]


class PowerCuts:
    """Goes along a recording once, and says at each moment what a power cut may leave.

    Args:
        before: The folder's files when the recording began, all of it on the disk.
        events: The recording.
        folder: The folder's path, whose own sync makes names count.
    """

    def __init__(self, before: dict[str, bytes], events: Sequence[Event], folder: Path) -> None:
        self._events, self._folder = events, str(folder.absolute())
        self._now: Names = {name: _File(bytearray(content)) for name, content in before.items()}
        self._named: list[Names] = [dict(self._now)]  # the names the disk has, then each state since
        self._open: dict[int, _File | None] = {}
        self.marks: list[str] = []
        self.done = 0

    def go_on(self, until: int) -> None:
        """Let everything before event number `until` have been asked for."""
        while self.done < until:
            self._take(self._events[self.done])
            self.done += 1

    def image(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files as the next start may find them after a power cut at this moment."""
        names = chance.choice(self._named)
        return {name: _left(file, chance) for name, file in names.items()}

    @property
    def unsynced(self) -> int:
        """How much the disk was asked for and need not have done."""
        return len(self._named) - 1 + sum(len(file.waiting) for file in self._now.values())

    def _take(self, event: Event) -> None:
        match event.kind:
            case Kind.OPEN if event.content.decode() == self._folder:
                self._open[event.descriptor] = None
            case Kind.OPEN:
                self._opened(event)
            case Kind.CLOSE:
                self._open.pop(event.descriptor, None)
            case Kind.WRITE | Kind.TRUNCATE:
                if file := self._open.get(event.descriptor):
                    file.waiting.append(event)
            case Kind.SYNC:
                self._synced(event)
            case Kind.MARK:
                self.marks.append(event.content.decode())
            case _:
                self._renamed(event)

    def _opened(self, event: Event) -> None:
        created, emptied = event.number & 1, event.number & 2
        if created:
            self._name({**self._now, event.name: _File()})
        file = self._now[event.name]
        if emptied and not created:
            file.waiting.append(Event(Kind.TRUNCATE, event.descriptor, 0, b""))
        self._open[event.descriptor] = file

    def _synced(self, event: Event) -> None:
        if event.descriptor not in self._open:
            return
        file = self._open[event.descriptor]
        if file is None:
            self._named = [dict(self._now)]
        else:
            file.sync()

    def _renamed(self, event: Event) -> None:
        names = dict(self._now)
        first, _, second = event.content.decode().partition("\0")
        if event.kind is Kind.UNLINK:
            names.pop(Path(first).name)
        elif event.kind is Kind.LINK:
            names[Path(second).name] = names[Path(first).name]
        else:
            names[Path(second).name] = names.pop(Path(first).name)
        self._name(names)

    def _name(self, names: Names) -> None:
        self._now = names
        self._named.append(dict(names))


def _left(file: _File, chance: random.Random) -> bytes:
    """Return what of a file is there: of what was not synced all, none, a beginning, any of it, or torn sectors."""
    content = bytearray(file.synced)
    waiting = file.waiting
    how = chance.choice(("all", "none", "beginning", "any", "torn", "last"))
    if how == "none" or not waiting:
        return bytes(content)
    if how == "beginning":
        waiting = waiting[: chance.randrange(len(waiting) + 1)]
    elif how == "last":
        waiting = waiting[-1:]
    for event in waiting:
        if how == "any" and chance.random() < 0.5:
            continue
        torn = how == "torn" and event.kind is Kind.WRITE
        _apply(content, event, list(_sectors(event, chance)) if torn else None)
    return bytes(content)


def _sectors(event: Event, chance: random.Random) -> Iterator[bool]:
    for _sector in range(-(-len(event.content) // SECTOR)):
        yield chance.random() < 0.5
