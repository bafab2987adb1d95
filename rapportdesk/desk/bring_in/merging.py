"""Two cards that are one person's become one, because a person said so, and can be taken apart again as they were.

Nothing is moved and nothing is guessed: the other card becomes a part, what was noted on it stays where it was, and of
two permissions the stricter one counts. Search and Today show one person from then on.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from rapportdesk.desk.people.knowing import known_of
from rapportdesk.desk.people.left import close_emergency
from rapportdesk.desk.people.people import tidy
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.joined import Joined
from rapportdesk.model.patient import Patient
from rapportdesk.model.rights import Right, RightsEvent
from rapportdesk.rules.joined import one_patient, stricter_answers
from rapportdesk.rules.rights.rights_state import in_force
from rapportdesk.store.sealed_store import SealedStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two cards side by side, for whoever has to say whether they are one person's.

    Attributes:
        stays, other: As each says who it is.
        becomes: Who the card that stays would be.
        stricter: Where both have an answer, the one that would count.
    """

    stays: Patient
    other: Patient
    becomes: Patient
    stricter: tuple[ConsentEvent, ...] = ()


class Merging:
    """Cards that are one person's."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None]) -> None:
        self._session = session
        self._refresh = refresh

    def compare(self, stays: PatientId, other: PatientId) -> Compared:
        """Return both cards and what they would become; nothing is changed.

        Raises:
            BadInput: They are the same card, or parts of it.
            NotFound: One of them is not there.
        """
        return _compared(self._session(), stays, other)[0]

    def join(self, stays: PatientId, other: PatientId) -> Joined:
        """Make one person of two cards; it can be undone, at once and later.

        Raises:
            BadInput: They are the same card, or parts of it.
            NotFound: One of them is not there.
        """
        session = self._session()
        compared, people = _compared(session, stays, other)
        joined = Joined(
            id=RecordId(new_id()), patient=compared.stays.id, other=compared.other.id, joined_at=session.now(),
            joined_by=session.viewer.staff, joined_by_name=session.viewer.name, before=compared.stays,
            after=tidy(compared.becomes), people=people,
            consents=tuple(replace(each, id=RecordId(new_id())) for each in compared.stricter),
        )  # fmt: skip
        with session.transaction():
            session.store.put_patient(joined.after)
            session.store.join(joined.other, joined.patient)
            joined = session.store.put(joined)
            self._told(session, joined, why="joined with another card")
            session.can_undo(_("joined two cards"), lambda: self._part(session, joined))
        self._follow(session, joined)
        return joined

    def of(self, patient_id: PatientId) -> tuple[Joined, ...]:
        """Return how this person's cards were joined, the last one first."""
        session = self._session()
        store = session.store
        found = [
            (each, (-depth, each.joined_at))
            for depth, part in enumerate(store.parts(patient_id))
            for each in store.things_of_part(part)
            if isinstance(each, Joined)
        ]
        return tuple(each for each, _order in sorted(found, key=lambda pair: pair[1], reverse=True))

    def part(self, joined_id: RecordId) -> None:
        """Let two cards stand by themselves again, each with everything that was noted on it.

        What was noted since stays with the card that stayed, and details that were changed since stay changed. What a
        law has held since it holds on both, until a manager ends it: nobody can say whose it was.

        Raises:
            BadInput: Another card was joined later; that one comes first.
            NotFound: They were taken apart already.
        """
        session = self._session()
        found = session.store.thing(joined_id)
        if not isinstance(found, Joined):
            raise NotFound(_("That is no longer there."))
        with session.transaction():
            self._part(session, found)
            session.cannot_undo()  # a change made while they were one would bring the other's details onto this card

    def _part(self, session: Session, joined: Joined) -> None:
        whole = session.store.patient(joined.patient)
        home = _home_of(session, joined)
        later = [each for each in session.store.things_of_part(home) if isinstance(each, Joined)]
        order = session.store.parts(home)
        latest = max(later, key=lambda each: (each.joined_at, order.index(each.other)))
        if home != whole.id or latest.id != joined.id:
            raise BadInput(_("Another card was joined with this one later."), _("Take the later one apart first."))
        held = _held_since(session, joined)
        with session.transaction():
            session.store.delete(joined.id)
            session.store.take_apart(joined.other)
            for each in held:
                session.store.put(each)
            session.store.put_patient(as_before(joined, whole))
            changes_as_before(session.store, joined)
            self._told(session, joined, why="taken apart from another card")
            session.leave_no_bytes()
        self._follow(session, joined)

    def _told(self, session: Session, joined: Joined, *, why: str) -> None:
        for each in (joined.patient, joined.other):
            session.record(AuditAction.PERSON_CHANGED, each, why=why)

    def _follow(self, session: Session, joined: Joined) -> None:
        for each in (joined.patient, joined.other):
            session.opened.pop(each, None)
            session.company.pop(each, None)
            close_emergency(session, each)  # the reason was given for one card, and not for what the other holds
        session.index_follows(joined.other, joined.patient)


def _held_since(session: Session, joined: Joined) -> tuple[RightsEvent, ...]:
    """Return, for the card that goes, the legal holds that were made while it was a part of the other one."""
    events = (each for each in session.store.things_of_part(joined.patient) if isinstance(each, RightsEvent))
    holds = in_force(tuple(events), Right.LEGAL_HOLD, session.day_for_erasing())
    return tuple(
        replace(each, id=RecordId(new_id()), patient=joined.other, follows=None)
        for each in holds
        if each.recorded_at >= joined.joined_at
    )


def _home_of(session: Session, joined: Joined) -> PatientId:
    """Return the card on which it lies that another became a part of it."""
    for part in session.store.parts(joined.patient):
        if any(each.id == joined.id for each in session.store.things_of_part(part) if isinstance(each, Joined)):
            return part
    raise NotFound(_("That is no longer there."))


def _compared(session: Session, stays: PatientId, other: PatientId) -> tuple[Compared, tuple[tuple[str, str], ...]]:
    store = session.store
    one, two = store.patient(stays), store.patient(other)
    if one.id == two.id:
        raise BadInput(_("These are one card already."), _("Choose another person."))
    became = one_patient(one, two)
    stricter = stricter_answers(
        known_of(store, one), known_of(store, two), became.people, session.local_now(),
        guardian_until=session.practice.guardian_until,
    )  # fmt: skip
    return Compared(stays=one, other=two, becomes=became.patient, stricter=stricter), became.people


def changes_as_before(store: SealedStore, joined: Joined) -> None:
    """Let what is kept of changes made while two cards were one tell of the card that stayed alone."""
    for each in store.things_of_part(joined.patient):
        if not isinstance(each, IdentityChange) or each.changed_at < joined.joined_at:
            continue
        before, after = as_before(joined, each.before), as_before(joined, each.after)
        if before == after:
            store.delete(each.id)
        elif (before, after) != (each.before, each.after):
            store.put(replace(each, before=before, after=after))


def as_before(joined: Joined, now: Patient) -> Patient:
    """Return who the card that stayed was before, with whatever somebody has changed since left as it was changed."""
    changed = {
        each.name: getattr(now, each.name)
        for each in fields(Patient)
        if getattr(now, each.name) != getattr(joined.after, each.name)
    }
    return replace(joined.before, **changed)
