"""What is done to a vault as a whole, with one person's keys: it is checked, its keys are replaced, bulk work comes in.

What takes long is done in steps, between which other calls may be made. All calls are made from one thread at a time.
"""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import func, select

from rapportdesk.clock import Clock
from rapportdesk.errors import NotSignedIn, RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.steps import in_one_go
from rapportdesk.store.audit.former_lines import FormerLines
from rapportdesk.store.bulk.staging import Staging
from rapportdesk.store.checking.findings import VerifyReport
from rapportdesk.store.checking.verification import Progress
from rapportdesk.store.file.by_index import rebuild_indexes
from rapportdesk.store.file.copies_beside import let_formers_go
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.anchors import Anchors
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.opened import Opened, open_with
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.rekeying.former_keys import FormerKeys, settings_under
from rapportdesk.store.rekeying.moving_over import Recount, forget_former_changes, rewrap
from rapportdesk.store.rekeying.rekeying import rekey
from rapportdesk.store.rekeying.relinking import lines_under, relink
from rapportdesk.store.rekeying.resealing import reseal_for_clinicians
from rapportdesk.store.tables import PatientRow, table_of
from rapportdesk.vault.keys import CliniciansPair, SessionKeys


class WholeVault:
    """One vault, as far as one person's keys open it.

    Args:
        file: The open vault, founded.
        keys: What the signed-in person holds.
        clock: The workstation's clock.
    """

    def __init__(self, file: VaultFile, keys: SessionKeys, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self._opened: Opened | None = open_with(self._file, keys, self._clock)
        self._staging: Staging | None = None
        file.attend(self._opened.keeper, self._opened.cards)

    @property
    def keys(self) -> SessionKeys:
        """What the signed-in person holds, for handing keys on."""
        return self._held().keys

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything done inside together with the manifest, or nothing of it.

        Inside another one it is a part of that: when it fails, only its own work is undone.
        """
        self._held()
        with self._file.transaction():
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Do as `transaction`; inside another one without a point to go back to, which costs as much as a row.

        Failing there after the first row, it leaves the whole that cannot be committed any more.
        """
        self._held()
        with self._file.writing():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read one moment's state with everything that is asked inside."""
        self._held()
        with self._file.reading():
            yield

    @property
    def in_transaction(self) -> bool:
        """Whether something is being written that is not committed yet."""
        return self._file.in_transaction

    def stage(self) -> Staging:
        """Begin bulk work, which is published by one commit; what was staged before and not published is gone.

        What is left of another is finished or taken away first; `arrivals` and `clear_staged` do that in steps.
        """
        held = self._held()
        self._end_staging()
        held.arrivals.settle_all()
        held.arrivals.end()
        for _rows in held.arrivals.clear():
            pass
        self._staging = Staging(self._file, held.identities, held.records, held.rotation, held.arrivals)
        return self._staging

    def clear_staged(self) -> Iterator[int]:
        """Take away what was staged and given up, yielding how many rows; other calls may be made between two steps."""
        if self._staging is None or self._staging.ended:
            yield from self._held().arrivals.clear()

    def arrivals(self, most: int) -> tuple[PatientId, ...]:
        """Return some of those about whom bulk work that was published has brought something, to be told in the audit.

        They are found in their new form already. After the last `arrived` there are none.
        """
        held = self._held()
        found = held.arrivals.next(most)
        if not found:
            held.arrivals.end()
        return found

    def arrivals_left(self) -> int:
        """Return how many there are of them."""
        return self._held().arrivals.count()

    def arrived(self, patients: Sequence[PatientId]) -> None:
        """Move what came about these to its place, and remember that it was told."""
        held = self._held()
        with self._file.writing() as writing:
            parts = [part for each in patients for part in held.joins.parts(held.joins.whole(each))]
            held.arrivals.settle(dict.fromkeys((*patients, *parts)))
            held.arrivals.told(writing, patients)

    def checkpoint(self) -> None:
        """Empty the write-ahead log, so that what was deleted is nowhere in the file's bytes."""
        self._held()
        self._file.checkpoint()

    def let_formers_go(self, *, before: dt.datetime | None = None) -> None:
        """Take away the copies of this vault in its former forms, which hold what was erased; see `copies_beside`."""
        self._held()
        let_formers_go(self._file.path, before=before)

    def verify(self, progress: Progress | None = None) -> VerifyReport:
        """Open and authenticate everything, and go on to the end whatever is found.

        Args:
            progress: Called with how many rows have been looked at and how many there are.
        """
        return self._held().verifier(self._file).report(progress)

    def verify_in_steps(self, *, alone: bool = False) -> Generator[tuple[int, int], None, VerifyReport]:
        """Do as `verify` in steps of some milliseconds, for the background: other calls may be made between them.

        Args:
            alone: Nobody else uses this file, so SQLite's own look at a big one has the time it takes, beside.

        Yields:
            How many rows have been looked at, and how many there are.

        Returns:
            What was found, as the generator's return value.
        """
        while True:
            held = self._held()
            steps, counting = held.verifier(self._file).steps(alone=alone), held.keeper.key
            while self._opened is held and held.keeper.key == counting:
                try:
                    step = next(steps)
                except StopIteration as end:
                    report: VerifyReport = end.value
                    return report
                yield step
            steps.close()  # the keys are others: what was counted under the old ones says nothing any more

    def anchors(self) -> Anchors:
        """Return how the file stands and stood."""
        return Anchors(self._file, self._held())

    def make_room(self) -> None:
        """Let what is deleted next be deleted on a full disk too, by room that was kept for it."""
        self._file.ballast.give_up(all_of_it=True)

    def accept_as_it_is(self) -> None:
        """Take what lies in the file for what should lie there: a manager's choice after a fault or an older copy."""
        keeper = self._held().keeper
        with self._file.transaction() as writing:
            rebuild_indexes(writing)
            keeper.accept(writing.connection)

    def hold_clinicians(self, pairs: Sequence[CliniciansPair]) -> None:
        """Open and seal with these generations of the clinicians' keys from now on."""
        keys = self._held().keys
        if tuple(pairs) != tuple(keys.clinicians):
            self._open_with(dataclasses.replace(keys, clinicians=tuple(pairs)))

    def reseal_clinicians(self, pairs: Sequence[CliniciansPair], progress: Callable[[int], None] | None = None) -> int:
        """Seal what is sealed to earlier generations of the clinicians' keys to the newest, in small transactions.

        Args:
            pairs: All generations this session now holds; the newest one's public half is in the file already.
            progress: Told how many are done.

        Returns:
            How many were sealed anew.
        """
        done = 0
        for sealed in self.reseal_clinicians_in_steps(pairs):
            done += sealed
            if progress is not None:
                progress(done)
        return done

    def reseal_clinicians_in_steps(self, pairs: Sequence[CliniciansPair]) -> Generator[int, None, None]:
        """Do as `reseal_clinicians`, a page at a step; other calls may be made in between.

        Until it is done, what is sealed to an earlier generation opens with that one's key. Cut off, it begins again
        and passes over what it has done.

        Yields:
            How many were sealed anew.
        """
        self.hold_clinicians(pairs)
        held = self._held()
        yield from reseal_for_clinicians(self._file, held.records, held.records.envelopes)

    def rotate_vault_key(self, vault_key: bytes, hand_out: Callable[[], None]) -> None:
        """Put a new vault key in the old one's place, in one small commit; patients' keys are due from then on.

        What that commit leaves under the former key is moved by `rotate_patient_keys_in_steps`.

        Args:
            vault_key: 32 random bytes.
            hand_out: Called inside the transaction, to grant the new key to whoever goes on working here.

        Raises:
            Tampered: The manifest does not open.
            RuntimeError: Called inside a transaction.
        """
        if self._file.in_transaction:
            raise RuntimeError("a vault key is replaced by a commit of its own")
        held = self._held()
        self._end_staging()
        held.arrivals.settle_all()
        in_one_go(self._move_lines(held))  # a chain under three keys is nothing that anybody follows
        old = held.keys.vault_key
        keys = dataclasses.replace(held.keys, vault_key=vault_key, vault_key_epoch=held.keys.vault_key_epoch + 1)
        counting = held.former.counting or old
        after = ManifestKeeper(vault_key, self._file.vault_id, counting=counting)
        with self._file.transaction() as writing:
            hand_out()
            former = FormerKeys(
                wrapping=(old, *held.former.wrapping), counting=counting, lines=lines_under(old, writing, held.settings)
            )
            rekey(writing, held.settings, old=old, new=vault_key, after=after)
            former.keep(settings_under(self._file, keys))
        self._open_with(keys)

    def patient_keys_due(self) -> int:
        """Return how many patients' keys are older than the vault key, and so were known to somebody who left."""
        return self._held().rotation.due()

    def rotate_patient_keys_in_steps(self) -> Generator[int, None, None]:
        """Move what lies under former vault keys, and replace those keys, some milliseconds’ worth at a step.

        Other calls may be made between two steps. Cut off at any, the next call goes on.

        Yields:
            How many patients' keys were replaced.
        """
        for _looked_at, replaced in self._to_new_key():
            yield replaced

    def move_to_new_key_in_steps(self) -> Generator[tuple[int, int], None, int]:
        """Do as `rotate_patient_keys_in_steps`, and say how far it is.

        There is no way back from a new key, only a pause: whatever step it is left at, everything opens.

        Yields:
            How many rows and keys were moved, and how many there are to be moved.

        Returns:
            How many patients' keys were replaced.
        """
        held = self._held()
        if held.former == FormerKeys() and not held.rotation.needed:  # counting everybody takes as long as a step
            return 0
        former, done, all_replaced = held.former, 0, 0
        with self._file.reading() as reading:
            people = int(
                reading.connection.execute(select(func.count()).select_from(table_of(PatientRow))).scalar_one()
            )
            rows = reading.recorded().count if former.counting is not None else 0
        lines = former.lines.until - former.lines.moved if former.lines is not None else 0
        total = people + rows + (people if former.wrapping else 0) + lines
        for looked_at, replaced in self._to_new_key():
            done, all_replaced = done + looked_at + replaced, all_replaced + replaced
            yield min(done, total), total  # what is written meanwhile is counted once more
        return all_replaced

    def _to_new_key(self) -> Iterator[tuple[int, int]]:
        """Yield how many rows each step has looked at, and how many patients' keys it replaced."""
        while (held := self._held()).former != FormerKeys():
            yield from ((looked_at, 0) for looked_at in self._move_over(held))
        yield from ((0, replaced) for replaced in held.rotation.steps())

    def _move_over(self, held: Opened) -> Iterator[int]:
        """Move what lies under former vault keys, until all of it is or the keys are others; yields as it goes."""
        for looked_at in self._move_lines(held):
            yield looked_at
            if self._opened is not held:
                return
        if held.former.wrapping:
            for taken_off in forget_former_changes(self._file, held.keys.vault_key, held.former.wrapping):
                yield taken_off
                if self._opened is not held:
                    return
            present = PatientKeys(held.keys.vault_key, held.keys.vault_key_epoch)
            for looked_at in rewrap(self._file, present, held.records.keys):
                yield looked_at
                if self._opened is not held:
                    return
            self._keep_former(held, dataclasses.replace(held.former, wrapping=()))
        if held.former.counting is not None:
            recount = Recount(self._file, held.keeper, ManifestKeeper(held.keys.vault_key, self._file.vault_id))
            with contextlib.closing(recount.steps()) as steps:
                for counted in steps:
                    yield counted
                    if self._opened is not held or held.former.counting is None:  # somebody else has counted
                        return
            with self._file.transaction() as writing:
                recount.go_over(writing)
                FormerKeys().keep(held.settings)
            held.keeper.has_gone_over()
            held.former = FormerKeys()

    def _move_lines(self, held: Opened) -> Generator[int, None, None]:
        """Move the audit's lines, if any lie under a former vault key; yields how many were looked at."""

        def keep(lines: FormerLines | None) -> None:
            dataclasses.replace(held.former, lines=lines).keep(held.settings)

        def kept(lines: FormerLines | None) -> None:
            held.former = dataclasses.replace(held.former, lines=lines)
            held.audit.former = lines

        yield from relink(self._file, lambda: held.former.lines, held.keys.vault_key, keep, kept)

    def _keep_former(self, held: Opened, former: FormerKeys) -> None:
        former.keep(held.settings)
        held.former = former

    def _open_with(self, keys: SessionKeys) -> Opened:
        self._opened = open_with(self._file, keys, self._clock)
        self._file.attend(self._opened.keeper, self._opened.cards)
        return self._opened

    def forget(self) -> None:
        """Drop every key; each later call raises NotSignedIn. The file stays open for the next person."""
        self._end_staging(_locked())
        self._opened = None
        self._file.attend(None)

    def _end_staging(self, why: RapportError | None = None) -> None:
        if self._staging is not None:
            self._staging.end(why)
            self._staging = None

    def _held(self) -> Opened:
        if self._opened is None:
            raise _locked()
        return self._opened


def _locked() -> NotSignedIn:
    return NotSignedIn(_("The desk is locked."), _("Sign in to go on."))
