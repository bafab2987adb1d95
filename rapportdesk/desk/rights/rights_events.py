"""One thing that was asked about somebody's data, made and kept with its line in the record of who looked."""

import datetime as dt
from dataclasses import replace

from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, PurposeOfUse
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.task import Task

LONGEST = 500


def new_event(
    session: Session,
    patient_id: PatientId,
    right: Right,
    status: RightsStatus,
    *,
    about: RecordId | None = None,
    follows: RecordId | None = None,
    reason: str = "",
    asked_by: str = "",
    asked_by_name: str = "",
    checks: tuple[str, ...] = (),
    released: tuple[str, ...] = (),
    kept_back: tuple[str, ...] = (),
    until: dt.date | None = None,
    audience: Audience = Audience.EVERYONE,
) -> RightsEvent:
    """Return an event of this moment by the signed-in person, not kept yet; NotFound if there is no such patient."""
    return RightsEvent(
        id=RecordId(new_id()), patient=session.store.patient(patient_id).id, right=right, status=status,
        about=about, follows=follows, reason=reason, asked_by=asked_by, asked_by_name=asked_by_name,
        checks=checks, released=released, kept_back=kept_back, until=until, audience=audience,
        recorded_at=session.now(), recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name,
    )  # fmt: skip


def put_event(session: Session, event: RightsEvent, *, clinicians_only: bool = False) -> RightsEvent:
    """Keep an event; recorded as `record_event` does."""
    with session.transaction():
        kept = session.store.put(event)
        record_event(session, kept, clinicians_only=clinicians_only)
    return kept


def record_event(session: Session, event: RightsEvent, *, clinicians_only: bool) -> None:
    """Write an event's line; for clinicians only where it is sealed to them or reception may not know of it."""
    session.record(
        AuditAction.RIGHTS_RECORDED, event.patient, why=event.right.value, purpose=PurposeOfUse.PATIENT_REQUEST,
        clinicians_only=clinicians_only or event.audience is Audience.CLINICIANS,
    )  # fmt: skip


def hold_for(session: Session, former: RecordId, now: Note | Task) -> None:
    """Have what was asked about a thing hold for the one that takes its place, and be sealed as that is.

    Args:
        session: The sign-in; inside the transaction that replaces the thing.
        former: What it was kept under.
        now: What it is.
    """
    things = session.store.things(now.patient)
    about = [each for each in things if isinstance(each, RightsEvent) and each.about == former]
    ids = {each.id: RecordId(new_id()) for each in about}
    for each in about:
        follows = None if each.follows is None else ids.get(each.follows, each.follows)
        session.store.delete(each.id)
        session.store.put(replace(each, id=ids[each.id], about=now.id, follows=follows, audience=now.audience))


def one_line(text: str) -> str:
    """Return what was typed as one line; BadInput when it is too long."""
    words = clean_line(text)
    if len(words) > LONGEST:
        raise BadInput(_("That is too long: {most} letters are the most.").format(most=LONGEST))
    return words


def needed(text: str) -> str:
    """Return what was typed as one line; BadInput when there is nothing."""
    words = one_line(text)
    if not words:
        raise BadInput(_("Say in a few words why."))
    return words
