"""The front door: window and command line do everything through one `Desk`.

A desk is open and empty until somebody signs in; locking drops every key and everything decrypted that can be dropped
(Python cannot wipe memory). All calls come from one thread at a time.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Generator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Self

from rapportdesk.clock import Clock, SystemClock
from rapportdesk.desk.backup.erased_lists import publish_erased_key, tell_what_was_not
from rapportdesk.desk.bring_in.import_told import clear_in_steps, tell_in_steps
from rapportdesk.desk.door.doorway import practitioner
from rapportdesk.desk.door.founding import CLINIC_NAME, Founder, SheetCodes, found
from rapportdesk.desk.door.remembering import Remembering
from rapportdesk.desk.door.sign_in import SignInGuard
from rapportdesk.desk.door.standing import FileStanding, note_quietly
from rapportdesk.desk.keys.device_key import forget_former, replace_device_key
from rapportdesk.desk.keys.keyholding import (
    finish_resealing,
    made_by_a_manager,
    replace_clinicians_keys,
    session_keys,
    somebody_left_with,
)
from rapportdesk.desk.keys.leaving import replace_vault_key
from rapportdesk.desk.keys.sealed_words import publish_managers_key
from rapportdesk.desk.note.draft_list import look_in_steps
from rapportdesk.desk.nouns import InOneDesk, Nouns
from rapportdesk.desk.people.left import leave_everybody
from rapportdesk.desk.rights.erasure import finish_erasing
from rapportdesk.desk.search.indexing import Indexing
from rapportdesk.desk.session import Session
from rapportdesk.desk.today.kept import what_is_kept
from rapportdesk.errors import NotSignedIn, OwnSecretNeeded, RapportError, VaultFault
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.identity import StaffId
from rapportdesk.model.kept import Kept
from rapportdesk.model.staff import Practitioner, Role, Viewer
from rapportdesk.steps import in_one_go
from rapportdesk.store.checking.verification import VerifyReport
from rapportdesk.store.file.copies_beside import FORMER_DAYS, clear_half_made
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.custody import Custody
from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.slots import open_slot, read_badge

__all__ = ["Desk", "VerifyReport"]


class Desk(Nouns):
    """One open vault, with its nouns. Made by `open` or `create`; a context manager that closes.

    Attributes:
        tells_index_beside: Whoever opened it takes the steps of `tell_index_in_steps`, so that no answer waits for all
            of them.
    """

    def __init__(
        self,
        file: VaultFile,
        device_key: bytes,
        clock: Clock,
        *,
        cost: Argon2idParameters | None = None,
        custody: Custody | None = None,
        proved: Custody | None = None,
    ) -> None:
        """Hold an open file; callers use `open`, `create` or `recovery.recover`.

        Args:
            file: The vault.
            device_key: Opens the outer layer of its slots.
            clock: The workstation's.
            cost: Argon2id's parameters for secrets made from now on.
            custody: Where it is noted how the file stands; None for nowhere.
            proved: What gave this very device key at this start, and so may let go of former ones.
        """
        self.clock = clock
        self._file = file
        self._device_key = device_key
        self._cost = cost
        self._proved = proved
        self._session: Session | None = None
        self.tells_index_beside = False
        self.standing = FileStanding(
            self.session, None if custody is None else Remembering(custody, file.vault_id, file.path)
        )
        self._guard = SignInGuard(file, device_key, clock)
        super().__init__(
            InOneDesk(
                session=self.session,
                signed_in=self._signed_in,
                refresh=lambda patient: self.session().index_follows(patient),
                door=self.door,
                clinic_name=lambda: self.clinic_name,
                cost=lambda: self._cost,
                file=file,
            )
        )

    @classmethod
    def open(
        cls,
        path: Path,
        custody: Custody,
        clock: Clock | None = None,
        *,
        device_key: bytes | None = None,
        cost: Argon2idParameters | None = None,
    ) -> Self:
        """Open a vault; nobody is signed in yet.

        Args:
            path: Where the vault lies.
            custody: Where its device key is kept.
            clock: The workstation's unless given.
            device_key: When it has been read already, so that the password store is asked once.
            cost: Argon2id's parameters for secrets made from now on; the usual ones unless given.

        Raises:
            VaultFault: There is no vault, it is open elsewhere, newer, or cannot be read.
            CustodyFault: The password store does not give its key; the recovery sheet is the way in.
        """
        file = VaultFile.open(path)
        clear_half_made(path)
        try:
            key = device_key or custody.read(file.device_key_id)
            for slot in file.slots():
                read_badge(key, slot, file.vault_id)
        except BaseException:
            file.close()
            raise
        return cls(file, key, clock or SystemClock(), cost=cost, custody=custody, proved=custody)

    @classmethod
    def create(
        cls,
        path: Path,
        custody: Custody,
        founder: Founder,
        clock: Clock | None = None,
        *,
        cost: Argon2idParameters | None = None,
    ) -> tuple[Self, SheetCodes]:
        """Make a new vault and sign its founder in; raises as `founding.found`."""
        clock = clock or SystemClock()
        codes = found(path, custody, founder, clock, cost=cost)
        desk = cls.open(path, custody, clock, cost=cost)
        desk.sign_in(desk.door()[0].id, founder.secret)
        return desk, codes

    def door(self) -> tuple[Practitioner, ...]:
        """Return who may sign in, by name."""
        holders = {grant.recipient for grant in self._file.grants() if grant.kind == "clinicians"}
        people = [
            practitioner(
                slot, read_badge(self._device_key, slot, self._file.vault_id),
                holds_clinicians_keys=slot.staff_id in holders,
            )
            for slot in self._file.slots()
        ]  # fmt: skip
        return tuple(sorted(people, key=lambda person: person.name.casefold()))

    def wait_before(self, staff_id: StaffId) -> float:
        """Return the seconds until this person's next try may be made, after wrong secrets."""
        return self._guard.wait_before(staff_id)

    def sign_in(self, staff_id: StaffId, secret: str) -> Viewer:
        """Sign somebody in, in place of whoever is signed in now.

        A wrong secret leaves whoever is signed in where they are, and makes the next try wait.

        Raises:
            NotFound: Nobody with this id works here, or their time here has ended.
            WrongSecret: The secret is wrong, or the wait after wrong ones is not over.
            Tampered: Somebody who was not entitled to changed a slot or a grant.
        """
        self._file.ballast.give_up(all_of_it=False)  # a full disk must not keep out whoever would make room
        slot = self._guard.slot(staff_id)
        with self._guard.noticing_changes(staff_id):
            badge = read_badge(self._device_key, slot, self._file.vault_id)
            self._guard.refuse_ended(staff_id, badge, self.clock.local(self.clock.now()).date())
            opened = self._guard.admit(staff_id, lambda: open_slot(self._device_key, slot, secret, self._file.vault_id))
            keys = session_keys(self._file, slot, opened, self._device_key)
        self.lock()
        store = SealedStore(self._file, keys, self.clock)
        try:
            by_manager = made_by_a_manager(self._file, keys)
            if by_manager or somebody_left_with(store, self._file):
                with store.transaction():
                    keys = replace_clinicians_keys(store, self._file, for_oneself_alone=by_manager)
            store.hold_clinicians(keys.clinicians)
            if not self.tells_index_beside:  # else the check of everything begins with it, beside other work
                in_one_go(finish_resealing(store, keys))
            viewer = Viewer(staff=staff_id, name=badge.name, roles=frozenset(Role(role) for role in badge.roles))
            session = Session(
                store=store, viewer=viewer, clock=self.clock, read_model=self._open_read_model,
                vault_name=self._file.path.name, must_change_secret=badge.must_change_secret,
            )  # fmt: skip
            self._guard.refuse_ended(staff_id, badge, session.today())
            session.record(AuditAction.SIGN_IN)
            self._guard.admitted(session)
            publish_managers_key(store, self._file.vault_id)
            publish_erased_key(store, self._file.vault_id)
            finish_erasing(session, self._file)
            if self._proved is not None:
                forget_former(store, self._file, self._proved)
        except BaseException:
            store.forget()
            raise
        self._session = session
        with contextlib.suppress(VaultFault):  # it is tried again at the next sign-in
            store.let_formers_go(before=self.clock.now() - dt.timedelta(days=FORMER_DAYS))
        if Role.MANAGER in viewer.roles and not session.must_change_secret:
            with contextlib.suppress(VaultFault):  # a full disk keeps nobody out
                self.audit.take_off_old()
        return viewer

    def _open_read_model(self, session: Session) -> Indexing:
        return Indexing(session, self._file.path, self._file.vault_id, beside=self.tells_index_beside)

    def session(self) -> Session:
        """Return the sign-in, for everything but choosing a secret of one's own.

        Raises:
            NotSignedIn: Nobody is signed in.
            OwnSecretNeeded: They came in with a secret that somebody gave them, and have not changed it.
        """
        session = self._signed_in()
        if session.must_change_secret:
            raise OwnSecretNeeded(
                _("You came in with a passphrase that was given to you."),
                _("Choose your own first: `rapportdesk staff secret`."),
            )
        return session

    @property
    def must_change_secret(self) -> bool:
        """Whether the signed-in person has to choose a secret of their own first; NotSignedIn if nobody is."""
        return self._signed_in().must_change_secret

    @property
    def viewer(self) -> Viewer:
        """Who is signed in; NotSignedIn if nobody is."""
        return self._signed_in().viewer

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self._session is not None

    @property
    def clinic_name(self) -> str:
        """The practice's name; raises as `session`."""
        return self.session().store.settings().get(CLINIC_NAME, "")

    def kept(self) -> Kept:
        """Return what is safe, for the first screen after anything; raises as `session`."""
        return what_is_kept(self.session, self.drafts)

    def verify(self, progress: Callable[[int, int], None] | None = None) -> VerifyReport:
        """Open and authenticate every record, and check manifest, audit, and that it is no older copy.

        How many there are is a manager's to know: a count tells of what nobody else may see.

        Args:
            progress: Called with rows done and rows in all.
        """
        session = self.session()
        report = session.store.verify(progress)
        if (older := self.standing.fault()) is not None:
            report = replace(report, faults=(*report.faults, older))
        session.record(AuditAction.VERIFIED, outcome=Outcome.SUCCESS if report.clean else Outcome.FAILURE)
        return report if Role.MANAGER in session.viewer.roles else report.without_counts()

    def check_in_steps(self) -> Generator[tuple[int, int], None, VerifyReport]:
        """Finish replacing what a leaver knew and taking old lines off the audit, then do as `verify`, step by step.

        Other calls may be made between two steps. It follows every sign-in, so it is recorded only when something was
        found.
        """
        session = self.session()
        store = session.store
        tell_what_was_not(session, self._file)
        for left in chain(clear_in_steps(session), tell_in_steps(session)):
            yield 0, left
        for done in chain(finish_resealing(store, store.keys), look_in_steps(session)):
            yield 0, done
        yield 0, 0
        yield from store.move_to_new_key_in_steps()
        while Role.MANAGER in session.viewer.roles and (gone := self.audit.take_off_old()):
            yield gone, gone
        report = yield from store.verify_in_steps()
        if not report.clean and self._session is session:
            session.record(AuditAction.VERIFIED, why="in the background", outcome=Outcome.FAILURE)
        return report

    def replace_vault_key(self) -> None:
        """Put a new vault key in the old one's place for its own sake, as when a backup was lost.

        Raises:
            NotAllowed: The signed-in person is no manager.
            Tampered: The file was changed so that no key can be handed on safely.
        """
        session = self.session()
        session.require(Role.MANAGER)
        replace_vault_key(session, self._file, why="vault key replaced")

    def replace_device_key(self, custody: Custody) -> None:
        """Put a new device key in the old one's place, and lock: everybody signs in again, with their own secret.

        Raises:
            NotAllowed: The signed-in person is no manager.
            CustodyFault: The password store does not keep the new key; nothing has changed.
        """
        session = self.session()
        session.require(Role.MANAGER)
        self._device_key = replace_device_key(session.store, self._file, custody)
        self._proved = None
        self._guard = SignInGuard(self._file, self._device_key, self.clock)
        session.record(AuditAction.KEY_OPERATION, why="device key replaced")
        self.lock()

    def replace_patient_keys(self) -> int:
        """Replace every patient's key that somebody knew who has left, now; returns how many."""
        return sum(self.session().store.rotate_patient_keys_in_steps())

    def refill_index(self) -> None:
        """Open the search index again, after bulk work beside the nouns."""
        self.session().forget_index()

    def tell_index_in_steps(self) -> Generator[tuple[int, int], None, None]:
        """Tell the search index what it was not told yet, step by step; yields how much is done, and of how much.

        Other calls may be made between two steps. What is asked meanwhile is answered by what is there.
        """
        return self.session().tell_index_in_steps()

    def lock(self) -> None:
        """Sign whoever is signed in out; the vault stays open for the next."""
        session = self._session
        if session is None:
            return
        try:
            with contextlib.suppress(RapportError):  # a full disk must not keep the keys in memory
                leave_everybody(session)
                session.record(AuditAction.LOCK)
            note_quietly(self.standing)
        finally:
            self._session = None
        session.forget_index()
        session.store.forget()

    def close(self) -> None:
        """Lock, and let other processes have the vault; no harm when closed already."""
        self.lock()
        self._file.close()
        self.standing.close()

    def __enter__(self) -> Self:
        """Return the desk itself."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close the desk."""
        self.close()

    def _signed_in(self) -> Session:
        if self._session is None:
            raise NotSignedIn(_("Nobody is signed in."), _("Sign in first."))
        return self._session
