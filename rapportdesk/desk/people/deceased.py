"""Marking somebody as having died: confirmed by a person, reversible, and told to every card that names them.

Nothing is deleted. While the mark stands the rules show no promise, no draft, no greeting and no question of theirs;
taking it back brings all of that back as it was.
"""

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from rapportdesk.desk.people.people import People
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.appointment import CALLED_OFF
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.deceased import AboutDeath, NamedOn
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.rules.card.named_on import may_be


class Deceased:
    """Who has died."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None], people: People) -> None:
        self._session = session
        self._refresh = refresh
        self._people = people

    def about(self, patient_id: PatientId) -> AboutDeath:
        """Return what a death stops, as the signed-in person may see it.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        known = session.known(patient_id)
        seen, now = session.seen_unopened(known), session.wall_now()
        ahead = sorted(each.start for each in known.appointments if each.start > now and each.status not in CALLED_OFF)
        return AboutDeath(
            patient=known.patient,
            promises=tuple(task.text for task in seen.tasks),
            visits=tuple(session.clock.local(start) for start in ahead),
        )

    def named_on_in_steps(self, patient_id: PatientId) -> Generator[tuple[int, int], None, tuple[NamedOn, ...]]:
        """Look through everybody's card for this person's name; other calls may be made between two steps.

        Yields:
            How many cards were looked at, twice: how many there are would have to be counted first.

        Returns:
            The cards that name them and that the signed-in person may read, as the generator's return value.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        who = session.store.patient(patient_id)
        may_name = list[Patient]()
        for looked_at, patient in enumerate(session.store.patients(), start=1):
            if any(may_be(person, patient, who) for person in patient.people):
                may_name.append(patient)
            yield looked_at, looked_at
        found = list[NamedOn]()
        for patient in sorted(may_name, key=lambda each: (each.sort_name or each.name, each.id)):
            found += self._among_people(session, patient, who)
            yield looked_at, looked_at
        session.index.deceased(())  # opened and brought up to date first, by a step of its own
        yield looked_at, looked_at
        return (*found, *self._in_notes(session, who))

    def mark(self, patient_id: PatientId, *, on: dt.date | None = None) -> Patient:
        """Mark somebody as having died; it can be undone, and taken back at any time.

        Args:
            patient_id: Who.
            on: The day, None when it is not known.

        Raises:
            BadInput: The day is still to come, or before their birth.
            NotFound: There is no such person.
        """
        session = self._session()
        before = session.store.patient(patient_id)
        if on is not None and (on > session.today() or (before.birth_date is not None and on < before.birth_date)):
            raise BadInput(_("That day cannot be right."), _("It is still to come, or before they were born."))
        after = self._keep(
            session, replace(before, deceased=True, deceased_on=on, alive_after_all=False), why="deceased"
        )
        if not before.deceased:
            session.can_undo(_("marked somebody as having died"), lambda: self._put_back(session, before))
        return after

    def take_back(self, patient_id: PatientId) -> Patient:
        """Say that somebody is alive after all, which no import overrules; it can be undone.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        before = session.store.patient(patient_id)
        alive = replace(before, deceased=False, deceased_on=None, alive_after_all=True)
        after = self._keep(session, alive, why="not deceased")
        session.can_undo(_("took back that somebody has died"), lambda: self._put_back(session, before))
        return after

    def mark_on_card(self, patient_id: PatientId, person: str, *, on: dt.date | None = None) -> Patient:
        """Let another card know that one of its people has died; it can be undone.

        Args:
            patient_id: Whose card.
            person: Id of the related person on it.
            on: The day, None when it is not known.

        Raises:
            NotFound: There is no such person on that card, or they may not be seen there.
        """
        session = self._session()
        seen = session.seen_unopened(session.known(patient_id))
        if person not in {each.id for each in seen.people}:
            raise NotFound(_("That is no longer there."))
        people = tuple(
            replace(each, deceased=True, deceased_on=on or each.deceased_on) if each.id == person else each
            for each in seen.patient.people
        )
        return self._people.update(replace(seen.patient, people=people))

    def _keep(self, session: Session, patient: Patient, *, why: str) -> Patient:
        with session.transaction():
            session.store.put_patient(patient)
            session.record(AuditAction.PERSON_CHANGED, patient.id, why=why)
        self._refresh(patient.id)
        return patient

    def _put_back(self, session: Session, before: Patient) -> None:
        """Put back whether they live and nothing else: what was changed about them since then stays."""
        now = session.store.patient(before.id)
        again = replace(
            now, deceased=before.deceased, deceased_on=before.deceased_on, alive_after_all=before.alive_after_all
        )
        self._keep(session, again, why="deceased" if before.deceased else "not deceased")

    def _among_people(self, session: Session, patient: Patient, who: Patient) -> Iterator[NamedOn]:
        seen = session.seen_unopened(session.known(patient.id))
        for person in seen.people:
            if may_be(person, patient, who):
                called = ", ".join(part for part in (person.name, person.relation) if part)
                yield NamedOn(patient=patient, person=person.id, relation=called, deceased=person.deceased)

    def _in_notes(self, session: Session, who: Patient) -> Iterator[NamedOn]:
        """Whose visible notes hold every part of the name, each card once."""
        found = session.index.find_words(who.name)
        for patient_id in dict.fromkeys(patient_id for _note, patient_id in found.hits if patient_id != who.id):
            yield NamedOn(patient=session.store.patient(patient_id))
