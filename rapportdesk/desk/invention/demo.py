"""A believable day at a small clinic that does not exist: for trying RapportDesk, and for its pictures.

Everybody in `resources/demo/clinic.json` is invented. Nothing here touches the password store or leaves anything
behind.
"""

import datetime as dt
import json
from typing import Any

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.desk.invention.invention import invent
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.desk.session import Session
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, Given
from rapportdesk.model.identity import PatientId, RecordId, TopicHandle, new_id
from rapportdesk.model.note import AdjustmentCategory, Audience, ConsentBasis, Note, NoteKind, PreferenceArea, Source
from rapportdesk.model.patient import (
    Authority,
    ContactPoint,
    ContactSafety,
    ContactSystem,
    Identifier,
    Patient,
    RelatedPerson,
)
from rapportdesk.model.staff import Role
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.paths import RESOURCES

__all__ = ["DEMO_SECRET", "MemoryCustody", "fill_clinic", "founder", "invent", "opening_hours"]

DEMO_SECRET = "leeks and bara brith"  # noqa: S105  # opens the invented clinic alone, and is shown on its sign-in
SLOT = dt.timedelta(minutes=20)


def opening_hours(now: dt.datetime) -> dt.datetime:
    """Return `now`, or 09:04 of its day when a clinic would be closed at that hour.

    Args:
        now: The local time, aware.
    """
    if dt.time(8, 40) <= now.time() <= dt.time(16, 30):
        return now
    return now.replace(hour=9, minute=4, second=0, microsecond=0)


def founder() -> Founder:
    """Return the invented clinic's first person, its manager."""
    return Founder(
        clinic_name=_clinic()["clinic"],
        name="Ben Morgan",
        roles=frozenset({Role.MANAGER, Role.RECEPTION}),
        secret=DEMO_SECRET,
        sheet_holder="Ben Morgan",
    )


def fill_clinic(desk: Desk) -> None:
    """Fill a freshly founded vault, in which the founder is signed in, with staff and a day around the desk's clock.

    Afterwards nobody is signed in.
    """
    clinic = _clinic()
    session = desk.session()
    manager = desk.viewer
    for person in clinic["staff"]:
        if person["name"] != manager.name:
            roles = frozenset(Role(role) for role in person["roles"])
            desk.staff.add(person["name"], roles, DEMO_SECRET, must_change=False)
    desk.sheets.new_desk_sheet(next(each["name"] for each in clinic["staff"] if each["name"] != manager.name))
    with session.store.transaction():
        for row in clinic["patients"]:
            _Person(session, row).keep()
    desk.lock()
    _admit_everybody(desk)


def _admit_everybody(desk: Desk) -> None:
    holder = next(each for each in desk.door() if each.holds_clinicians_keys)
    desk.sign_in(holder.id, DEMO_SECRET)
    for each in desk.staff.list():
        if Role.CLINICIAN in each.roles and not each.holds_clinicians_keys:
            desk.staff.admit(each.id)
    desk.sheets.new_clinicians_sheet(holder.name)
    desk.lock()


def _clinic() -> Any:
    return json.loads((RESOURCES / "demo" / "clinic.json").read_text(encoding="utf-8"))


class _Person:
    """One row of the invented clinic, and how its parts are kept."""

    def __init__(self, session: Session, row: dict[str, Any]) -> None:
        self.session = session
        self.row = row
        self.id = PatientId(new_id())
        self.now = session.now()
        self.people = tuple(_related(each) for each in row.get("people", ()))
        self.handles: dict[str, TopicHandle] = {}

    def keep(self) -> None:
        store, row = self.session.store, self.row
        store.put_patient(self._patient())
        for consent in self._consents():
            store.put(consent)
        for topic in row.get("topics", ()):
            store.put(self._topic(*topic))
        for note in row["notes"]:
            store.put(self._note(*note))
        for kind, text, days, code in row.get("clinicians_notes", ()):
            store.put(self._clinicians_note(kind, text, days, code))
        for promise in row.get("promises", ()):
            store.put(self._task(*promise))
        if "visit" in row:
            store.put(self._visit(*row["visit"]))

    def _patient(self) -> Patient:
        row = self.row
        born = row["born"]
        return Patient(
            id=self.id, name=row["name"], sort_name=row.get("sort", ""), own_script_name=row.get("script", ""),
            preferred_name=row["called"], say=row.get("say", ""), pronouns=row["pronouns"],
            birth_date=dt.date.fromisoformat(born) if born else None,
            identifiers=(Identifier(value=row["number"]),), languages=tuple(row["languages"]),
            interpreter=row.get("interpreter", ""),
            contact_points=tuple(_contact(*each) for each in row.get("contacts", ())),
            people=self.people, deceased=row.get("deceased", False),
        )  # fmt: skip

    def _consents(self) -> list[ConsentEvent]:
        answer = self.row.get("consent", "active")
        if answer == "none":
            return []
        if answer == "refused":
            return [self._consent(Covers.KEEP_NOTES, ConsentStatus.REJECTED)]
        agreed = [self._consent(covers) for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS)]
        return agreed + [self._consent(Covers.TALK_WITH, person=each.id) for each in self.people if each.may_hear]

    def _consent(
        self, covers: Covers, status: ConsentStatus = ConsentStatus.ACTIVE, *, person: str = ""
    ) -> ConsentEvent:
        at = self.now - dt.timedelta(days=1000)
        again = self.session.today() + dt.timedelta(days=200) if status is ConsentStatus.REJECTED else None
        return ConsentEvent(
            id=RecordId(new_id()), patient=self.id, covers=covers, status=status, recorded_at=at, person=person,
            valid_from=self.session.clock.local(at).date(), given=Given.SPOKEN, where="counter", ask_again_on=again,
            **self._by(),
        )  # fmt: skip

    def _topic(self, code: str, permission: str, name_for: str) -> TopicPermission:
        handle = self.handles[code] = TopicHandle(new_id())
        return TopicPermission(
            id=RecordId(new_id()), patient=self.id, handle=handle, code=code, permission=Permission(permission),
            name_for=Audience(name_for), recorded_at=self.now - dt.timedelta(days=60), **self._by(),
        )  # fmt: skip

    def _note(
        self, kind: str, text: str, days: int, quote: bool = False, ask: str = "", area: str = "", understood: str = "",
        adjustment: str = "",
    ) -> Note:  # fmt: skip
        basis = {"please-dont": ConsentBasis.PROTECTION, "adjustment": ConsentBasis.LEGAL_DUTY}
        return Note(
            id=RecordId(new_id()), patient=self.id, kind=NoteKind(kind), text=text, quote=quote, ask_about=ask,
            source=Source.SAID_BY_PATIENT if quote else Source.OBSERVED_BY_STAFF,
            noted_at=self.now - dt.timedelta(days=days), basis=basis.get(kind, ConsentBasis.CONSENT),
            boundary=kind == "please-dont", preference_area=PreferenceArea(area) if area else None,
            understood=understood, adjustment=AdjustmentCategory(adjustment) if adjustment else None,
            review_after=self.session.today() if days > 700 else None, **self._noted_by(),
        )  # fmt: skip

    def _clinicians_note(self, kind: str, text: str, days: int, code: str) -> Note:
        return Note(
            id=RecordId(new_id()), patient=self.id, kind=NoteKind(kind), text=text, topic=self.handles[code],
            audience=Audience.CLINICIANS, noted_at=self.now - dt.timedelta(days=days), **self._noted_by(),
        )  # fmt: skip

    def _task(self, text: str, days: int, time: str = "") -> Task:
        return Task(
            id=RecordId(new_id()), patient=self.id, text=text, due=self.session.today() + dt.timedelta(days=days),
            due_time=dt.time.fromisoformat(time) if time else None, owner_name="Ana Ruiz",
            recorded_at=self.now - dt.timedelta(days=3), **self._by(),
        )  # fmt: skip

    def _visit(self, slot: int, practitioner: str, minutes: int, status: str, ago: int = 0) -> Appointment:
        local = self.session.local_now()
        first = local.replace(minute=local.minute // 20 * 20, second=0, microsecond=0)
        since = self.now - dt.timedelta(minutes=ago)
        came = {"arrived": since, "checked-in": since - dt.timedelta(minutes=5)}.get(status)
        return Appointment(
            id=RecordId(new_id()), patient=self.id, start=(first + slot * SLOT).astimezone(dt.UTC), minutes=minutes,
            status=AppointmentStatus(status), practitioner_name=practitioner, arrived_at=came,
            in_room_at=since if status == "checked-in" else None, status_at=since,
            new_here=self.row.get("new_here", False),
        )  # fmt: skip

    def _by(self) -> dict[str, Any]:
        return {"recorded_by": self.session.viewer.staff, "recorded_by_name": self.session.viewer.name}

    def _noted_by(self) -> dict[str, Any]:
        return {"noted_by": self.session.viewer.staff, "noted_by_name": self.session.viewer.name}


def _contact(system: str, value: str, safety: str, not_before: str = "", not_after: str = "") -> ContactPoint:
    return ContactPoint(
        system=ContactSystem(system), value=value, safety=ContactSafety(safety),
        not_before=dt.time.fromisoformat(not_before) if not_before else None,
        not_after=dt.time.fromisoformat(not_after) if not_after else None,
    )  # fmt: skip


def _related(row: dict[str, Any]) -> RelatedPerson:
    return RelatedPerson(**{**row, "id": new_id(), "authority": Authority(row.get("authority", "none"))})
