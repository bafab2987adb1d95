"""Patients as people: who they are, how to reach them, and the card one viewer may read.

Contact safety, once set at the desk, is changed only at the desk. Opening a card is recorded; looking somebody up to
tell two people apart is not.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.brief.reading import new_in, opened_anew
from rapportdesk.desk.consent.consents import Consents
from rapportdesk.desk.note.text import can_be_seen, clean_line, clean_name, clean_text
from rapportdesk.desk.people.common_ground import own_interests, spoken_alike
from rapportdesk.desk.people.identity_changes import identity_history, keep_change
from rapportdesk.desk.people.left import leave, turn_to
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, PurposeOfUse
from rapportdesk.model.company import Companions
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.identity_change import IdentityVersion
from rapportdesk.model.patient import ContactPoint, Identifier, Patient, RelatedPerson
from rapportdesk.model.shown import Card, OwnView, PersonHit
from rapportdesk.rules.brief.common_ground import card_with_common_ground
from rapportdesk.rules.brief.unread import card_with_new
from rapportdesk.rules.card.card import compose_card
from rapportdesk.rules.rights.own_view import compose_own_view
from rapportdesk.rules.visibility import Company


class People:
    """The patients of the practice."""

    def __init__(
        self, session: Callable[[], Session], refresh: Callable[[PatientId], None], consents: Consents
    ) -> None:
        self._session = session
        self._refresh = refresh
        self._consents = consents

    def add(self, patient: Patient) -> Patient:
        """Keep a new person and return them as kept; an empty id is given a new one.

        Raises:
            BadInput: The name is empty or something in it cannot be kept.
        """
        session = self._session()
        kept = _learnt(tidy(replace(patient, id=patient.id or PatientId(new_id()))), None, session.now())
        with session.transaction():
            session.store.put_patient(kept)
            session.record(AuditAction.PERSON_CHANGED, kept.id, why="added")
            self._consents.heard_what_they_may_hear(None, kept)
        session.index_follows(kept.id)
        return kept

    def get(self, patient_id: PatientId) -> Patient:
        """Return who somebody is.

        Raises:
            NotFound: There is no such person.
        """
        return self._session().store.patient(patient_id)

    def update(self, patient: Patient) -> Patient:
        """Keep the changed identity of a person; it can be undone.

        Raises:
            BadInput: The name is empty or something in it cannot be kept.
            NotFound: There is no such person.
        """
        session = self._session()
        before = session.store.patient(patient.id)
        learnt = _learnt(tidy(patient), before, self._consents.newest_moment(patient.id))
        after = _set_at_the_desk(learnt, before)
        with session.transaction():
            change = keep_change(session, before, after)
            kept = self._keep(session, after, before)
        session.can_undo(_("changed details"), lambda: self._put_back(session, before, change))
        return kept

    def identity_history(self, patient_id: PatientId) -> tuple[IdentityVersion, ...]:
        """Return what the card said of who somebody is before it was put right, newest first; recorded as a look at it.

        Raises:
            NotFound: There is no such person.
        """
        return identity_history(self._session(), patient_id)

    def any(self) -> bool:
        """Return whether the practice has any patient yet."""
        return next(iter(self._session().store.patients()), None) is not None

    def card(self, patient_id: PatientId) -> Card:
        """Return what the signed-in person may read about somebody; recorded as a view of the card.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        opened_anew(session, patient_id)
        card = self.card_unrecorded(patient_id)
        session.record(AuditAction.CARD_VIEWED, patient_id)
        turn_to(session, patient_id)
        return card

    def card_unrecorded(self, patient_id: PatientId) -> Card:
        """Return the card as `card` does, for repainting one that is already open."""
        session = self._session()
        known = session.known(patient_id)
        card = compose_card(
            known,
            session.viewer,
            session.company_of(known),
            session.local_now(),
            namesakes=session.index.namesakes(known.patient),
            opened=session.opened.get(patient_id, frozenset()),
            guardian_until=session.practice.guardian_until,
            emergency=patient_id in session.emergency,
        )
        card = card_with_common_ground(card, own_interests(session), session.viewer.name, spoken_alike())
        return card_with_new(card, new_in(session, card))

    def own_view(self, patient_id: PatientId) -> OwnView:
        """Return what somebody may read of themself on a screen turned to them; recorded as looked at by their request.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        known = session.known(patient_id)
        view = compose_own_view(
            known, session.company_of(known), session.local_now(), guardian_until=session.practice.guardian_until
        )
        session.record(AuditAction.CARD_VIEWED, patient_id, purpose=PurposeOfUse.PATIENT_REQUEST)
        return view

    def namesakes(self, patient: Patient) -> tuple[PersonHit, ...]:
        """Return the others whose name or birth date is near this one's, before or after they are added."""
        return self._session().index.namesakes(patient)

    def company(self, patient_id: PatientId) -> Company:
        """Return who is with the patient today: ids of related persons, empty for alone, None for unknown."""
        session = self._session()
        return session.company_of(session.known(patient_id))

    def leave(self, patient_id: PatientId) -> None:
        """Close what is open of somebody who is being left, and take back that they are alone.

        Whoever opens somebody else leaves them by that; this is for a card that is covered or put away.
        """
        leave(self._session(), patient_id)

    def set_company(self, patient_id: PatientId, company: Company) -> None:
        """Say who is with the patient; what was opened while they were alone closes at once when that ends.

        Whoever is named is named for today, to everybody who signs in. That nobody knows holds for this sign-in, that
        the patient is alone until they are left; both take back for the others who was named before, but for a
        clinician, who says so in order to open what waits, of which the desk must notice nothing.

        Args:
            patient_id: With whom.
            company: Ids of related persons, and `NOT_ON_THE_CARD` with a name for anybody else; empty for alone, None
                for unknown.
        """
        session = self._session()
        company = None if company is None else frozenset(map(clean_line, company))
        if company != frozenset():  # before anything is written: a full disk leaves nothing open in front of anybody
            session.company[patient_id] = company
            session.opened.pop(patient_id, None)
        # A clinician says so in order to open what waits, of which reception knows nothing.
        session.record(AuditAction.COMPANY_SET, patient_id, clinicians_only=session.viewer.is_clinician)
        before = next(iter(session.known(patient_id).companions), None)
        if company or (before is not None and not session.viewer.is_clinician):
            session.store.put(
                Companions(
                    id=before.id if before else RecordId(new_id()),
                    patient=patient_id,
                    on=session.today(),
                    people=tuple(sorted(company or ())),
                    said_at=session.now(),
                    said_by=session.viewer.staff,
                    said_by_name=session.viewer.name,
                )
            )
        session.company[patient_id] = company
        self._refresh(patient_id)

    def _keep(self, session: Session, patient: Patient, before: Patient) -> Patient:
        with session.transaction():
            session.store.put_patient(patient)
            session.record(AuditAction.PERSON_CHANGED, patient.id)
            self._consents.heard_what_they_may_hear(before, patient)
        self._refresh(patient.id)  # a birth date or an authority decides whether notes may be found
        return patient

    def _put_back(self, session: Session, patient: Patient, change: RecordId | None) -> None:
        with session.transaction():
            self._keep(session, patient, session.store.patient(patient.id))
            if change is not None:
                session.store.delete(change)


def _set_at_the_desk(patient: Patient, before: Patient) -> Patient:
    """Return the person with each way to reach them that was changed marked as ours: no import touches it again."""
    as_it_was = set(before.contact_points)
    return replace(
        patient,
        contact_points=tuple(
            point if point in as_it_was else replace(point, from_import=False) for point in patient.contact_points
        ),
    )


def _learnt(patient: Patient, before: Patient | None, now: dt.datetime) -> Patient:
    """Return the person with the moment at which the desk learnt that somebody in their life is not safe for them."""
    known = {person.id: person.unsafe_since for person in before.people} if before else {}
    return replace(
        patient,
        people=tuple(
            person if person.unsafe_since is None else replace(person, unsafe_since=known.get(person.id) or now)
            for person in patient.people
        ),
    )


def tidy(patient: Patient) -> Patient:
    """Return the person with every line of text fit to be kept.

    Raises:
        BadInput: The name is empty, or something in it cannot be kept.
    """
    name = clean_name(patient.name)
    if not can_be_seen(name):
        raise BadInput(_("A person needs a name."), _("One name is enough."))
    return replace(
        patient,
        name=name,
        sort_name=clean_name(patient.sort_name),
        own_script_name=clean_name(patient.own_script_name),
        preferred_name=clean_name(patient.preferred_name),
        say=clean_line(patient.say),
        pronouns=clean_line(patient.pronouns),
        former_names=tuple(filter(None, map(clean_name, patient.former_names))),
        languages=_lines(patient.languages),
        interpreter=clean_line(patient.interpreter),
        identifiers=tuple(tidied for tidied in map(_tidy_identifier, patient.identifiers) if tidied.value),
        contact_points=tuple(tidied for tidied in map(_tidy_contact, patient.contact_points) if tidied.value),
        people=tuple(tidied for tidied in map(_tidy_person, patient.people) if tidied.name),
    )


def _lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in map(clean_line, lines) if line)


def _tidy_identifier(identifier: Identifier) -> Identifier:
    return replace(
        identifier,
        system=clean_line(identifier.system),
        value=clean_line(identifier.value),
        label=clean_line(identifier.label),
    )


def _tidy_contact(point: ContactPoint) -> ContactPoint:
    return replace(
        point,
        value=clean_line(point.value),
        shared_with=clean_line(point.shared_with),
        may_say=clean_text(point.may_say),
    )


def _tidy_person(person: RelatedPerson) -> RelatedPerson:
    return replace(
        person,
        id=person.id or new_id(),
        name=clean_name(person.name),
        relation=clean_line(person.relation),
        authority_proof=clean_line(person.authority_proof),
        authority_scope=clean_line(person.authority_scope),
        may_hear=clean_line(person.may_hear),
    )
