"""Wrong secrets make the next try wait, longer each time and at most five minutes, also after a restart.

Whoever is not let in, for whichever reason, leaves a line: it is counted at once and told to the audit by the next
sign-in, because a line needs the vault key.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rapportdesk.clock import Clock
from rapportdesk.desk.door.doorway import practitioner
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound, Tampered, WrongSecret
from rapportdesk.language import _, ngettext
from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner
from rapportdesk.store.audit.failed_sign_ins import (
    FailedSignIns,
    Refusal,
    failed_sign_ins,
    note_failed_sign_in,
    note_reported,
    note_right_secret,
    note_waiting,
)
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.slots import Badge, StaffSlot, read_badge

FREE_TRIES = 3
"""Wrong secrets in a row before anybody has to wait."""

LONGEST_WAIT_S = 300.0

T = TypeVar("T")


class SignInGuard:
    """Counts wrong secrets for each person of one vault."""

    def __init__(self, file: VaultFile, device_key: bytes, clock: Clock) -> None:
        self._file = file
        self._device_key = device_key
        self._clock = clock
        self._since: dict[str, float] = {}

    def wait_before(self, staff_id: StaffId) -> float:
        """Return the seconds until the next try may be made; 0 when it may be made now.

        Counted by the monotonic clock from the last wrong secret, so that setting the workstation's clock shortens
        nothing; it is written down, because each command of the command line is a program of its own. It begins anew
        with the computer, and then so does the wait.
        """
        counts = (each for each in failed_sign_ins(self._file, self._device_key) if each.staff_id == staff_id)
        counted = next((each for each in counts if each.refusal is Refusal.WRONG_SECRET), None)
        if counted is None or counted.in_a_row < FREE_TRIES:
            return 0.0
        wait = min(LONGEST_WAIT_S, 2.0 ** min(counted.in_a_row - FREE_TRIES + 1, 20))
        return max(0.0, self._waits_since(counted) + wait - self._clock.monotonic())

    def admit(self, staff_id: StaffId, attempt: Callable[[], T]) -> T:
        """Make one attempt, unless a wait is not over.

        Raises:
            WrongSecret: The attempt raised it, or it came too early.
        """
        wait = self.wait_before(staff_id)
        if wait > 0:
            self.refused(Refusal.TOO_EARLY, staff_id)
            seconds = max(1, round(wait))
            raise WrongSecret(
                _("That was wrong a few times in a row."),
                ngettext("Try again in {n} second.", "Try again in {n} seconds.", seconds).format(n=seconds),
            )
        try:
            return attempt()
        except WrongSecret:
            now = self._now()
            monotonic = self._clock.monotonic()
            note_failed_sign_in(self._file, self._device_key, staff_id, now, monotonic)
            self._since[staff_id] = monotonic
            raise

    def slot(self, staff_id: StaffId) -> StaffSlot:
        """Return the slot of somebody who works here.

        Raises:
            NotFound: Nobody with this id does.
        """
        slot = self._file.slot(staff_id)
        if slot is None:
            self.refused(Refusal.GONE)  # without the id: anybody could make thousands of them up
            raise NotFound(_("That colleague is no longer here."))
        return slot

    def refuse_ended(self, staff_id: StaffId, badge: Badge, today: dt.date) -> None:
        """Refuse whoever's last day here has passed.

        Raises:
            NotFound: It has.
        """
        if badge.ends_on is not None and badge.ends_on < today:
            self.refused(Refusal.ENDED, staff_id)
            raise NotFound(_("This access ended on {day}.").format(day=badge.ends_on), _("A manager can renew it."))

    @contextmanager
    def noticing_changes(self, staff_id: StaffId) -> Iterator[None]:
        """Count it when what is read inside was changed from outside.

        Raises:
            Tampered: It was.
        """
        try:
            yield
        except Tampered:
            self.refused(Refusal.KEYS_CHANGED, staff_id)
            raise

    def refused(self, refusal: Refusal, staff_id: str = "") -> None:
        """Count that somebody was not let in."""
        note_failed_sign_in(self._file, self._device_key, staff_id, self._now(), refusal=refusal)

    def admitted(self, session: Session) -> None:
        """Tell the audit of whatever was refused since the last sign-in, and start counting anew for this person."""
        for failed in failed_sign_ins(self._file, self._device_key):
            if failed.unreported:
                about = self._person(StaffId(failed.staff_id)) if failed.staff_id else None
                session.store.audit(
                    AuditEvent(
                        at=session.now(), action=AuditAction.SIGN_IN_FAILED, who=None, who_name="",
                        why=str(failed.refusal) if failed.authentic else "the count was changed from outside",
                        outcome=Outcome.FAILURE, about=about.id if about else None,
                        about_name=about.name if about else "", count=failed.unreported,
                        happened_at=failed.last_at if failed.authentic else None,
                    )
                )  # fmt: skip
                note_reported(self._file, self._device_key, failed)
        note_right_secret(self._file, self._device_key, session.viewer.staff)
        self._since.pop(session.viewer.staff, None)

    def _now(self) -> dt.datetime:
        return self._clock.now().astimezone(dt.UTC)

    def _waits_since(self, counted: FailedSignIns) -> float:
        staff_id, now = counted.staff_id, self._clock.monotonic()
        if staff_id not in self._since:
            written = counted.waits_since
            if written is None or written > now:
                note_waiting(self._file, self._device_key, staff_id, now)
                written = now
            self._since[staff_id] = written
        return self._since[staff_id]

    def _person(self, staff_id: StaffId) -> Practitioner:
        """Return whose secret was wrong; without a name when they have left."""
        slot = self._file.slot(staff_id)
        if slot is None:
            return Practitioner(id=staff_id, name="", roles=frozenset())
        return practitioner(slot, read_badge(self._device_key, slot, self._file.vault_id))
