"""What is safe: everything up to a moment, unfinished notes, and how old the schedule is.

It is read off the record of what was done, without the lines that reception may not know of, so that it says the same
whatever clinicians have written among themselves.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice

from rapportdesk.desk.note.drafts import Drafts
from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome
from rapportdesk.model.kept import Kept

CHANGES = frozenset(
    {
        AuditAction.VAULT_CREATED, AuditAction.PERSON_CHANGED, AuditAction.NOTE_WRITTEN, AuditAction.NOTE_CHANGED,
        AuditAction.CONSENT_RECORDED, AuditAction.TOPIC_SET, AuditAction.TASK_CHANGED, AuditAction.APPOINTMENT_CHANGED,
        AuditAction.CONTACT_LOGGED, AuditAction.IMPORTED, AuditAction.ERASED, AuditAction.STAFF_CHANGED,
        AuditAction.PRACTICE_CHANGED, AuditAction.RIGHTS_RECORDED,
    }
)  # fmt: skip
"""What is done to what is kept, as against looking at it."""

_LOOKED_BACK = 1_000
"""Lines of the record that are looked through at most: some tens of milliseconds. Lines that reception may not know of
do not count, or their number would decide how far back the desk remembers."""


def what_is_kept(session: Callable[[], Session], drafts: Drafts) -> Kept:
    """Return what is safe; raises NotSignedIn when nobody is signed in."""
    signed_in = session()
    until = schedule_from = None
    for event in _kept(signed_in):
        moment = signed_in.clock.local(event.at)
        until = until or moment
        if event.action is AuditAction.IMPORTED:
            schedule_from = moment
            break
    return Kept(until=until, schedule_from=schedule_from, drafts=len(drafts.mine()))


def kept_until(session: Session) -> dt.datetime | None:
    """Return when something was last kept, with an offset; None when nothing is known of it."""
    return next((event.at for event in _kept(session)), None)


def _kept(session: Session) -> Iterator[AuditEvent]:
    """Return the lines that tell of something kept, newest first."""
    for event in islice(_told(session), _LOOKED_BACK):
        if event.outcome is Outcome.SUCCESS and event.action in CHANGES:
            yield event


def _told(session: Session) -> Iterator[AuditEvent]:
    """Return the lines that reception may know of, newest first."""
    before = None
    while lines := session.store.audit_page(before=before, most=_LOOKED_BACK):
        yield from (line.event for line in lines if not line.event.clinicians_only)
        before = lines[-1].sequence
