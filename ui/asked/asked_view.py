"""One quiet line under the card: what nobody has asked yet, and what somebody would rather not say."""

from collections.abc import Sequence

from rapportdesk.language import _, ngettext
from rapportdesk.model.question import QuestionState

NAMED = 3
"""So many questions are named; more are counted."""


def open_questions(states: Sequence[QuestionState]) -> tuple[QuestionState, ...]:
    """Return those that may be asked now."""
    return tuple(state for state in states if state.sentence)


def summary(states: Sequence[QuestionState]) -> str:
    """Return the line; empty when nothing is open and nobody declined anything."""
    return " ".join(part for part in (_not_asked(open_questions(states)), _declined(states)) if part)


def _not_asked(states: Sequence[QuestionState]) -> str:
    if not states:
        return ""
    names = ", ".join(state.name for state in states[:NAMED])
    rest = len(states) - NAMED
    if rest <= 0:
        return _("Not asked yet: {questions}.").format(questions=names)
    return ngettext(
        "Not asked yet: {questions} and {count} more.", "Not asked yet: {questions} and {count} more.", rest
    ).format(questions=names, count=rest)


def _declined(states: Sequence[QuestionState]) -> str:
    names = ", ".join(state.name for state in states if state.declined)
    return _("Would rather not say: {questions}.").format(questions=names) if names else ""
