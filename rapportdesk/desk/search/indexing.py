"""What is searched and listed follows every write at once, and never holds more than its readers may see.

The rule by which things are told to the index is `index_entries`. Each compartment knows up to which place in the
vault's history it follows, and keeps that together with what it was told: whatever a crash, a power cut or a sign-in
without its key has kept from it is caught up before it is asked again, and only that. Where the history does not reach
back so far, or there is no compartment yet, everybody is told anew, names first, in short steps between which a
receptionist's save goes first; a lock in between loses nothing of that.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from rapportdesk.desk.search.index_entries import Telling, Told
from rapportdesk.desk.search.index_files import ALL, CLINICIANS, KeptCompartment, Place, clinicians_place, desk_place
from rapportdesk.desk.session import Session
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.readmodel.compartment import Compartment, Sight
from rapportdesk.readmodel.database import IndexFault, in_memory
from rapportdesk.readmodel.encrypted import remove_file
from rapportdesk.readmodel.layers import Layers
from rapportdesk.store.file.location import unusable
from rapportdesk.store.records.change_log import ChangeLog

STEP_S = 0.0015
"""Seconds after which a step ends; of twice as long ones a practice is told no faster."""

_STEP_MOST = 50  # patients
_STEPS_IN_ONE = 25
"""So many steps of the first telling are one commit at most, and each page is written into the log once for them all.
With one commit for each step five times as much was written in a small practice."""
_COMMIT_S = 0.005
"""Seconds after which a commit counts as a long one, and the next is of half as many steps: in a large practice, where
hardly two steps write the same page, a commit of 25 took 50 ms, and the next save waited for it."""
_ASKED_TOGETHER = 10  # people of whom it is settled together whether anybody could be taken for them
_AT_ONCE = 20  # patients who changed, or of whom something must be decided again, before anything is asked
_BEGINNING = 60  # patients of a practice so small that everything is told before the very first answer
_ENOUGH_FAULTS = 2  # in one sign-in, after which the index lies in memory


class Indexing:
    """The read model of one sign-in.

    Args:
        session: Whose.
        vault: Where the vault's file lies.
        vault_id: The vault's id.
        beside: Somebody takes the steps in the background; else everything is there before the first answer.
    """

    def __init__(self, session: Session, vault: Path, vault_id: str, *, beside: bool) -> None:
        self._session, self._vault, self._beside = session, vault, beside
        self._sight = Sight(clinician=session.viewer.is_clinician, today=lambda: session.today().toordinal())
        stamp = f"guardian until {session.practice.guardian_until}"
        self._vault_id = vault_id
        self._kept = [KeptCompartment(place, self._sight, stamp) for place in self._places()]
        self._alone = Compartment(in_memory(), self._sight)
        self._layers = Layers(*self._compartments, begin_anew=self._answer_anew)
        self._walk: Iterator[Patient] | None = None
        self._behind: dict[PatientId, None] = {}
        self._log: ChangeLog | None = None
        self._commits, self._faults, self._decided_on = -1, 0, 0
        self._begun, self._unsettled, self._in_one = False, 0, _STEPS_IN_ONE

    @property
    def index(self) -> Layers:
        """What is asked; everything is there first, unless somebody takes the steps beside."""
        self.follow(())
        waits = not self._beside or not self._begun or self.built  # else a letter waits for no commit of the next steps
        if not self._beside:
            for _done in self.steps():
                pass
        elif not self._begun:  # a small practice's whole; of a large one the first few
            self._begun = True
            if any(not kept.things for kept in self._kept) and self._step() and self._is_small():
                while self._step():
                    pass
        try:
            if waits:
                self._settle()
        except IndexFault:
            self._answer_anew()
        return self._layers

    @property
    def built(self) -> bool:
        """Whether everybody has been told."""
        return all(kept.built for kept in self._kept) and not self._behind

    @property
    def is_current(self) -> bool:
        """Whether what has been told so far holds: nothing was written since, and each layer knows of the same people.

        Where the first telling has not come to somebody yet, nothing of theirs is found; that leaves nothing in doubt.
        """
        return not self._behind and len({kept.things for kept in self._kept}) == 1

    def follow(self, patients: Iterable[PatientId]) -> None:
        """Bring the index up to date with what was committed, and with who is alone among these people.

        After bulk work, with some of it: each further call does more, and so does each step. Nothing inside a
        transaction: it may be taken back.
        """
        if self._session.store.in_transaction:
            return
        try:
            self._follow(patients)
        except IndexFault:
            self._begin_anew()

    def steps(self) -> Generator[tuple[int, int], None, None]:
        """Tell what is not told yet, in short steps; yields how much of the first telling is done, and of how much."""
        while self._step():
            yield self._done(), 1000

    def leave_no_bytes(self, *, erased: bool) -> None:
        """Have nothing in the files' bytes any more of what was taken out of the vault.

        Args:
            erased: It may be in the clinicians' compartment too. Whoever cannot open that throws it away: it is made
                anew at the next clinician's sign-in.

        Raises:
            VaultFault: The disk does not let us.
        """
        while self._follow_some():
            pass
        paths = [kept.place.path for kept in self._kept]
        try:
            for kept in self._kept:
                kept.compartment.leave_no_bytes()
        except IndexFault:
            self._begin_anew()  # which throws away what holds it
            for kept, path in zip(self._kept, paths, strict=True):
                if kept.place.path is None and path is not None and path.exists():
                    raise unusable() from None
        if erased and len(self._kept) == 1:
            try:
                remove_file(self._vault.with_name(f"{self._vault.name}.{CLINICIANS}"))
            except IndexFault:
                raise unusable() from None

    def close(self) -> None:
        """Close the index and drop its keys and what was decrypted for it."""
        self._walk = None
        self._behind.clear()
        for compartment in self._compartments:
            with suppress(IndexFault):
                compartment.close()

    def _places(self) -> list[Place]:
        keys = self._session.store.keys
        places = [desk_place(self._vault, self._vault_id, keys)]
        if self._sight.clinician and keys.clinicians:
            places.append(clinicians_place(self._vault, self._vault_id, keys))
        return places

    @property
    def _compartments(self) -> tuple[Compartment, ...]:
        return (*(kept.compartment for kept in self._kept), self._alone)

    def _follow(self, patients: Iterable[PatientId]) -> None:
        self._look_what_changed()
        now = [each for each in patients if self._alone.holds(each) != self._is_alone(each)]
        now += [each for each, _number in zip(self._behind, range(_AT_ONCE), strict=False)]
        if self._sight.today() != self._decided_on:
            due = self._due()
            now += due
            self._decided_on = self._decided_on if due else self._sight.today()
        if now:
            self._tell(dict.fromkeys(now))

    def _follow_some(self) -> bool:
        """Follow, and return whether there is more."""
        self.follow(())
        return bool(self._behind)

    def _look_what_changed(self) -> None:
        """Note whose records were written since; a compartment to which that cannot be said begins anew."""
        log = self._session.store.changes
        if log is self._log and log.commits == self._commits:
            return
        newest = log.position()
        for kept in self._kept:
            since = log.since(kept.reaches) if kept.reaches else None
            if since is not None:
                self._behind.update(dict.fromkeys(since.patients))
            elif kept.reaches or kept.things:  # or it was begun inside a transaction, of which nobody knows the end
                self._throw_away(kept)
            kept.reaches = newest
        self._log, self._commits = log, log.commits  # another one stands for another key

    def _due(self) -> list[PatientId]:
        today = self._sight.today()
        return [patient for kept in self._kept for patient in kept.compartment.due_by(today, _AT_ONCE)]

    def _tell(self, patients: Iterable[PatientId]) -> None:
        """Tell of these people, and write down how far that brings each compartment."""
        patients = tuple(patients)
        self._settle()
        telling = self._telling()
        with self._writing():
            for patient in patients:
                self._put(patient, telling.of(patient, alone=self._is_alone(patient)))
            behind = self._behind.keys() - set(patients)
            for kept in self._kept:
                kept.keep(follows=not behind)
        for patient in patients:
            self._behind.pop(patient, None)

    def _put(self, patient: PatientId, told: Told | None) -> None:
        """Let each compartment hold what is told of somebody; None for nobody any more."""
        if told is None or told.desk.id != patient:  # it became a part of another card, which is told in its place
            for compartment in self._compartments:
                compartment.remove_patient(patient)
        if told is None:
            return
        entries = [told.desk, *([told.clinicians] if len(self._kept) > 1 else []), told.alone]
        for compartment, entry in zip(self._compartments, entries, strict=True):
            if entry is not None:
                compartment.put(entry)
            elif compartment.holds(told.desk.id):
                compartment.remove_patient(told.desk.id)

    def _step(self) -> bool:
        """Do the next piece of work; False when there is none."""
        inside = self._session.store.in_transaction
        if not inside and self._follow_some():
            return True
        if inside and any(kept.reaches and not kept.built for kept in self._kept):
            if self._beside:  # what is there answers; the next step outside goes on
                return False
            for kept in self._kept:  # nobody knows whether what is told now stays: it is begun anew afterwards
                kept.reaches = ""
            self._commits = -1
        try:
            if self._unsettled >= self._in_one:
                self._settle_in_one()
            elif self._kept[0].names != ALL:
                self._walk_on(names=True)
            elif not all(kept.built for kept in self._kept):
                self._walk_on(names=False)
            elif inside:
                return False
            elif self._sight.today() == self._decided_on:
                return self._settle_namesakes()
        except IndexFault:
            self._begin_anew()
        return True

    def _walk_on(self, *, names: bool) -> None:
        """Tell of the next patients: their names alone, or everything."""
        kept = [self._kept[0]] if names else [each for each in self._kept if not each.built]
        what = "names" if names else "things"
        if not all(compartment.caught_up(STEP_S) for compartment in self._compartments):
            return  # the disk has much to do; whoever saves meanwhile need not wait for it
        if self._walk is None:
            self._walk = self._session.store.patients(min(getattr(each, what) for each in kept))
        until, at, number = self._session.clock.monotonic() + STEP_S, ALL, 0
        telling = self._telling()
        try:
            with self._writing(in_one=True):
                for patient in self._walk:
                    if names:
                        self._kept[0].compartment.put_patient(patient)
                    else:
                        self._put(patient.id, telling.of_patient(patient, alone=self._is_alone(patient.id)))
                    number += 1
                    if number >= _STEP_MOST or self._session.clock.monotonic() >= until:
                        at = patient.id
                        break
                for each in kept:
                    setattr(each, what, max(getattr(each, what), at))
                    each.keep(follows=not self._behind)
        except BaseException:
            self._walk = None
            for each in self._kept:  # what was told since the last commit is undone with it
                each.read_state()
            raise
        self._unsettled += 1
        if at == ALL:
            self._walk = None
            self._settle_in_one()

    def _settle_namesakes(self) -> bool:
        """Settle whom anybody could be taken for, of some of those in doubt; False when there is nothing left to do."""
        until, more = self._session.clock.monotonic() + STEP_S, True
        while more and self._session.clock.monotonic() < until:
            more = self._kept[0].compartment.settle_namesakes(_ASKED_TOGETHER)
        self._unsettled += 1
        if not more:
            self._settle_in_one()
            self._session.store.changes.trim()
        return more

    def _settle_in_one(self) -> None:
        """Commit the steps since the last commit: a step of its own, for whoever saves waits for one."""
        began = self._session.clock.monotonic()
        self._settle()
        is_long = self._session.clock.monotonic() - began > _COMMIT_S
        self._in_one = max(self._in_one // 2, 1) if is_long else min(self._in_one + 1, _STEPS_IN_ONE)

    def _settle(self) -> None:
        """Commit what the walk has told, so that it is found."""
        if self._unsettled:
            self._unsettled = 0
            for compartment in self._compartments:
                compartment.settle()

    def _is_small(self) -> bool:
        return not self._session.store.holds_more_cards_than(_BEGINNING)

    def _done(self) -> int:
        """Return how many thousandths are done; ids are random, so that they say how far a walk has come."""
        return round(100 * _share(self._kept[0].names) + 900 * min(_share(kept.things) for kept in self._kept))

    @contextmanager
    def _writing(self, *, in_one: bool = False) -> Iterator[None]:
        """Write into every compartment, each whole or not at all; see `Compartment.writing`."""
        with ExitStack() as writing:
            for compartment in self._compartments:
                writing.enter_context(compartment.writing(in_one=in_one))
            yield

    def _telling(self) -> Telling:
        session = self._session
        return Telling(store=session.store, now=session.local_now(), guardian_until=session.practice.guardian_until)

    def _is_alone(self, patient: PatientId) -> bool:
        return self._session.company.get(patient) == frozenset()

    def _begin_anew(self) -> None:
        """Throw every file away and begin with nothing; what stays faulty lies in memory."""
        self._faults += 1
        for kept in self._kept:
            self._throw_away(kept)
        self._commits = -1

    def _answer_anew(self) -> None:
        """Begin anew for a question that could not be answered: it is asked once more, of what is told by then."""
        self._begin_anew()
        _what_there_is = self.index

    def _throw_away(self, kept: KeptCompartment) -> None:
        """Begin a compartment with nothing, under the key of now: the vault's may be another one since."""
        place = self._places()[self._kept.index(kept)]
        kept.begin_anew(place.in_memory() if self._faults >= _ENOUGH_FAULTS else place)
        self._walk, self._begun = None, False
        self._layers.replace(*self._compartments)


def _share(at: str) -> float:
    if at == ALL:
        return 1.0
    try:
        return int(at[:6] or "0", 16) / 0x1000000
    except ValueError:
        return 0.0
