"""One line for one thing that may be read: the words, the mark with its word, and a quieter second line.

Texts stay as they were typed. Every line made from a note or a promise carries it, so that a page can leave out what is
sealed and a screen can say who said it, and when.
"""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from rapportdesk.model.shown import Line, Mark
from rapportdesk.model.topic import Permission
from rapportdesk.rules.card.explained_words import acknowledged_words, leaflet_words, told_back
from rapportdesk.rules.consent.asked import asked_on, last_asking
from rapportdesk.rules.consent.consent_state import has_authority
from rapportdesk.rules.visibility import Seen, SeenNote, SeenTopic
from rapportdesk.rules.wording.topic_words import permission_line, topic_name
from rapportdesk.rules.wording.wording import age_words, day_words, in_their_words, pronouns

_MARKS = {
    NoteKind.PLEASE_DO: Mark.DO,
    NoteKind.PLEASE_DONT: Mark.DONT,
    NoteKind.PEOPLE_IMPORTANT_TO_ME: Mark.PERSON,
    NoteKind.QUESTION: Mark.QUESTION,
}


def heard_on(note: Note, now: dt.datetime) -> dt.date:
    """Return the local day on which the note was last heard from the patient."""
    noted_on = note.noted_at.astimezone(now.tzinfo).date()
    return max(noted_on, note.last_confirmed_on or noted_on)


def newest_first(notes: list[SeenNote], now: dt.datetime) -> list[SeenNote]:
    """Return notes as they are read: what needs confirming last, else the newest first."""
    return sorted(notes, key=lambda each: (each.decision.confirm, -heard_on(each.note, now).toordinal(), each.note.id))


def note_line(seen: SeenNote, now: dt.datetime, *, text: str | None = None, alive: bool = True) -> Line:
    """Return the line of a note; `text` stands in for its own, where a brief has less room. The dead are not asked."""
    note, decision = seen.note, seen.decision
    mark = Mark.DONT if decision.as_please_dont else _MARKS.get(note.kind, Mark.NONE)
    details = [
        disputed_words(seen), decision.asking_sentence, note.ask_about if alive else "", told_back(note),
        leaflet_words(note), acknowledged_words(note), _date_of(note, now),
    ]  # fmt: skip
    if decision.asking_sentence and mark is not Mark.DONT:
        mark = Mark.ASK_FIRST
    if decision.confirm:
        age = age_words(heard_on(note, now), now.date())
        details.append(_("{age}, confirm before mentioning").format(age=age))
        mark = mark if mark is Mark.DONT else Mark.CONFIRM
    if seen.disputed:
        mark = mark if mark is Mark.DONT else Mark.CONFIRM
    return Line(
        text=in_their_words(note.text if text is None else text, quote=note.quote),
        detail=" · ".join(detail for detail in details if detail),
        mark=mark,
        kind=note.kind,
        note=note,
        topic=note.topic,
    )


def disputed_words(seen: SeenNote) -> str:
    """Return that the patient says a note is wrong, and what they say; empty when they do not."""
    return _("they say this is wrong: {words}").format(words=seen.disputed) if seen.disputed else ""


def interpreter_line(patient: Patient) -> Line:
    """Return the line that says which interpreter is needed."""
    text = _("{language} interpreter").format(language=patient.interpreter)
    return Line(text=text, kind=NoteKind.ADJUSTMENT)


def topic_line(seen: SeenTopic) -> Line:
    """Return the line of a topic that no visible note speaks about."""
    permission = seen.topic.permission
    mark = {Permission.DO_NOT_RAISE: Mark.DONT, Permission.WELCOME: Mark.NONE}.get(
        permission or Permission.ASK_FIRST, Mark.ASK_FIRST
    )
    text, handle = permission_line(seen.topic), seen.topic.handle
    if seen.decision.asking_sentence and permission in {Permission.WELCOME, Permission.ASK_FIRST, None}:
        text, mark = _("Ask first about {topic}").format(topic=topic_name(seen.topic.code)), Mark.ASK_FIRST
    return Line(text=text, detail=seen.decision.asking_sentence, mark=mark, topic=handle)


def asked_line(seen: SeenTopic, now: dt.datetime) -> Line | None:
    """Return the line that says what was asked already, by whom and when, or None when nothing was."""
    asking = last_asking(seen.topic)
    if asking is None:
        return None
    words = [topic_name(seen.topic.code), asking.answer]
    day = day_words(asked_on(asking, now), now.date())
    return Line(
        lead=_("Asked already:"),
        text=". ".join(word for word in words if word),
        detail=_("by {name}, {day}").format(name=asking.asked_by_name, day=day),
        mark=Mark.ASKED_ALREADY,
        topic=seen.topic.handle,
    )


def person_line(person: RelatedPerson, seen: Seen, now: dt.datetime, *, is_with_them: bool = False) -> Line:
    """Return the line of a related person: who they are, and what each may hear.

    Args:
        person: One of the patient's related persons.
        seen: What the viewer may be shown of the patient.
        now: The recorded clock in the practice's zone.
        is_with_them: The line stands where who is there has been said already.
    """
    often = person.often_with and not person.deceased and not is_with_them
    who = [person.relation, pronouns(seen.patient).often_with if often else ""]
    about = "".join(f", {word}" for word in who if word) + "."
    avoid = person.deceased or person.authority is Authority.BARRED
    return Line(
        lead=person.name,
        text=" ".join((about, *_what_they_may(person, seen, now.date()))),
        mark=Mark.DONT if avoid else Mark.PERSON,
    )


def _what_they_may(person: RelatedPerson, seen: Seen, today: dt.date) -> list[str]:
    if person.deceased:
        return [_("Has died.")]
    if person.authority is Authority.BARRED:
        return [_("Must not be told anything.")]
    return [*_what_they_may_decide(person, today), _what_they_may_hear(person, seen)]


def _what_they_may_decide(person: RelatedPerson, today: dt.date) -> list[str]:
    if not has_authority(person, today):
        return []
    words = authority_words(person.authority)
    if person.authority_scope:
        words = _("{authority} for {scope}").format(authority=words, scope=person.authority_scope)
    return [f"{words}."]


def authority_words(authority: Authority) -> str:
    """Return what a right to decide is called, or that somebody must not be told anything; empty for none."""
    return {
        Authority.NONE: "",
        Authority.PARENTAL: _("Has parental responsibility"),
        Authority.ATTORNEY: _("Holds power of attorney"),
        Authority.COURT_ORDER: _("Decides by court order"),
        Authority.BARRED: _("Must not be told anything"),
    }[authority]


def _what_they_may_hear(person: RelatedPerson, seen: Seen) -> str:
    if person.id in seen.may_hear and person.may_hear:
        return _("May hear about {what}.").format(what=person.may_hear.rstrip("."))
    if person.id in seen.may_hear:
        return _("May be talked with.")
    if person.id in seen.barred_from_hearing:
        return _("Must not be told anything.")
    if person.unsafe_since is not None:
        return _("Ask alone before telling them anything.")
    return _("Ask before telling them anything.")


def _date_of(note: Note, now: dt.datetime) -> str:
    if note.occurs_on is None:
        return ""
    if note.recurs_yearly:
        day = day_words(note.occurs_on.replace(year=2024), dt.date(2024, 1, 1))  # a leap year has every date
        return _("every year, {day}").format(day=day)
    return day_words(note.occurs_on, now.date())
