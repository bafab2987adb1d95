"""A patient's file in plain words, said to the patient: all there is beside the notes, each with when and by whom."""

import datetime as dt
from collections.abc import Iterable

from rapportdesk.language import _
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, InactiveReason
from rapportdesk.model.identity_change import IdentityVersion
from rapportdesk.model.note import Note, NoteStatus
from rapportdesk.model.patient import RelatedPerson
from rapportdesk.model.patient_file import PatientFile
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.shown import Block, BlockKey, Line
from rapportdesk.model.task import Task
from rapportdesk.rules.card.identity_history import identity_versions
from rapportdesk.rules.company import companions_words
from rapportdesk.rules.consent.consent_words import covers_words
from rapportdesk.rules.rights.held_back import versions
from rapportdesk.rules.wording.topic_words import permission_line
from rapportdesk.rules.wording.wording import day_words, in_their_words, time_words


def file_blocks(file: PatientFile, now: dt.datetime) -> tuple[Block, ...]:
    """Return everything in a file beside the patient and the notes in force, under headings; empty ones are left out.

    Args:
        file: What is handed out.
        now: The recorded clock in the practice's zone.
    """
    blocks = (
        (_("People in your life"), [_person(each) for each in file.patient.people]),
        (_("What you agreed to"), _consents(file, now)),
        (_("What may be talked about"), [Line(text=permission_line(each)) for each in file.topics]),
        (_("What we promised"), _promises(file, now)),
        (_("Your visits"), _visits(file, now)),
        (_("Who came along"), _companions(file, now)),
        (_("What we asked you"), _questions(file, now)),
        (_("What you asked about your data"), _rights(file, now)),
        (_("What notes said before, or say no longer"), _earlier(file, now)),
        (_("What we had written of who you are"), _identities(file, now)),
    )
    return tuple(Block(key=BlockKey.ALSO, label=label, lines=tuple(lines)) for label, lines in blocks if lines)


def _person(person: RelatedPerson) -> Line:
    hears = _("May hear about {what}.").format(what=person.may_hear.rstrip(".")) if person.may_hear else ""
    died = _("Has died.") if person.deceased else ""
    return Line(lead=person.name, text=" · ".join(each for each in (person.relation, hears, died) if each))


def _consents(file: PatientFile, now: dt.datetime) -> list[Line]:
    names = {person.id: person.name for person in file.patient.people}
    newest_first = sorted(file.consents, key=lambda each: (each.recorded_at, each.id), reverse=True)
    return [_consent(each, names, now) for each in newest_first]


def _consent(event: ConsentEvent, names: dict[str, str], now: dt.datetime) -> Line:
    what = covers_words(event.covers)
    if event.person:
        what = _("talking with {name}").format(name=names.get(event.person, _("somebody")))
    who = event.given_by_name or names.get(event.given_by, "")
    return Line(
        lead=_when(event.recorded_at, now),
        text=f"{_consent_words(event)}: {what}",
        detail=" · ".join(
            each
            for each in (
                _("said by {name}").format(name=who) if event.given_by and who else "",
                event.words,
                event.reason,
                _("written down by {name}").format(name=event.recorded_by_name) if event.recorded_by_name else "",
            )
            if each
        ),
    )


def _consent_words(event: ConsentEvent) -> str:
    if event.erased:
        return _("Erased, as you asked")
    match event.status:
        case ConsentStatus.ACTIVE:
            return _("Agreed")
        case ConsentStatus.REJECTED:
            return _("Said no")
        case ConsentStatus.INACTIVE if event.inactive_reason is InactiveReason.WITHDRAWN:
            return _("Taken back")
        case ConsentStatus.INACTIVE:
            return _("No longer holds")
        case ConsentStatus.ENTERED_IN_ERROR:
            return _("Written down by mistake")
    return _("Asked")


def _promises(file: PatientFile, now: dt.datetime) -> list[Line]:
    newest_first = sorted(file.tasks, key=lambda each: (each.recorded_at, each.id), reverse=True)
    return [_promise(each, now) for each in newest_first]


def _promise(task: Task, now: dt.datetime) -> Line:
    due = _("by {day}").format(day=day_words(task.due, now.date())) if task.due else ""
    ended = "" if task.is_open else _("ended {day}").format(day=_when(task.ended_at or task.recorded_at, now))
    return Line(
        lead=_when(task.recorded_at, now),
        text=task.text,
        detail=" · ".join(each for each in (due, ended, task.outcome, task.owner_name) if each),
    )


def _visits(file: PatientFile, now: dt.datetime) -> list[Line]:
    newest_first = sorted(file.appointments, key=lambda each: (each.start, each.id), reverse=True)
    lines = []
    for each in newest_first:
        at = each.start.astimezone(now.tzinfo)
        words = " · ".join(part for part in (each.practitioner_name, each.location, each.reason) if part)
        when = f"{day_words(at.date(), now.date())}, {time_words(at.time())}"
        lines.append(Line(lead=when, text=words))
    return lines


def _companions(file: PatientFile, now: dt.datetime) -> list[Line]:
    newest_first = sorted(file.companions, key=lambda each: (each.said_at, each.id), reverse=True)
    lines = []
    for each in newest_first:
        names = companions_words(file.patient, frozenset(each.people))
        lines.append(Line(lead=day_words(each.on, now.date()), text=", ".join(names) or _("nobody we know of")))
    return lines


def _questions(file: PatientFile, now: dt.datetime) -> list[Line]:
    newest_first = sorted(file.questions, key=lambda each: (each.asked_at, each.id), reverse=True)
    return [
        Line(
            lead=_when(each.asked_at, now),
            text=_question_words(each.question),
            detail=_("asked by {name}").format(name=each.asked_by_name) if each.asked_by_name else "",
        )
        for each in newest_first
    ]


def _question_words(question: str) -> str:
    """Return what a question was about, said to the patient; one that is no longer asked by its own name."""
    return {
        "preferred-name": _("what you like to be called"),
        "say": _("how to say your name"),
        "pronouns": _("your pronouns"),
        "language": _("your language"),
        "interpreter": _("whether you would like an interpreter"),
        "who-may-hear": _("who may hear what"),
        "what-matters": _("what matters most to you"),
        "how-to-communicate": _("how you like things explained"),
        "easier-here": _("what makes coming here easier"),
        "please-dont": _("what we should not do"),
    }.get(question, question)


def _rights(file: PatientFile, now: dt.datetime) -> list[Line]:
    newest_first = sorted(file.rights, key=lambda each: (each.recorded_at, each.id), reverse=True)
    return [
        Line(lead=_when(each.recorded_at, now), text=rights_words(each), detail=each.reason) for each in newest_first
    ]


def rights_words(event: RightsEvent) -> str:
    """Return what was asked, decided or ended, said to the patient."""
    asked = {
        Right.ACCESS: _("to know what we keep"),
        Right.RECTIFICATION: _("to put something right"),
        Right.RESTRICTION: _("to keep it and not use it"),
        Right.OBJECTION: _("that we should not keep or use it"),
        Right.LEGAL_HOLD: _("to be kept because the law says so"),
        Right.RETENTION: _("to be kept longer"),
    }[event.right]
    said = {
        RightsStatus.REQUESTED: _("Asked: {what}"),
        RightsStatus.ACTIVE: _("In force: {what}"),
        RightsStatus.COMPLETED: _("Done: {what}"),
        RightsStatus.REJECTED: _("Not done: {what}"),
        RightsStatus.ENDED: _("Over: {what}"),
    }[event.status]
    return said.format(what=asked)


def _earlier(file: PatientFile, now: dt.datetime) -> list[Line]:
    old = [*file.earlier, *(each for each in file.notes if each.status is not NoteStatus.ACTIVE)]
    return [
        Line(lead=_when(each.noted_at, now), text=in_their_words(each.text, quote=each.quote))
        for each in sorted(old, key=lambda each: (each.noted_at, each.id, each.revision), reverse=True)
    ]


def _identities(file: PatientFile, now: dt.datetime) -> list[Line]:
    people = frozenset(each.id for version in versions(file) for each in version.people)
    return [
        Line(
            lead=_when(version.changed_at, now),
            text=f"{each.label}: {each.before}",
            detail=_put_right_by(version),
        )
        for version in identity_versions(file.patient, file.identity_changes, people)
        for each in version.differences
        if each.before
    ]


def _put_right_by(version: IdentityVersion) -> str:
    name = version.changed_by_name
    if version.brought_in:
        from_system = _("changed by the practice system, brought in by {name}").format(name=name)
        return from_system if name else _("changed by the practice system")
    return _("written down by {name}").format(name=name) if name else ""


def notes_in_force(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes that stand under their own headings."""
    return tuple(each for each in notes if each.status is NoteStatus.ACTIVE)


def _when(at: dt.datetime, now: dt.datetime) -> str:
    return day_words(at.astimezone(now.tzinfo).date(), now.date())
