"""What people do at the desk, each with what the vault holds before it and after it.

A deed that was acknowledged is there whole after any fault; one that was not is there whole or not at all. Everybody
comes in with their own secret, everything authenticates, and every backup that has its name restores.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rapportdesk.clock import StandingClock
from rapportdesk.desk.backup.restoring import drill, restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.errors import CustodyFault, RapportError, VaultMissing
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.staff import Role
from rapportdesk.store.file.backup_file import SUFFIX
from rapportdesk.vault.custody import MemoryCustody
from rapportdesk.vault.kdf import Argon2idParameters
from tests.desk.conftest import MORNING, SECRET, add_nia
from tests.faults.animals import Animal, animals

State = frozenset[str]

_COST = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
_HL7 = (
    "MSH|^~\\&|A|B|C|D|20261120070000||SIU^S12|1|P|2.5\r"
    "SCH|P1^PLACER|F1^FILLER|||||Review||20|min|^^^20261120093000||||||||||||||Booked\r"
    "PID|1||4471^^^PRACTICE^MR||Lloyd^Gwen||19610101|F\r"
)


class FiledCustody(MemoryCustody):
    """A password store in a folder of its own, which no failing disk reaches: it outlives whoever is killed.

    A key is there whole or not at all, and each call is one request of the disk for whoever watches both folders. It
    keeps no note of how the file stood: `stream.RememberingCustody` does.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._keys = {each.name: each.read_bytes() for each in folder.iterdir()}

    def write(self, key_id: str, key: bytes) -> None:
        """Keep a new key."""
        super().write(key_id, key)
        part = self._folder.parent.with_suffix(".key")
        part.write_bytes(key)
        part.rename(self._folder / key_id)

    def keep_anchor(self, name: str, anchor: str) -> None:
        """Refuse it: noted in memory alone it would be missing at the next opening, which is told."""
        raise CustodyFault(f"{name}: nothing is noted here, and so not {len(anchor)} letters")

    def delete(self, key_id: str) -> None:
        """Remove an entry."""
        super().delete(key_id)
        (self._folder / key_id).unlink()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A workstation's disk and password store.

    Attributes:
        root: Holds "disk", where the faults are, and "keys".
        code: The desk's recovery sheet's.
    """

    root: Path
    code: str = ""

    @property
    def disk(self) -> Path:
        """The folder whose disk gives way."""
        return self.root / "disk"

    @property
    def path(self) -> Path:
        """The vault's file."""
        return self.disk / "desk.rapport"

    @property
    def custody(self) -> FiledCustody:
        """The password store."""
        return FiledCustody(self.root / "keys")

    def copied_to(self, root: Path) -> "Place":
        """Return the same in another folder, without the room that is kept: that is `full_disk.py`'s."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns("*.ballast"))
        return Place(root=root, code=self.code)

    def open(self) -> Desk:
        """Open the desk, with nobody signed in."""
        return Desk.open(self.path, self.custody, StandingClock(MORNING), cost=_COST)

    @contextlib.contextmanager
    def signed_in(self, name: str = "Ben Morgan") -> Iterator[Desk]:
        """Open the desk with somebody signed in."""
        with self.open() as desk:
            desk.sign_in(next(each.id for each in desk.door() if each.name == name), SECRET)
            yield desk


def new_place(root: Path) -> Place:
    """Found a practice of three with a patient and a note."""
    root.mkdir(mode=0o700)
    place = Place(root=root)
    place.disk.mkdir(mode=0o700)
    founder = Founder(
        clinic_name="Cwm Road", name="Ben Morgan", roles=frozenset({Role.MANAGER, Role.RECEPTION}), secret=SECRET
    )
    desk, codes = Desk.create(place.path, place.custody, founder, StandingClock(MORNING), cost=_COST)
    with desk:
        desk.staff.add("Ana Ruiz", frozenset({Role.RECEPTION}), SECRET, must_change=False)
        desk.staff.add("Dr Osei", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
        desk.notes.write(add_nia(desk), "grows leeks", kind=NoteKind.HOBBY)
    return Place(root=root, code=codes.desk.code)


def state_of(place: Place) -> State:
    """Open everything, as everybody.

    Raises:
        RapportError: Something does not open, or does not verify: whatever it is, it is a loss.
    """
    found: set[str] = set()
    with place.open() as desk:
        found.add(f"computer's keys: {len(list((place.root / 'keys').iterdir()))}")
        for person in desk.door():
            desk.sign_in(person.id, SECRET)
            if not desk.verify().clean:
                raise RapportError(f"does not verify as {person.name}")
            found.add(person.name)
            store = desk.session().store
            found |= {thing.text for thing in store.all_things() if isinstance(thing, Note)}
            found |= {patient.name for patient in store.patients()}
            found.add(f"vault key {store.keys.vault_key_epoch}")
            found.add(f"clinicians' keys {max((each.epoch for each in store.keys.clinicians), default=0)}")
        found |= {f"sheet {sheet.number}" for sheet in desk._file.sheets()}
    for backup in place.disk.glob(f"*{SUFFIX}"):
        drilled = drill(backup, place.root / "drilled", place.code, StandingClock(MORNING))
        found.add(f"backup {backup.name} of {drilled.report.patients}")
    restored = place.disk / "restored.rapport"
    if restored.exists():
        with Desk.open(restored, place.custody, StandingClock(MORNING), cost=_COST) as desk:
            found |= {f"restored {person.name}" for person in desk.door()}
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that people do.

    Attributes:
        name: For the table.
        who: Who does it; nobody signs in where it is empty.
        prepare: What was done before it.
        warm: What is done just before it, at the desk, with nothing failing yet.
        quick: Whether it is among those of every run.
        rotates: Whether it replaces keys: then it is killed at every request, of the password store too.
        act: Does it, at the desk or, where nobody is signed in, in the place.
    """

    name: str
    who: str = "Ben Morgan"
    prepare: Callable[[Place], None] = lambda _place: None
    warm: Callable[[Desk], object] = lambda _desk: None
    quick: bool = False
    rotates: bool = False
    act: Callable[[Place, Desk | None], object]


def _nia(desk: Desk) -> PatientId:
    return next(iter(desk.session().store.patients())).id


def _at_the_desk(act: Callable[[Desk], object]) -> Callable[[Place, Desk | None], object]:
    def at_the_desk(_place: Place, desk: Desk | None) -> object:
        if desk is None:
            raise RuntimeError("nobody is signed in")
        return act(desk)

    return at_the_desk


def _write_one(desk: Desk) -> None:
    desk.notes.write(_nia(desk), "keeps bees", kind=NoteKind.HOBBY)


def _write_much(desk: Desk) -> None:
    with desk.session().transaction():
        for number in range(12):
            desk.notes.write(_nia(desk), f"{number} " * 900, kind=NoteKind.HOBBY)


def _write_by_mistake(desk: Desk) -> None:
    desk.notes.write(_nia(desk), "by mistake", kind=NoteKind.HOBBY)


def _leave(desk: Desk) -> None:
    desk.staff.remove(next(each.id for each in desk.door() if each.name == "Ana Ruiz"))


def _replace_device_key(place: Place, desk: Desk | None) -> None:
    if desk is not None:
        desk.replace_device_key(place.custody)


def _vault_key_was_replaced(place: Place) -> None:
    with place.signed_in() as desk:
        desk.replace_vault_key()


def _backup(place: Place, desk: Desk | None) -> None:
    if desk is not None:
        desk.backups.make(place.disk)


def _backup_was_made(place: Place) -> None:
    with place.signed_in() as desk:
        desk.backups.make(place.disk)


def _restore(place: Place, _desk: Desk | None) -> None:
    backup = next(place.disk.glob(f"*{SUFFIX}"))
    restore(backup, place.disk / "restored.rapport", place.code, place.custody, StandingClock(MORNING))


def _feed_came(place: Place) -> None:
    (place.root / "feed.hl7").write_text(_HL7)


def _import(place: Place, desk: Desk | None) -> None:
    if desk is not None:
        desk.imports.read([place.root / "feed.hl7"])


def _come_and_go(place: Place, _desk: Desk | None) -> None:
    with place.signed_in("Dr Osei"):
        pass


def _an_older_file_lies_here(place: Place, older: Animal) -> None:
    """Put a vault of the zoo in the place of this one; its people have the same secret."""
    for path in place.disk.iterdir():
        path.unlink()
    shutil.copyfile(older.vault, place.path)
    place.path.chmod(0o600)
    for path in (place.root / "keys").iterdir():
        path.unlink()
    for key_id, key in older.keys.items():
        (place.root / "keys" / key_id).write_bytes(key)


def _device_key_was_replaced(place: Place) -> None:
    with place.signed_in() as desk:
        desk.replace_device_key(place.custody)


def _a_clinician_left(place: Place) -> None:
    """Dr Osei has let Dr Hahn in to what is for clinicians, kept something for them, and left."""
    with place.signed_in() as desk:
        hahn = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    with place.signed_in("Dr Osei") as desk:
        desk.staff.admit(hahn.id)
        desk.notes.write(_nia(desk), "dreads needles", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    with place.signed_in() as desk:
        desk.staff.remove(next(each.id for each in desk.door() if each.name == "Dr Osei"))


def _the_other_clinician_comes(place: Place, _desk: Desk | None) -> None:
    with place.signed_in("Dr Hahn"):
        pass


def _erase(desk: Desk) -> None:
    desk.person_erasure.erase(_nia(desk), "asked for it")


def _open(place: Place, _desk: Desk | None) -> None:
    place.open().close()


DEEDS = (
    Deed(name="a note is written", quick=True, act=_at_the_desk(_write_one)),
    Deed(name="twelve long notes in one", act=_at_the_desk(_write_much)),
    Deed(
        name="a note is taken back, no bytes left",
        warm=_write_by_mistake,
        act=_at_the_desk(lambda desk: desk.notes.undo()),
    ),
    Deed(name="the desk is opened and closed", who="", act=_come_and_go),
    *(
        Deed(
            name=f"a file of format {older.number} is brought up to date",
            who="",
            act=_open,
            prepare=partial(_an_older_file_lies_here, older=older),
        )
        for older in animals()[:-1]
    ),
    Deed(name="a schedule is brought in", prepare=_feed_came, act=_import),
    Deed(name="somebody leaves", rotates=True, act=_at_the_desk(_leave)),
    Deed(name="the vault key is replaced", rotates=True, act=_at_the_desk(Desk.replace_vault_key)),
    Deed(
        name="patients' keys are replaced",
        rotates=True,
        prepare=_vault_key_was_replaced,
        act=_at_the_desk(Desk.replace_patient_keys),
    ),
    Deed(name="the device key is replaced", rotates=True, act=_replace_device_key),
    Deed(
        name="the former device key is let go",
        who="",
        rotates=True,
        prepare=_device_key_was_replaced,
        act=_come_and_go,
    ),
    Deed(
        name="the clinicians' keys are replaced",
        who="",
        rotates=True,
        prepare=_a_clinician_left,
        act=_the_other_clinician_comes,
    ),
    Deed(name="somebody is erased", act=_at_the_desk(_erase)),
    Deed(name="a recovery sheet is made", rotates=True, act=_at_the_desk(lambda desk: desk.sheets.new_desk_sheet())),
    Deed(name="a backup is made", quick=True, act=_backup),
    Deed(name="a backup is restored", who="", prepare=_backup_was_made, act=_restore),
)


@contextlib.contextmanager
def ready(deed: Deed, place: Place) -> Iterator[Callable[[], object]]:
    """Give what does the deed, with whoever does it signed in."""
    if not deed.who:
        yield lambda: deed.act(place, None)
        return
    with place.signed_in(deed.who) as desk:
        deed.warm(desk)
        yield lambda: deed.act(place, desk)


def is_missing(place: Place) -> bool:
    """Whether the program would take this for a first start."""
    try:
        place.open().close()
    except VaultMissing:
        return True
    return False
