"""What is to be asked again, and from which day: a review date, an end, a birthday, a no that is a year old.

What somebody unsafe may hear is asked again alone, and never in words that name them where they could be read.
"""

import datetime as dt

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.consent_shown import AskAgain, AskWhy
from rapportdesk.model.patient import Authority, Patient
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_state import ask_again_from, deciding_event, spoken_before_unsafe, state
from rapportdesk.rules.known import Known


def to_ask_again(known: Known, today: dt.date, *, guardian_until: int) -> tuple[AskAgain, ...]:
    """Return what is due to be asked again on a local day, the longest due first; nothing of somebody who has died.

    Args:
        known: Whose patient and consents these are.
        today: The local date of the recorded clock.
        guardian_until: The age at which a parent's consent ends.
    """
    if known.patient.deceased:
        return ()
    purposes = {(event.covers, event.person) for event in known.consents}
    due = (_due(known, covers, person, today, guardian_until) for covers, person in purposes)
    return tuple(sorted((each for each in due if each), key=lambda each: (each.since, each.covers, each.person)))


def _due(known: Known, covers: Covers, person: str, today: dt.date, guardian_until: int) -> AskAgain | None:
    patient = known.patient
    said = [event for event in known.consents if event.covers is covers and event.person == person]
    counting = [event for event in said if not spoken_before_unsafe(event, patient)]
    event = deciding_event(counting, covers, today, person=person)
    unsafe = _unsafe_since(patient, person)
    if unsafe is not None and len(counting) < len(said) and _may_be_asked(event):
        return AskAgain(covers=covers, person=person, why=AskWhy.UNSAFE, since=min(unsafe, today), alone=True)
    if event is None:
        return None
    standing = state(known.consents, covers, patient, today, person=person, guardian_until=guardian_until)
    why, since = _reason(event, standing, patient, today, guardian_until)
    if why is None or since is None or since > today:
        return None
    return AskAgain(covers=covers, person=person, why=why, since=since, alone=unsafe is not None)


def _may_be_asked(event: ConsentEvent | None) -> bool:
    """Somebody who has answered since is not asked again, and whoever said no is left in peace."""
    return event is None or event.status not in {ConsentStatus.ACTIVE, ConsentStatus.REJECTED, ConsentStatus.INACTIVE}


def _reason(
    event: ConsentEvent, standing: KeepConsent, patient: Patient, today: dt.date, guardian_until: int
) -> tuple[AskWhy | None, dt.date | None]:
    match standing:
        case KeepConsent.REFUSED:
            asked = event.covers is Covers.KEEP_NOTES or event.ask_again_on is not None
            return (AskWhy.SAID_NO_LONG_AGO, ask_again_from(event)) if asked else (None, None)
        case KeepConsent.EXPIRED:
            ended = event.valid_until or event.recorded_at.date()
            return AskWhy.EXPIRED, ended + dt.timedelta(days=1)
        case KeepConsent.RESTING:
            return AskWhy.DECIDES_THEMSELF, _rests_since(event, patient, today, guardian_until)
        case KeepConsent.SOMEONE_ELSE:
            return AskWhy.SOMEONE_ELSE, event.ask_again_on or event.recorded_at.date()
        case KeepConsent.AGREED | KeepConsent.WITHDRAWN:
            why = AskWhy.SOMEONE_ELSE if event.given_by else AskWhy.DAY_CAME
            return why, event.ask_again_on
        case _:
            return None, None


def _rests_since(event: ConsentEvent, patient: Patient, today: dt.date, guardian_until: int) -> dt.date:
    """Return the birthday, or the day after the authority ended, whichever made the consent rest; today if unknown."""
    giver = next((person for person in patient.people if person.id == event.given_by), None)
    days = []
    if giver is not None and giver.authority_until is not None:
        days.append(giver.authority_until + dt.timedelta(days=1))
    if giver is not None and giver.authority is Authority.PARENTAL and patient.birth_date is not None:
        days.append(_birthday(patient.birth_date, guardian_until))
    return min([*days, today])


def _birthday(born: dt.date, age: int) -> dt.date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # 29 February
        return dt.date(born.year + age, 3, 1)


def _unsafe_since(patient: Patient, person: str) -> dt.date | None:
    found = next((each for each in patient.people if each.id == person), None)
    return None if found is None or found.unsafe_since is None else found.unsafe_since.date()
