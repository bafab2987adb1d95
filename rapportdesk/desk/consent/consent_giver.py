"""Who speaks for the patient, and by what right: a parent until the young person decides, others with proof noted."""

from dataclasses import dataclass
from typing import Any

from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.rules.consent.consent_state import has_authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Who spoke, as they and their authority stood then; without a person it was the patient.

    Attributes:
        may_decide: They may answer for the patient now.
    """

    person: RelatedPerson | None = None
    proof: str = ""
    may_decide: bool = True

    @classmethod
    def of(cls, session: Session, patient_id: PatientId, person: str, *, proof: str = "") -> "Giver":
        """Return the related person with this id or name as the giver.

        Raises:
            NotFound: The patient has no such related person.
        """
        patient = session.store.patient(patient_id)
        found = related_person(patient.people, person)
        seen = proof or found.authority_proof
        may = has_authority(found, session.today()) and found.unsafe_since is None
        if found.authority is Authority.PARENTAL:
            age = patient.age_on(session.today())
            may = may and age is not None and age < session.practice.guardian_until
        else:
            may = may and bool(seen)
        return cls(person=found, proof=seen, may_decide=may)

    def need_authority(self, agreed_about: RelatedPerson | None = None) -> None:
        """Refuse unless whoever spoke may answer for the patient, with a yes or a no.

        Args:
            agreed_about: With whom they agreed that the practice may talk; nobody agrees to that about themself.

        Raises:
            NotAllowed: They may not.
        """
        if agreed_about is not None and self.person is not None and agreed_about.id == self.person.id:
            raise NotAllowed(_("Nobody agrees for the patient about themself."), _("Ask the patient."))
        if not self.may_decide:
            raise NotAllowed(
                _("They cannot decide for the patient as things stand."),
                _("Note their authority and what you saw of it on the card; until then only adjustments are kept."),
            )

    def as_said(self) -> dict[str, Any]:
        """Return what an event says of whoever gave it, under the names of `ConsentEvent`."""
        if self.person is None:
            return {}
        return {
            "given_by": self.person.id,
            "given_by_name": self.person.name,
            "authority": self.person.authority,
            "authority_proof": self.proof,
            "authority_scope": self.person.authority_scope,
            "authority_until": self.person.authority_until,
        }


def related_person(people: tuple[RelatedPerson, ...], person: str) -> RelatedPerson:
    """Return the related person with this id or, if just one has it, this name.

    Raises:
        NotFound: There is none, or the name fits several.
    """
    found = [each for each in people if each.id == person]
    found = found or [each for each in people if each.name.casefold() == person.casefold()]
    if len(found) != 1:
        raise NotFound(_("That person is not among those on the card."), _("Add them to the card first."))
    return found[0]


def need_to_be_alone(session: Session, patient_id: PatientId, about: RelatedPerson) -> None:
    """Refuse to take down a yes about somebody unsafe unless the desk was told that the patient is alone.

    Raises:
        BadInput: It was not.
    """
    if about.unsafe_since is not None and session.company.get(patient_id) != frozenset():
        raise BadInput(
            _("This is asked when they are alone."), _("Say so first under “Someone is with them”, then ask.")
        )
