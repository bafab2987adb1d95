"""What may be said to whoever is on the line: only to the patient, or to somebody they agreed to talking with.

Whoever was refused, whose yes was taken back, who was never asked about and whom nobody knows read the same: they are
not offered by name, and one sentence is said to all of them. A name, a date or a yes that is not proved says nothing.
"""

from collections.abc import Collection

from rapportdesk.language import _
from rapportdesk.model.communication import CallAnswer, Caller, CallView, Check, Speaker
from rapportdesk.model.patient import Authority, ContactSafety, ContactSystem, Patient, RelatedPerson
from rapportdesk.rules.visibility import Seen

ENOUGH = 2
"""Things asked and answered rightly after which a caller counts as who they say."""


def compose_call(seen: Seen) -> CallView:
    """Return what the screen of a call shows of one patient."""
    return CallView(
        patient=seen.patient.id,
        name=seen.patient.name,
        birth_date=seen.patient.birth_date,
        callers=tuple(Caller(id=person.id, words=_called(person)) for person in _may_be_told(seen)),
    )


def what_may_be_said(seen: Seen, speaker: Speaker, person: str, checks: Collection[Check]) -> CallAnswer:
    """Return what may be said.

    Args:
        seen: What the one who answers the call may be shown of the patient.
        speaker: Who is on the line.
        person: Id of the related person, for `Speaker.RELATED`.
        checks: What they were asked and answered rightly.
    """
    if not seen.patient.deceased and proved(seen.patient, checks):
        if speaker is Speaker.PATIENT:
            return CallAnswer(may_talk=True, sentence=_("You may talk with them. Keep to what their card says."))
        found = next((each for each in _may_be_told(seen) if each.id == person), None)
        if speaker is Speaker.RELATED and found is not None:
            return CallAnswer(may_talk=True, sentence=_hears(found))
    return CallAnswer(may_talk=False, sentence=nothing_to_say())


def nothing_to_say() -> str:
    """Return the one sentence that discloses nothing: not even whether anybody is a patient here."""
    return _("“I’m afraid I can’t say who is a patient here. I’m happy to take your name and number.”")


def proved(patient: Patient, checks: Collection[Check]) -> bool:
    """Return whether what was asked is enough; ringing back alone is, on a number that nobody else answers."""
    by_ringing_back = Check.CALL_BACK in checks and any(
        point.system is ContactSystem.PHONE and point.safety is not ContactSafety.UNSAFE and not point.shared_with
        for point in patient.contact_points
    )
    return by_ringing_back or len(set(checks)) >= ENOUGH


def _may_be_told(seen: Seen) -> tuple[RelatedPerson, ...]:
    if seen.patient.deceased:
        return ()
    return tuple(
        person
        for person in seen.people
        if person.id in seen.may_hear and person.authority is not Authority.BARRED and not person.deceased
    )


def _called(person: RelatedPerson) -> str:
    return ", ".join(part for part in (person.name, person.relation) if part)


def _hears(person: RelatedPerson) -> str:
    if person.may_hear:
        return _("{name} may hear about {what}.").format(name=person.name, what=person.may_hear.rstrip("."))
    return _("You may talk with {name}.").format(name=person.name)
