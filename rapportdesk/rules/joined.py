"""Two cards that are one person's are read as one, and of two permissions the stricter one counts.

Until the patient says something else: what is said after they were joined is newer than both. What was never said on
one of the cards says nothing against what was said on the other. Pure: what is read depends on the arguments alone.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.identity import PatientId, TopicHandle
from rapportdesk.model.joined import Joined
from rapportdesk.model.names import fold
from rapportdesk.model.note import Audience, ConsentBasis
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, Patient, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.topic import TopicPermission
from rapportdesk.rules.consent.asked import all_askings
from rapportdesk.rules.consent.consent_state import consent_moment, newest_then_strictest, state
from rapportdesk.rules.known import Known

_STRICTER = {
    KeepConsent.AGREED: 0,
    KeepConsent.SOMEONE_ELSE: 1,
    KeepConsent.EXPIRED: 2,
    KeepConsent.RESTING: 3,
    KeepConsent.NOT_ASKED: 4,
    KeepConsent.REFUSED: 5,
    KeepConsent.WITHDRAWN: 6,
}


_STANDS_AS: dict[KeepConsent, tuple[ConsentStatus, InactiveReason | None]] = {
    KeepConsent.AGREED: (ConsentStatus.ACTIVE, None),
    KeepConsent.SOMEONE_ELSE: (ConsentStatus.ENTERED_IN_ERROR, None),
    KeepConsent.NOT_ASKED: (ConsentStatus.ENTERED_IN_ERROR, None),
    KeepConsent.EXPIRED: (ConsentStatus.INACTIVE, InactiveReason.EXPIRED),
    KeepConsent.RESTING: (ConsentStatus.INACTIVE, InactiveReason.EXPIRED),
    KeepConsent.REFUSED: (ConsentStatus.REJECTED, None),
    KeepConsent.WITHDRAWN: (ConsentStatus.INACTIVE, InactiveReason.WITHDRAWN),
}
"""What is written down so that an answer stands as it does, whatever the two cards together say of age and people."""

_AS_THEY_ARE = sorted(
    {each.name for each in fields(Known)} - {"patient", "notes", "consents", "topics", "tasks", "companions"}
)
"""What two cards hold is simply both cards'."""


@dataclass(frozen=True, slots=True)
class OnePatient:
    """Who two cards together say somebody is, and which related person of the other is which of the first."""

    patient: Patient
    people: tuple[tuple[str, str], ...]


def one_patient(stays: Patient, other: Patient) -> OnePatient:
    """Return who the card that stays is from now on: what it does not say comes from the other.

    Of two ways to reach the same point the safer words count, and of two rights of one person the lesser one.
    """
    people, same = _people(stays.people, other.people)
    called = {fold(stays.name), *(fold(each) for each in stays.former_names)}
    former = (*stays.former_names, *(each for each in (other.name, *other.former_names) if fold(each) not in called))
    joined = replace(
        stays,
        own_script_name=stays.own_script_name or other.own_script_name,
        preferred_name=stays.preferred_name or other.preferred_name,
        say=stays.say or other.say,
        pronouns=stays.pronouns or other.pronouns,
        former_names=tuple(dict.fromkeys(former)),
        birth_date=stays.birth_date or other.birth_date,
        identifiers=tuple(dict.fromkeys((*stays.identifiers, *other.identifiers))),
        languages=stays.languages or other.languages,
        interpreter=stays.interpreter or other.interpreter,
        contact_points=_contacts(stays.contact_points, other.contact_points),
        people=people,
        deceased=stays.deceased or other.deceased,
        deceased_on=stays.deceased_on or other.deceased_on,
    )
    return OnePatient(joined, same)


def stricter_answers(
    stays: Known, other: Known, people: Sequence[tuple[str, str]], now: dt.datetime, *, guardian_until: int
) -> tuple[ConsentEvent, ...]:
    """Return the stricter of two answers wherever both cards have one; each is to be kept under a new id.

    A card with something on it that needs an answer, and none, counts as not asked. What rests on one card is over for
    both: it was another's yes, and the cards together may say otherwise of who that is, or how old the patient.

    Args:
        stays: What is known of the card that stays.
        other: What is known of the one that becomes a part of it.
        people: From `one_patient`.
        now: The recorded clock in the practice's zone; the answers are recorded after every event of both.
        guardian_until: The age at which a guardian's consent ends.
    """
    theirs = dict(people)
    newest = max((each.recorded_at for each in (*stays.consents, *other.consents)), default=now)
    moment = max(now, newest + dt.timedelta(microseconds=1))
    mapped = {event.id: _event_of(event, stays.patient.id, theirs) for event in other.consents}
    back = {new: old for old, new in people}
    needed = {(covers, "") for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS)}
    asked = {(each.covers, each.person) for each in stays.consents}
    asked_there = {(each.covers, each.person) for each in mapped.values()}
    found = []
    for covers, person in sorted(asked | asked_there):
        answers = []
        if (covers, person) in asked:
            answers.append(_answer(stays.consents, stays.patient, covers, person, now, guardian_until))
        if (covers, person) in asked_there:
            there = back.get(person, person)
            answers.append(_answer(other.consents, other.patient, covers, there, now, guardian_until))
        stands, stricter = max(answers, key=lambda each: (_STRICTER[each[0]], -_ends(each[1])))
        unasked = stays if (covers, person) not in asked else other if (covers, person) not in asked_there else None
        if unasked is not None and (covers, person) in needed and _holds_something(unasked):
            stands = KeepConsent.NOT_ASKED
        elif len(answers) == 1 and stands is not KeepConsent.RESTING:
            continue
        stricter = mapped.get(stricter.id, stricter)
        status, reason = _STANDS_AS[stands]
        both = [event for _stands, event in answers]
        found.append(
            replace(
                stricter,
                status=status,
                inactive_reason=reason,
                patient=stays.patient.id,
                recorded_at=moment,
                valid_from=None
                if stands is not KeepConsent.AGREED
                else max((each.valid_from for each in both if each.valid_from), default=None),
                valid_until=min((each.valid_until for each in both if each.valid_until), default=None),
                ask_again_on=max((each.ask_again_on for each in both if each.ask_again_on), default=None),
                undoes=None,
            )
        )
    return tuple(found)


def as_one(patient: Patient, parts: Sequence[Known], joined: Sequence[Joined]) -> Known:
    """Return what is known of one person whose cards were joined.

    Args:
        patient: Who the card that stays says they are.
        parts: What is known of each card by itself, the one that stays first.
        joined: How they were joined.
    """
    people = {old: new for each in joined for old, new in each.people}
    latest = max(each.joined_at for each in joined)
    topics, handles = _topics(parts, latest)

    def person(old: str) -> str:
        while old in people:
            old = people[old]
        return old

    notes = [
        replace(
            note, patient=patient.id, about_person=person(note.about_person),
            topic=handles.get(note.topic, note.topic) if note.topic else None,
        )
        for part in parts for note in part.notes
    ]  # fmt: skip
    tasks = [
        replace(task, patient=patient.id, topic=handles.get(task.topic, task.topic) if task.topic else None)
        for part in parts
        for task in part.tasks
    ]
    events = [event for part in parts for event in part.consents] + [
        event for each in joined for event in each.consents
    ]
    return Known(
        patient=patient,
        notes=tuple(notes),
        consents=tuple(_event_of(event, patient.id, people) for event in events),
        tasks=tuple(tasks),
        topics=tuple(replace(topic, patient=patient.id, person=person(topic.person)) for topic in topics),
        companions=tuple(
            replace(each, patient=patient.id, people=tuple(person(who) for who in each.people))
            for part in parts for each in part.companions
        ),
        **{
            kind: tuple(replace(each, patient=patient.id) for part in parts for each in getattr(part, kind))
            for kind in _AS_THEY_ARE
        },
    )  # fmt: skip


def _answer(
    events: Sequence[ConsentEvent], patient: Patient, covers: Covers, person: str, now: dt.datetime, guardian_until: int
) -> tuple[KeepConsent, ConsentEvent]:
    """Return where one card stands with one purpose, and the event that stands for it."""
    today = consent_moment(events, now).date()
    stands = state(events, covers, patient, today, person=person, guardian_until=guardian_until, clock=now)
    said = [each for each in events if each.covers is covers and each.person == person]
    return stands, max(said, key=newest_then_strictest)


def _holds_something(known: Known) -> bool:
    """Whether there is anything on a card that needs a yes, as far as everybody may know."""
    open_notes = [each for each in known.notes if each.audience is Audience.EVERYONE]
    return bool(
        any(each.basis is ConsentBasis.CONSENT for each in open_notes)
        or any(each.audience is Audience.EVERYONE for each in known.tasks)
        or any(each.name_for is Audience.EVERYONE for each in known.topics)
    )


def _ends(event: ConsentEvent) -> int:
    return (event.valid_until or dt.date.max).toordinal()


def _event_of(event: ConsentEvent, patient: PatientId, people: Mapping[str, str]) -> ConsentEvent:
    person, given_by = people.get(event.person, event.person), people.get(event.given_by, event.given_by)
    if (event.patient, event.person, event.given_by) == (patient, person, given_by):
        return event
    return replace(event, patient=patient, person=person, given_by=given_by)


def _topics(
    parts: Sequence[Known], latest: dt.datetime
) -> tuple[list[TopicPermission], dict[TopicHandle, TopicHandle]]:
    """Return what counts of every topic, and the handle under which each is read.

    Of a topic of which something was said after the cards were joined, that alone counts; else what each card says,
    and whoever may know its name on neither card alone is told of it by none.
    """
    by_code: dict[str, list[list[TopicPermission]]] = {}
    for part in parts:
        mine: dict[str, list[TopicPermission]] = {}
        for topic in part.topics:
            mine.setdefault(topic.code.casefold(), []).append(topic)
        for code, records in mine.items():
            by_code.setdefault(code, []).append(records)
    kept: list[TopicPermission] = []
    handles: dict[TopicHandle, TopicHandle] = {}
    for of_parts in by_code.values():
        if len(of_parts) == 1:
            kept += of_parts[0]
            continue
        everything = [each for records in of_parts for each in records]
        first = everything[0].handle
        handles |= {each.handle: first for each in everything}
        newest = max(everything, key=_said_last)
        of_each = [max(records, key=_said_last) for records in of_parts]
        counting = [newest] if newest.recorded_at > latest else _once(of_each)
        strict = Audience.CLINICIANS in {each.name_for for each in counting}
        name_for = Audience.CLINICIANS if strict else Audience.EVERYONE
        askings = all_askings(*(each.askings for each in everything))
        kept += [replace(each, handle=first, name_for=name_for, askings=askings) for each in counting]
    return kept, handles


def _once(topics: Iterable[TopicPermission]) -> list[TopicPermission]:
    said = {(each.permission, each.person, each.valid_from, each.valid_until): each for each in topics}
    return list(said.values())


def _said_last(topic: TopicPermission) -> tuple[bool, dt.datetime]:
    return topic.permission is not None, topic.recorded_at


def _contacts(mine: tuple[ContactPoint, ...], theirs: tuple[ContactPoint, ...]) -> tuple[ContactPoint, ...]:
    found: dict[tuple[object, str], ContactPoint] = {}
    for point in (*mine, *theirs):
        key = point.system, "".join(fold(point.value).split())
        found[key] = _safer(found[key], point) if key in found else point
    return tuple(found.values())


def _safer(one: ContactPoint, other: ContactPoint) -> ContactPoint:
    """Return one way to reach somebody with the stricter words of two cards; between hours it is the shared hours."""
    order = (ContactSafety.SAFE, ContactSafety.ONLY_BETWEEN, ContactSafety.UNSAFE)
    safety = max((one.safety, other.safety), key=order.index)
    bound = [each for each in (one, other) if each.safety is ContactSafety.ONLY_BETWEEN]
    after = max((each.not_before for each in bound if each.not_before), default=None)
    until = min((each.not_after for each in bound if each.not_after), default=None)
    if safety is ContactSafety.ONLY_BETWEEN and after is not None and until is not None and after >= until:
        safety, after, until = ContactSafety.UNSAFE, None, None
    shared = dict.fromkeys(each.shared_with for each in (one, other) if each.shared_with)
    return replace(
        one,
        safety=safety,
        not_before=after,
        not_after=until,
        shared_with=", ".join(shared),
        may_say=one.may_say if one.may_say == other.may_say else "",
        from_import=one.from_import and other.from_import,
    )


def _people(
    mine: tuple[RelatedPerson, ...], theirs: tuple[RelatedPerson, ...]
) -> tuple[tuple[RelatedPerson, ...], tuple[tuple[str, str], ...]]:
    found = {fold(each.name): each for each in mine}
    same: list[tuple[str, str]] = []
    more: list[RelatedPerson] = []
    for person in theirs:
        known = found.get(fold(person.name))
        if known is None:
            more.append(person)
        else:
            same.append((person.id, known.id))
            found[fold(person.name)] = _lesser(known, person)
    kept = {each.id: each for each in found.values()}
    return (*(kept.get(each.id, each) for each in mine), *more), tuple(same)


def _lesser(one: RelatedPerson, other: RelatedPerson) -> RelatedPerson:
    """Return one related person with the lesser right of two cards; barred on one of them is barred."""
    rights = {one.authority, other.authority}
    authority = (
        Authority.BARRED if Authority.BARRED in rights else one.authority if len(rights) == 1 else Authority.NONE
    )
    unsafe = [each.unsafe_since for each in (one, other) if each.unsafe_since is not None]
    return replace(
        one,
        relation=one.relation or other.relation,
        often_with=one.often_with or other.often_with,
        authority=authority,
        authority_from=max((each.authority_from for each in (one, other) if each.authority_from), default=None),
        authority_until=min((each.authority_until for each in (one, other) if each.authority_until), default=None),
        may_hear=one.may_hear if one.may_hear == other.may_hear else "",
        deceased=one.deceased or other.deceased,
        unsafe_since=max(unsafe, default=None),
    )
