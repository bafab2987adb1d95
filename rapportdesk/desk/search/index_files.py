"""A compartment on the disk: opened with its key, thrown away when anything is wrong, and how far it has come.

Beside the vault's file, under a key that HKDF makes of the vault's key or of the clinicians': another key opens nothing
of the old file, so that a key that was replaced means a file that is made anew. No backup copies it. Where there is no
library for it, or the disk does not let us, the compartment lies in memory.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rapportdesk.readmodel.compartment import Compartment, Sight
from rapportdesk.readmodel.database import Databases, IndexFault, in_memory
from rapportdesk.readmodel.encrypted import open_file, remove_file
from rapportdesk.vault.framing import frame
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.keys import SessionKeys

DESK, CLINICIANS = "desk-index", "clinicians-index"
"""The ends of the files' names: what reception's keys open, and what clinicians' alone do."""

ALL = "~"
"""How far a walk through all patients has come when it is over: no id sorts after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a compartment lies, and its key; `path` None for memory."""

    path: Path | None
    key: bytes

    def in_memory(self) -> "Place":
        """Return the same in memory."""
        return Place(path=None, key=b"")


class KeptCompartment:
    """A compartment and how far it has come.

    Attributes:
        compartment: Itself.
        place: Where it lies.
        reaches: Up to which place in the vault's history it has been looked what changed; empty before it was begun.
        names, things: The last patient whose name, and of whom everything, was told; `ALL` when that is done.
    """

    def __init__(self, place: Place, sight: Sight, stamp: str) -> None:
        self.place = place
        self._sight, self._stamp = sight, stamp
        self._open()

    @property
    def built(self) -> bool:
        """Whether everybody has been told."""
        return self.things == ALL

    def keep(self, *, follows: bool) -> None:
        """Write down how far it has come; inside `Compartment.writing`, together with what was told.

        Args:
            follows: Of everything that changed up to `reaches` it has been told.
        """
        for name in ("names", "things"):
            self.compartment.keep_state(name, getattr(self, name))
        if follows:
            self.compartment.keep_state("position", self.reaches)

    def begin_anew(self, place: Place) -> None:
        """Throw away what is there and begin with nothing at `place`; in memory where that fails."""
        with suppress(IndexFault):
            self.compartment.close()
        try:
            if self.place.path is not None:
                remove_file(self.place.path)
        except IndexFault:
            place = place.in_memory()
        self.place = place
        self._open()

    def _open(self) -> None:
        """Open what lies at the place; thrown away where it is at fault, and in memory where a new one is too."""
        path = self.place.path
        if path is not None:
            for is_anew in (False, True):
                try:
                    if is_anew:
                        remove_file(path)
                    self._take(open_file(path, self.place.key))
                except IndexFault:
                    continue
                return
            with suppress(IndexFault):
                remove_file(path)
        self.place = self.place.in_memory()
        self._take(in_memory())

    def _take(self, databases: Databases) -> None:
        """Read how far a compartment has come, and write down what it rests on.

        Raises:
            IndexFault: It cannot be read or written, or rests on what the practice settled otherwise.
        """
        compartment = Compartment(databases, self._sight)
        try:
            if compartment.state("stamp") not in {None, self._stamp}:
                raise IndexFault("settled otherwise")
            self.compartment = compartment
            self.read_state()
            compartment.keep_state("stamp", self._stamp)
        except IndexFault:
            with suppress(IndexFault):
                compartment.close()
            raise

    def read_state(self) -> None:
        """Read how far it has come, as it was written down last."""
        state = self.compartment.state
        self.reaches, self.names, self.things = (state(name) or "" for name in ("position", "names", "things"))


def index_files(vault: Path) -> tuple[Path, ...]:
    """Return where the read model of a vault lies or would lie."""
    names = (f"{vault.name}.{end}{more}" for end in (DESK, CLINICIANS) for more in ("", "-wal", "-shm"))
    return tuple(vault.with_name(name) for name in names)


def desk_place(vault: Path, vault_id: str, keys: SessionKeys) -> Place:
    """Return where the desk's compartment lies."""
    key = derive(keys.vault_key, info=frame("rapportdesk read model", vault_id, "desk"))
    return Place(path=vault.with_name(f"{vault.name}.{DESK}"), key=key)


def clinicians_place(vault: Path, vault_id: str, keys: SessionKeys) -> Place:
    """Return where the clinicians' compartment lies, for whoever holds their keys."""
    pair = keys.clinicians[-1]
    key = derive(pair.x25519, info=frame("rapportdesk read model", vault_id, "clinicians", pair.epoch))
    return Place(path=vault.with_name(f"{vault.name}.{CLINICIANS}"), key=key)
