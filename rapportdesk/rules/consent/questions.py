"""Before a personal question it is said whether it was asked, when, and what came of it; a no is never asked again.

What is known is read from what the viewer sees and from nothing else. That a question was asked, and whether somebody
would rather not say, protects from being asked again and so needs no consent; no answer's words are among it. What can
be kept with consent alone is asked with consent alone.
"""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.language import _
from rapportdesk.model.note import NoteKind
from rapportdesk.model.question import Answer, Question, QuestionAsked, QuestionState
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.question_words import question_name, question_sentence
from rapportdesk.rules.visibility import Seen
from rapportdesk.rules.wording.wording import day_words

_WITHOUT_CONSENT = frozenset({NoteKind.ADJUSTMENT, NoteKind.PLEASE_DONT})
"""Kept as a legal duty, and as protection."""


_FINAL = frozenset({Answer.ANSWERED, Answer.NONE, Answer.DECLINED})
"""Not asked again."""


def question_states(
    questions: Sequence[Question], seen: Seen, asked: Sequence[QuestionAsked], now: dt.datetime
) -> tuple[QuestionState, ...]:
    """Return where each question stands; none for somebody who has died.

    Args:
        questions: The list.
        seen: What the viewer may be shown of the patient.
        asked: Every time one was asked.
        now: The recorded clock in the practice's zone.
    """
    if seen.patient.deceased:
        return ()
    newest = {each.question: each for each in sorted(asked, key=lambda each: each.asked_at)}
    return tuple(
        _state(question, _known(question, seen), newest.get(question.id), now)
        for question in questions
        if _may_be_kept(question, seen.keep)
    )


def kept_in_note(question: Question) -> NoteKind | None:
    """Return the kind of note an answer is kept as, or None where it is kept elsewhere."""
    place, _dot, kind = question.kept.partition(".")
    return NoteKind(kind) if place == "note" else None


def kept_in_field(question: Question) -> str:
    """Return the field of the patient's identity that an answer is kept in; empty where it is kept elsewhere."""
    place, _dot, field = question.kept.partition(".")
    return field if place == "patient" else ""


def _state(question: Question, known: str, asked: QuestionAsked | None, now: dt.datetime) -> QuestionState:
    answer = asked.answer if asked is not None else None
    today = asked is not None and asked.asked_at.astimezone(now.tzinfo).date() >= now.date()
    leave_it = bool(known) or answer in _FINAL or today
    return QuestionState(
        id=question.id,
        name=question_name(question.id),
        state=known or (_("Never asked") if asked is None else _asked_words(asked, now, today=today)),
        sentence="" if leave_it else question_sentence(question.id),
        answered=bool(known) or answer in {Answer.ANSWERED, Answer.NONE},
        declined=not known and answer is Answer.DECLINED,
        can_be_typed=question.kept != "people",
        may_be_none=question.may_be_none,
    )


def _asked_words(asked: QuestionAsked, now: dt.datetime, *, today: bool) -> str:
    words = {
        Answer.ANSWERED: _("Answered; asked {day} by {name}"),
        Answer.NONE: _("None; asked {day} by {name}"),
        Answer.DECLINED: _("Would rather not say; asked {day} by {name}"),
        Answer.NOT_TODAY: _("“Not now”; asked {day} by {name}"),
    }[asked.answer]
    day = asked.asked_at.astimezone(now.tzinfo).date()
    return words.format(day=_("today") if today else day_words(day, now.date()), name=asked.asked_by_name)


def _known(question: Question, seen: Seen) -> str:
    """Return what is known already, as the viewer may see it."""
    kind, field = kept_in_note(question), kept_in_field(question)
    if kind is not None:
        return next((each.note.text for each in seen.notes if each.note.kind is kind), "")
    if field:
        value = getattr(seen.patient, field)
        return value if isinstance(value, str) else ", ".join(value)
    if seen.keep is not KeepConsent.AGREED:
        return ""
    return ", ".join(person.name for person in seen.patient.people if person.id in seen.may_hear)


def _may_be_kept(question: Question, keep: KeepConsent) -> bool:
    kind = kept_in_note(question)
    needs = (kind is not None and kind not in _WITHOUT_CONSENT) or question.kept == "people"
    return keep is KeepConsent.AGREED or not needs
