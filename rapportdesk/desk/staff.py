"""Who works here. Managers admit and remove people; what is for clinicians only is handed on by clinicians alone."""

import builtins
import datetime as dt
from collections.abc import Callable

from rapportdesk.desk.door.doorway import practitioner
from rapportdesk.desk.keys.doors import Doors
from rapportdesk.desk.keys.keyholding import grant, grant_clinicians_keys, verified_staff
from rapportdesk.desk.keys.leaving import replace_vault_key
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.session import Session
from rapportdesk.desk.sheets.sheet_register import SheetRegister
from rapportdesk.errors import BadInput, NobodyElseOpens, NotAllowed, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import StaffId, new_id
from rapportdesk.model.staff import Practitioner, Role, SecretKind
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.clinicians import first_pair
from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.sheets import Sheet
from rapportdesk.vault.slots import Badge, StaffSlot, change_badge, change_secret, create_slot, read_badge, verify_slot


class Staff:
    """The people who may sign in."""

    def __init__(
        self,
        session: Callable[[], Session],
        signed_in: Callable[[], Session],
        file: VaultFile,
        cost: Callable[[], Argon2idParameters | None],
    ) -> None:
        self._session = session
        self._signed_in = signed_in
        self._file = file
        self._cost = cost

    def list(self) -> tuple[Practitioner, ...]:
        """Return everybody who may sign in, by name."""
        keys = self._session().store.keys
        holders = {grant.recipient for grant in self._file.grants() if grant.kind == "clinicians"}
        people = [
            practitioner(
                slot, read_badge(keys.device_key, slot, self._file.vault_id),
                holds_clinicians_keys=slot.staff_id in holders,
            )
            for slot in self._file.slots()
        ]  # fmt: skip
        return tuple(sorted(people, key=lambda person: person.name.casefold()))

    def add(
        self,
        name: str,
        roles: frozenset[Role],
        secret: str,
        *,
        secret_kind: SecretKind = SecretKind.PASSPHRASE,
        must_change: bool = True,
        ends_on: dt.date | None = None,
    ) -> Practitioner:
        """Admit somebody.

        The first clinician is handed the clinicians' keys at once and replaces them at their first sign-in; the next
        ones wait for a clinician to `admit` them, unless the manager holds those keys too.

        Args:
            name: As it is listed; nobody else may have it.
            roles: At least one.
            secret: The first secret.
            secret_kind: A PIN is for reception alone.
            must_change: Whether they choose their own at the first sign-in, before anything else.
            ends_on: The last day on which they may sign in, for temporary staff; None for no end.

        Raises:
            BadInput: The name is taken or empty, there is no role, the secret is too weak, or the day has gone by.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        keys = session.store.keys
        name = clean_line(name)
        if not name or not roles:
            raise BadInput(_("A new colleague needs a name and a role."))
        if any(person.name.casefold() == name.casefold() for person in self.list()):
            raise BadInput(_("Somebody of that name works here already."), _("Add an initial to tell them apart."))
        _check_end(session, roles, ends_on)
        signing_key = self._signing_key(keys)
        badge = Badge(
            name=name, roles=frozenset(str(role) for role in roles), pin=secret_kind is SecretKind.PIN,
            must_change_secret=must_change, ends_on=ends_on,
        )  # fmt: skip
        slot = create_slot(
            staff_id=new_id(), badge=badge, secret=secret, device_key=keys.device_key, signing_key=signing_key,
            vault_id=self._file.vault_id, parameters=self._cost(),
        )  # fmt: skip
        with session.transaction():
            self._file.put_slot(slot)
            Doors(session.store, self._file).put(slot)
            self._hand_over(slot, badge, keys, signing_key)
            added = self._person(slot.staff_id)
            session.record(AuditAction.STAFF_CHANGED, why="added", about=added)
        return added

    def admit(self, staff_id: StaffId) -> None:
        """Hand the clinicians' keys to a colleague who waits for them.

        Raises:
            NotAllowed: The signed-in person does not hold those keys.
            NotFound: There is no such clinician.
        """
        session = self._session()
        keys = session.store.keys
        if not keys.clinicians:
            raise NotAllowed(_("Only a clinician can admit a colleague to what is for clinicians."))
        slot = self._slot(staff_id)
        if "clinician" not in read_badge(keys.device_key, slot, self._file.vault_id).roles:
            raise NotFound(_("That colleague is not a clinician."))
        if not Doors(session.store, self._file).knows(slot):
            raise NotFound(_("Nobody who works here let that colleague in."), _("Ask a manager to add them anew."))
        with session.transaction():
            grant_clinicians_keys(self._file, verified_staff(self._file, slot, keys), keys)
            session.record(AuditAction.STAFF_CHANGED, why="admitted to clinicians", about=self._person(staff_id))

    def waiting_for_admission(self) -> builtins.list[Practitioner]:
        """Return the clinicians whom the signed-in clinician may admit; empty for everybody else."""
        if not self._session().store.keys.clinicians:
            return []
        return [each for each in self.list() if Role.CLINICIAN in each.roles and not each.holds_clinicians_keys]

    def remove(self, staff_id: StaffId, *, losing_what_is_for_clinicians: bool = False) -> tuple[int, ...]:
        """Take somebody's access away, with a new vault key in the same commit.

        What they copied before stays readable to them. Patients' keys follow (`Desk.check_in_steps`), the clinicians'
        at the next clinician's sign-in. The recovery sheets that they keep open nothing any more, but for the desk's
        last one.

        Args:
            staff_id: Who leaves.
            losing_what_is_for_clinicians: Go on although nobody else, and no sheet, opens what is for clinicians only.

        Returns:
            The numbers of the sheets that open nothing any more.

        Raises:
            BadInput: They are the last manager, or oneself.
            NobodyElseOpens: They alone open what is for clinicians only.
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such person.
            Tampered: The file was changed so that no key can be handed on safely.
        """
        session = self._session()
        session.require(Role.MANAGER)
        self._slot(staff_id)
        person = self._person(staff_id)
        others = [each for each in self.list() if each.id != staff_id]
        if staff_id == session.viewer.staff:
            raise BadInput(_("Nobody removes themselves."), _("Another manager can."))
        if not any(Role.MANAGER in each.roles for each in others):
            raise BadInput(_("The practice needs a manager."))
        theirs, left = self._sheets_of(session, person)
        held = person.holds_clinicians_keys and not any(each.holds_clinicians_keys for each in others)
        if held and "clinicians" not in {sheet.kind for sheet in left} and not losing_what_is_for_clinicians:
            raise NobodyElseOpens(
                _("Nobody else opens what is for clinicians only, and it would be lost."),
                _("Let them admit another clinician first, or print the clinicians’ sheet for somebody who stays."),
            )
        replace_vault_key(session, self._file, leaver=person, sheets=theirs, why="removed")
        return tuple(sheet.number for sheet in theirs)

    def set_end(self, staff_id: StaffId, ends_on: dt.date | None) -> None:
        """Say on which day somebody's access ends, or that it does not; nobody's secret is needed.

        Raises:
            BadInput: It is oneself, a manager, or the day has gone by.
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.MANAGER)
        if staff_id == session.viewer.staff:
            raise BadInput(_("Nobody sets an end to their own access."), _("Another manager can."))
        keys, slot = session.store.keys, self._slot(staff_id)
        badge = read_badge(keys.device_key, slot, self._file.vault_id)
        _check_end(session, frozenset(map(Role, badge.roles)), ends_on)
        changed = change_badge(
            keys.device_key, slot, badge._replace(ends_on=ends_on), self._signing_key(keys), self._file.vault_id
        )
        with session.transaction():
            self._file.put_slot(changed)
            session.record(AuditAction.STAFF_CHANGED, why="end of access", about=self._person(staff_id))

    def change_secret(self, old: str, new: str) -> None:
        """Give the signed-in person a new secret of their own.

        Args:
            old: The present one, asked again before it is changed.
            new: The new passphrase or PIN.

        Raises:
            BadInput: The new secret is too weak, or the old one again.
            WrongSecret: The old one is wrong.
        """
        session = self._signed_in()
        slot = self._slot(session.viewer.staff)
        badge = read_badge(session.store.keys.device_key, slot, self._file.vault_id)
        with session.recording_failure(AuditAction.KEY_OPERATION, why="own secret changed"):
            changed = change_secret(
                session.store.keys.device_key, slot, old, new, self._file.vault_id, pin=badge.pin,
                parameters=self._cost(),
            )  # fmt: skip
        if new == old:
            raise BadInput(_("That is the one you have now."), _("Choose one that nobody else has seen."))
        with session.transaction():
            self._file.put_slot(changed)
            session.record(AuditAction.KEY_OPERATION, why="own secret changed")
        session.must_change_secret = False

    def reset_secret(self, staff_id: StaffId, new: str) -> None:
        """Give a colleague a new one-time secret without learning what is sealed to clinicians.

        A clinician so helped is handed the clinicians' keys again by a colleague, or takes them from their sheet. What
        the colleague had typed and not yet kept is gone with the old secret.

        Raises:
            BadInput: It is one's own; `change_secret` asks for the present one first.
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.MANAGER)
        if staff_id == session.viewer.staff:
            raise BadInput(_("Nobody resets their own secret."), _("Choose a new one with the present one at hand."))
        keys = session.store.keys
        slot = self._slot(staff_id)
        before = read_badge(keys.device_key, slot, self._file.vault_id)
        badge = Badge(
            name=before.name, roles=before.roles, pin=before.pin, must_change_secret=True, ends_on=before.ends_on
        )
        signing_key = self._signing_key(keys)
        fresh = create_slot(
            staff_id=staff_id, badge=badge, secret=new, device_key=keys.device_key, signing_key=signing_key,
            vault_id=self._file.vault_id, parameters=self._cost(), revision=slot.revision + 1,
        )  # fmt: skip
        with session.transaction():
            self._file.remove_grants(staff_id)
            self._file.put_slot(fresh)
            Doors(session.store, self._file).put(fresh)
            self._hand_over(fresh, badge, keys, signing_key)
            session.record(AuditAction.STAFF_CHANGED, why="secret reset", about=self._person(staff_id))

    def _hand_over(self, slot: StaffSlot, badge: Badge, keys: SessionKeys, signing_key: bytes) -> None:
        file = self._file
        recipient = verify_slot(slot, badge, keys.clinic_public, file.vault_id)
        grant(file, recipient, "vault-key", keys.vault_key, signing_key, epoch=keys.vault_key_epoch)
        if "manager" in badge.roles:
            grant(file, recipient, "signing-key", signing_key, signing_key)
        if "clinician" not in badge.roles:
            return
        if keys.clinicians:
            grant_clinicians_keys(file, recipient, keys)
        elif not file.clinicians_chain():
            pair, public = first_pair(signing_key, file.vault_id)
            file.put_clinicians(public)
            grant(file, recipient, "clinicians", pair.to_bytes(), signing_key)

    def _sheets_of(self, session: Session, person: Practitioner) -> tuple[builtins.list[Sheet], builtins.list[Sheet]]:
        """Return the sheets that leave with somebody, and those that stay: of the desk's one at least."""
        register, sheets = SheetRegister(session.store, self._file), self._file.sheets()
        theirs = [each for each in sheets if register.of(each).holder.casefold() == person.name.casefold()]
        left = [each for each in sheets if each not in theirs]
        if theirs and not any(each.kind == "desk" for each in left):
            last = next((each for each in reversed(theirs) if each.kind == "desk"), None)
            return [each for each in theirs if each is not last], [each for each in sheets if each in (*left, last)]
        return theirs, left

    def _person(self, staff_id: str) -> Practitioner:
        return next(person for person in self.list() if person.id == staff_id)

    def _slot(self, staff_id: StaffId) -> StaffSlot:
        slot = self._file.slot(staff_id)
        if slot is None:
            raise NotFound(_("That colleague is no longer here."))
        return slot

    def _signing_key(self, keys: SessionKeys) -> bytes:
        if keys.signing_key is None:
            raise NotAllowed(_("Your role does not include this."), _("Ask a manager of the practice."))
        return keys.signing_key


def _check_end(session: Session, roles: frozenset[Role], ends_on: dt.date | None) -> None:
    if ends_on is None:
        return
    if ends_on < session.today():
        raise BadInput(_("That day has gone by."), _("Choose today or a day to come."))
    if Role.MANAGER in roles:
        raise BadInput(_("A manager's access has no end."), _("Take it away when they leave."))
