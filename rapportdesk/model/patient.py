"""Who somebody is: names as they are written and said, birth date, numbers, languages, ways to reach them.

Names follow FHIR R4 `Patient` and `HumanName`; a single name is a name, and no part of a name is ever required.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId


class ContactSystem(StrEnum):
    """FHIR R4 ContactPoint.system, with voicemail told apart because it may be heard by others."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    POST = "post"
    VOICEMAIL = "voicemail"


class ContactSafety(StrEnum):
    """Whether a contact point may be used without putting the patient at risk."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    ONLY_BETWEEN = "only-between"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number that another system knows the person by (FHIR R4 Identifier).

    Attributes:
        system: Who gave the number, as a URI or the sending system's name; empty when unknown.
        value: The number as written.
        label: What the desk calls it, for example "practice number"; empty for the system's name.
    """

    system: str = ""
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """One way to reach the person, and whether that is safe. Kept without consent because it protects.

    Attributes:
        shared_with: Who else hears, reads or opens it ("Huw's phone too"); empty when nobody.
        not_before, not_after: Local times of day that bound a point safe only between hours.
        may_say: What may be said or left there, in plain words.
        from_import: Whether an import wrote it. An import never overwrites what a person at the desk has set.
    """

    system: ContactSystem
    value: str
    safety: ContactSafety = ContactSafety.SAFE
    not_before: dt.time | None = None
    not_after: dt.time | None = None
    shared_with: str = ""
    may_say: str = ""
    from_import: bool = False


class Authority(StrEnum):
    """What a related person may decide for the patient."""

    NONE = "none"
    PARENTAL = "parental"
    ATTORNEY = "attorney"
    COURT_ORDER = "court-order"
    BARRED = "barred"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPerson:
    """Somebody in the patient's life (FHIR R4 RelatedPerson), with what they may decide and what they may hear.

    Attributes:
        id: Random id within the patient, so that permissions and consents can name this person.
        often_with: Usually comes along to appointments.
        authority_proof: What was seen ("LPA registered 2024, certified copy"), empty when nothing was.
        authority_scope: What the authority covers, in plain words.
        may_hear: What may be said to them, in plain words; empty means not asked.
        deceased: Never to be greeted or asked after as if alive.
        deceased_on: The day they died, for taking care around it each year; None when unknown.
        unsafe_since: When the practice learnt that they are not safe for the patient, with an offset; None when
            nothing is known against them. What the patient said before about talking with them is asked again, alone.
    """

    id: str
    name: str
    relation: str = ""
    often_with: bool = False
    authority: Authority = Authority.NONE
    authority_proof: str = ""
    authority_scope: str = ""
    authority_from: dt.date | None = None
    authority_until: dt.date | None = None
    may_hear: str = ""
    deceased: bool = False
    deceased_on: dt.date | None = None
    unsafe_since: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The sealed identity of one person (FHIR R4 Patient).

    Attributes:
        name: The full name as written by the person ("Nia Prydderch").
        sort_name: The name as it is sorted ("Prydderch, Nia"); empty means `name`.
        own_script_name: The name in the person's own script; empty when the same.
        preferred_name: What they want to be called; empty means not asked.
        say: How to say it ("NEE-ah PRUTH-erkh").
        pronouns: As they say them ("she / her"); empty means not asked.
        former_names: Find the person and are never shown.
        birth_date: None when unknown.
        languages: In words, first the one they like best.
        interpreter: The language an interpreter is needed for; empty when none is.
        deceased_on, deceased: Confirmed by a person and reversible; the date may be unknown.
        alive_after_all: Somebody at the desk took back that they have died; no import says it again.
    """

    id: PatientId
    name: str
    sort_name: str = ""
    own_script_name: str = ""
    preferred_name: str = ""
    say: str = ""
    pronouns: str = ""
    former_names: tuple[str, ...] = ()
    birth_date: dt.date | None = None
    identifiers: tuple[Identifier, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: str = ""
    contact_points: tuple[ContactPoint, ...] = ()
    people: tuple[RelatedPerson, ...] = ()
    deceased: bool = False
    deceased_on: dt.date | None = None
    alive_after_all: bool = False

    @property
    def called(self) -> str:
        """What to call the person: the preferred name, or the name as written."""
        return self.preferred_name or self.name

    def age_on(self, day: dt.date) -> int | None:
        """Return the age in whole years on `day`, or None without a birth date."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)
