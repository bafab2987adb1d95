"""Somebody works at the desk, one save after another, and is killed anywhere: what they were told was kept is there.

They are killed from outside at any moment, or die at a request of the disk in the middle of a write. The same vault
goes on from one kill to the next, and the password store remembers how far it went. Each save is told through a pipe
when the desk has given it back.
"""

import contextlib
import os
import random
import select
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import RapportError
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.draft import Draft
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.task import Task
from tests.desk.conftest import SECRET
from tests.faults.deeds import FiledCustody, Place
from tests.faults.failing_io import Outcome
from tests.faults.preload import Disk, Fault

SAVES = 8
"""Saves of one stream; most are killed before the last."""

Held = frozenset[tuple[str, str]]
"""Everything that somebody typed, each beside whose card it is on."""


class RememberingCustody(FiledCustody):
    """A password store that remembers how the file stood, too: an older copy would be noticed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._noted = folder.with_name("noted")
        self._noted.mkdir(exist_ok=True)

    def read_anchor(self, name: str) -> str:
        """Return what was noted."""
        with contextlib.suppress(FileNotFoundError):
            self._anchors[name] = self._at(name).read_text()
        return super().read_anchor(name)

    def keep_anchor(self, name: str, anchor: str) -> None:
        """Note it, whole or not at all."""
        part = self._at(name).with_suffix(".part")
        part.write_text(anchor)
        part.replace(self._at(name))

    def _at(self, name: str) -> Path:
        return self._noted / name.replace("/", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberingPlace(Place):
    """A workstation with such a password store."""

    @property
    def custody(self) -> RememberingCustody:
        """The password store."""
        return RememberingCustody(self.root / "keys")


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """One thing that is saved: what does it, and what is held after it."""

    act: Callable[[Desk], object]
    after: Held


class Stream:
    """What somebody does next, by chance, and what the desk holds after each.

    Args:
        held: What is held now.
        chance: From a seed.
        run: A number that no other stream of the same vault has.
    """

    def __init__(self, held: Held, chance: random.Random, run: int) -> None:
        self._held, self._chance, self._run = held, chance, run

    def saves(self, most: int) -> Iterator[Save]:
        """Give so many saves."""
        for number in range(most):
            text = f"save {self._run}.{number}"
            act = self._next(text + " word" * self._chance.choice((0, 3, 30, 900)))
            yield Save(act=act, after=self._held)

    def _next(self, text: str) -> Callable[[Desk], object]:
        people = sorted(name for what, name in self._held if what == "person")
        name = self._chance.choice(people)
        notes = sorted(what for what, whose in self._held if whose == name and what.startswith("note "))
        kinds = [self._note] * 6 + [self._promise] * 2 + [self._draft] * 3 + [self._agree, self._arrive]
        kinds += [self._edit] * 3 * bool(notes) + [self._take_out] * bool(notes) + [self._erase] * (len(people) > 3)
        return self._chance.choice(kinds)(name, text)

    def _keep(self, name: str, what: str) -> None:
        self._held |= {(what, name)}

    def _lose(self, name: str, what: str) -> None:
        self._held -= {(what, name)}

    def _note(self, name: str, text: str) -> Callable[[Desk], object]:
        self._keep(name, f"note {text}")
        return lambda desk: desk.notes.write(_named(desk, name), text, kind=NoteKind.HOBBY)

    def _promise(self, name: str, text: str) -> Callable[[Desk], object]:
        text = text[:100].strip()
        self._keep(name, f"task {text}")
        return lambda desk: desk.tasks.add(_named(desk, name), text)

    def _draft(self, name: str, text: str) -> Callable[[Desk], object]:
        for what, whose in self._held:
            if whose == name and what.startswith("draft "):
                self._lose(name, what)
        self._keep(name, f"draft {text}")
        return lambda desk: desk.drafts.keep(_named(desk, name), text)

    def _agree(self, name: str, _text: str) -> Callable[[Desk], object]:
        covers = self._chance.choice((Covers.PHONE, Covers.SMS, Covers.POST))
        said = [what for what, whose in self._held if whose == name and what.startswith(f"consent {covers} ")]
        self._keep(name, f"consent {covers} {len(said) + 1}")
        return lambda desk: desk.consents.record(_named(desk, name), covers, ConsentStatus.ACTIVE)

    def _arrive(self, _name: str, text: str) -> Callable[[Desk], object]:
        name = text.replace(" word", "")
        self._keep(name, "person")
        self._keep(name, f"consent {Covers.KEEP_NOTES} 1")
        self._keep(name, f"consent {Covers.SHARE_WITH_CLINICIANS} 1")

        def arrive(desk: Desk) -> None:
            with desk.session().transaction():  # one save: who they are, and that notes are kept
                desk.consents.agree(desk.people.add(Patient(id=PatientId(""), name=name)).id)

        return arrive

    def _edit(self, name: str, text: str) -> Callable[[Desk], object]:
        before = self._some_note(name)
        self._lose(name, f"note {before}")
        self._keep(name, f"note {text}")
        return lambda desk: desk.notes.edit(_note_of(desk, name, before).id, text=text)

    def _take_out(self, name: str, _text: str) -> Callable[[Desk], object]:
        before = self._some_note(name)
        self._lose(name, f"note {before}")
        return lambda desk: desk.session().store.delete(_note_of(desk, name, before).id)

    def _erase(self, name: str, _text: str) -> Callable[[Desk], object]:
        self._held = frozenset({each for each in self._held if each[1] != name})

        def erase(desk: Desk) -> None:
            desk.session().store.delete_patient(_named(desk, name))
            desk.session().store.checkpoint()

        return erase

    def _some_note(self, name: str) -> str:
        notes = sorted(what for what, whose in self._held if whose == name and what.startswith("note "))
        return self._chance.choice(notes).removeprefix("note ")


def _named(desk: Desk, name: str) -> PatientId:
    return next(person.id for person in desk.session().store.patients() if person.name == name)


def _note_of(desk: Desk, name: str, text: str) -> Note:
    things = desk.session().store.things(_named(desk, name))
    return next(thing for thing in things if isinstance(thing, Note) and thing.text == text)


def held_in(desk: Desk) -> Held:
    """Read back everything that somebody typed."""
    found = set[tuple[str, str]]()
    for person in desk.session().store.patients():
        found.add(("person", person.name))
        said = dict[Covers, int]()
        for thing in desk.session().store.things(person.id):
            match thing:
                case Note():
                    found.add((f"note {thing.text}", person.name))
                case Task():
                    found.add((f"task {thing.text}", person.name))
                case Draft():
                    found.add((f"draft {thing.text}", person.name))
                case ConsentEvent():
                    said[thing.covers] = said.get(thing.covers, 0) + 1
                    found.add((f"consent {thing.covers} {said[thing.covers]}", person.name))
    return frozenset(found)


def kill_under(place: Place, seed: int, runs: int, outcome: Outcome) -> None:
    """Let somebody save one thing after another and kill them, again and again in the same vault.

    Args:
        place: Its vault goes through all of it.
        seed: Where the chance comes from; when a kill from outside comes is also the computer's.
        runs: How many kills.
        outcome: Is counted in.
    """
    place, chance = RememberingPlace(root=place.root, code=place.code), random.Random(seed)
    with place.signed_in() as desk:
        held = held_in(desk)
    done, streams, requests = 0, 0, SAVES * 5
    while done < runs:
        streams += 1
        saves = tuple(Stream(held, random.Random(chance.random()), streams).saves(SAVES))
        from_outside = chance.random() < 0.5
        at = chance.randrange(SAVES) if from_outside else chance.randrange(1, requests)
        acknowledged, killed = _killed(place, saves, at, chance.random() / 50 if from_outside else None)
        done += killed
        outcome.runs += killed
        outcome.acknowledged += acknowledged
        states = (held, *(save.after for save in saves))
        found = _looked(
            place, outcome, where := f"kill {done}, {acknowledged} saves acknowledged", everybody=streams % 10 == 0
        )
        if found is None:
            return
        if found not in states[acknowledged : acknowledged + 2]:
            outcome.lost += 1
            there, not_there = (
                sorted(f"{what[:20]} of {name}" for what, name in each)
                for each in (found - states[acknowledged], states[acknowledged] - found)
            )
            outcome.examples.append(f"{where}: too much {there}, too little {not_there}")
        held = found


def _looked(place: Place, outcome: Outcome, where: str, *, everybody: bool) -> Held | None:
    """Open it, or open it as everybody; None where it does not open or verify, or is taken for an older copy."""
    try:
        with place.open() as desk:
            found: Held = frozenset()
            for person in desk.door():
                if not (everybody or person.name == "Ben Morgan"):
                    continue
                desk.sign_in(person.id, SECRET)
                if not (report := desk.verify()).clean:
                    raise RapportError(f"as {person.name}: {report.faults[0].where}: {report.faults[0].what}")
                found |= held_in(desk)
            return found
    except RapportError as fault:
        outcome.not_opening += 1
        outcome.examples.append(f"{where}: {fault}")
        return None


def _killed(place: Place, saves: tuple[Save, ...], at: int, moment: float | None) -> tuple[int, bool]:
    """Let a process save, and kill it; returns how many saves were acknowledged, and whether it was killed.

    Args:
        place: The vault.
        saves: What is saved.
        at: After which save it is killed from outside, or at which request of the disk it dies.
        moment: Seconds after that save; None where it dies at a request.
    """
    told, tells = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        _save(place, saves, tells, None if moment is not None else at)
    os.close(tells)
    acknowledged = 0
    while moment is None or acknowledged < at:
        if not (read := os.read(told, 1)):
            break
        acknowledged += len(read)
    if moment is not None:
        waited = select.select([], [], [], moment)  # the desk is at work meanwhile: this is when the kill comes
        assert waited == ([], [], [])
        os.kill(child, signal.SIGKILL)
    while read := os.read(told, 64):  # what was acknowledged before the kill came
        acknowledged += len(read)
    os.close(told)
    _pid, status = os.waitpid(child, 0)
    return acknowledged, os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _save(place: Place, saves: tuple[Save, ...], tells: int, dies_at: int | None) -> None:
    try:
        with place.signed_in() as desk:
            if dies_at is not None:
                Disk(place.disk).arm(Fault.KILL, dies_at)
            for save in saves:
                save.act(desk)
                os.write(tells, b"k")
    finally:
        os._exit(0)  # nothing of the parent's is to run a second time
