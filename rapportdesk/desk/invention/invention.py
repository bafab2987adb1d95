"""Any number of invented people from a seed, for trying and measuring at a size.

The same seed gives the same people and words; ids and times are the vault's own. What is rare at a desk is rare here:
a few were never asked or said no, a few have a topic for clinicians only, most have nothing open.
"""

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.invented_people import People
from rapportdesk.desk.invention.invented_words import Words, Written
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, Given
from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle, new_id
from rapportdesk.model.note import Audience
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.paths import RESOURCES
from rapportdesk.store.records.adding import NewPerson
from rapportdesk.store.records.payload import Thing

BATCH = 1000
"""People in one commit: bounded memory, and a commit now and then."""

VISITS_A_DAY = 40
"""Appointments of each day around today, however many people there are: a day is as long as it is."""

DAYS_AROUND = 14
"""Days before and after today that have such appointments."""

_SHARES = (2, 6, 8, 8, 8, 10, 13, 25, 0)
"""How notes are spread, in turn: many people have few, a few have many, and some have none."""

_PRACTITIONERS = ("Dr Osei", "Dr Hahn", "Nurse Lind", "Dr Achterberg")


def invent(
    desk: Desk, *, patients: int, notes: int, seed: int, progress: Callable[[int, int], None] | None = None
) -> int:
    """Fill the vault in which somebody is signed in.

    Args:
        desk: With somebody signed in; what is for clinicians only is invented where there is a clinician.
        patients: How many people.
        notes: How many notes, spread over them; without people there are none.
        seed: The same number invents the same people again.
        progress: Told after each commit how many people are there and how many there will be.

    Returns:
        How many records were written, people included.
    """
    session = desk.session()
    is_clinician_here = any(person.holds_clinicians_keys for person in desk.door())
    invention = Invention.begin(
        patients, notes, seed, now=session.now(), local=session.local_now(), by=session.viewer,
        for_clinicians=is_clinician_here,
    )  # fmt: skip
    written = 0
    for start in range(0, patients, BATCH):
        end = min(patients, start + BATCH)
        written += session.store.add_people(invention.person(number) for number in range(start, end))
        if progress is not None:
            progress(end, patients)
    desk.refill_index()
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class Invention:
    """People and what is known of them, one after the other; made by `begin`."""

    chance: random.Random
    people: People
    words: Words
    patients: int
    notes: int
    now: dt.datetime
    midnight: dt.datetime
    by: StaffId
    by_name: str
    for_clinicians: bool

    @classmethod
    def begin(
        cls, patients: int, notes: int, seed: int, *, now: dt.datetime, local: dt.datetime, by: Viewer,
        for_clinicians: bool,
    ) -> Self:  # fmt: skip
        """Begin with the first person.

        Args:
            patients: How many there will be.
            notes: How many notes, spread over them.
            seed: The same number invents the same people again.
            now: The moment before which everything was noted.
            local: The same in the practice's zone.
            by: Who noted it.
            for_clinicians: Whether something is for clinicians only.
        """
        source = json.loads((RESOURCES / "demo" / "invention.json").read_text(encoding="utf-8"))
        return cls(
            chance=random.Random(seed),  # noqa: S311  # invented people need no secrecy
            people=People(source), words=Words(source), patients=patients, notes=notes, now=now,
            midnight=local.replace(hour=0, minute=0, second=0, microsecond=0), by=by.staff, by_name=by.name,
            for_clinicians=for_clinicians,
        )  # fmt: skip

    def person(self, number: int) -> NewPerson:
        """Return the next person, who is that many after the first, with everything known of them."""
        patient = self.people.person(self.chance, number)
        return patient, tuple(self._things(patient.id, number))

    def _things(self, patient: PatientId, number: int) -> Iterator[Thing]:
        chance, share = self.chance, _share(number, self.patients, self.notes)
        draw = chance.random()
        yield from self._consents(patient, asked=bool(share) or draw < 0.5, refused=not share and draw < 0.15)
        topic: TopicHandle | None = None
        if self.for_clinicians and draw < 0.03:
            topic = TopicHandle(new_id())
            yield self._topic(patient, topic)
        about = Written(patient=patient, now=self.now, by=self.by, by_name=self.by_name, topic=topic)
        for _note in range(share):
            yield self.words.note(chance, about)
        yield from self._visits(patient, number)
        if chance.random() < 0.04:
            yield self._task(patient, ended=chance.random() < 0.75)

    def _consents(self, patient: PatientId, *, asked: bool, refused: bool) -> Iterator[ConsentEvent]:
        if not asked:
            return
        at = self.now - dt.timedelta(days=self.chance.randrange(1500, 2000))
        again = (self.now + dt.timedelta(days=self.chance.randrange(1, 400))).date() if refused else None
        for covers in (Covers.KEEP_NOTES,) if refused else (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS):
            yield ConsentEvent(
                id=RecordId(new_id()), patient=patient, covers=covers, given=Given.SPOKEN, where="counter",
                status=ConsentStatus.REJECTED if refused else ConsentStatus.ACTIVE, recorded_at=at, ask_again_on=again,
                recorded_by=self.by, recorded_by_name=self.by_name,
            )  # fmt: skip

    def _topic(self, patient: PatientId, handle: TopicHandle) -> TopicPermission:
        return TopicPermission(
            id=RecordId(new_id()), patient=patient, handle=handle, code=self.chance.choice(("MH", "PREGNANT", "HIV")),
            permission=Permission.CLINICIAN_ONLY, name_for=Audience.CLINICIANS,
            recorded_at=self.now - dt.timedelta(days=self.chance.randrange(1, 1500)),
            recorded_by=self.by, recorded_by_name=self.by_name,
        )  # fmt: skip

    def _visits(self, patient: PatientId, number: int) -> Iterator[Appointment]:
        """Yield somebody's visits: those of the days around today are the first people's, of whom some come again."""
        around = 2 * DAYS_AROUND + 1
        if number < VISITS_A_DAY * around:
            day, turn = divmod(number, VISITS_A_DAY)
            # today's are the first people's, so that there are some however few people there are
            yield self._visit(patient, (day + DAYS_AROUND) % around - DAYS_AROUND, turn)
        for _before in range(self.chance.choice((0, 0, 1, 1, 2, 4))):
            yield self._visit(patient, -self.chance.randrange(DAYS_AROUND + 1, 1100), self.chance.randrange(40))

    def _visit(self, patient: PatientId, day: int, turn: int) -> Appointment:
        start = self.midnight + dt.timedelta(days=day, hours=8, minutes=15 * turn % 600)
        status = AppointmentStatus.FULFILLED if day < 0 else AppointmentStatus.BOOKED
        if day < 0 and self.chance.random() < 0.08:
            status = AppointmentStatus.NOSHOW
        return Appointment(
            id=RecordId(new_id()), patient=patient, start=start.astimezone(dt.UTC), minutes=15, status=status,
            practitioner_name=_PRACTITIONERS[turn % len(_PRACTITIONERS)], status_at=min(start, self.now),
        )  # fmt: skip

    def _task(self, patient: PatientId, *, ended: bool) -> Task:
        chance = self.chance
        due = self.now - dt.timedelta(days=chance.randrange(3, 900)) if ended else (
            self.now + dt.timedelta(days=chance.randrange(-6, 120))
        )  # fmt: skip
        return Task(
            id=RecordId(new_id()), patient=patient, text=self.words.text(chance, 5),
            status=TaskStatus.COMPLETED if ended else TaskStatus.REQUESTED, due=due.date(),
            recorded_at=min(due, self.now) - dt.timedelta(days=7), recorded_by=self.by,
            recorded_by_name=self.by_name, ended_at=due if ended else None,
            ended_by_name=self.by_name if ended else "",
        )  # fmt: skip


def _share(number: int, patients: int, notes: int) -> int:
    """Return how many of the notes are this person's: in turn as `_SHARES` says, and exactly all of them in sum."""
    total = _up_to(patients)
    return notes * _up_to(number + 1) // total - notes * _up_to(number) // total


def _up_to(number: int) -> int:
    rounds, rest = divmod(number, len(_SHARES))
    return rounds * sum(_SHARES) + sum(_SHARES[:rest])
