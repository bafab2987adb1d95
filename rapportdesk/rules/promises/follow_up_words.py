"""What a follow-up plan says, in the language of whoever makes it: `resources/follow_ups.json` holds days and ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from rapportdesk.language import _
from rapportdesk.model.follow_up import FollowUpStep, FollowUpTemplate


def templates_in_words(rows: Sequence[Mapping[str, Any]]) -> tuple[FollowUpTemplate, ...]:
    """Return the templates of `resources/follow_ups.json` in the language in use.

    Raises:
        KeyError: A row names words that there are not. A mistake of ours.
    """
    names, steps = _names(), _steps()
    return tuple(
        FollowUpTemplate(
            id=row["id"],
            name=names[row["id"]],
            steps=tuple(FollowUpStep(days=step["days"], text=steps[step["words"]]) for step in row["steps"]),
        )
        for row in rows
    )


def _names() -> dict[str, str]:
    return {
        "how-are-you": _("Ring after the visit"),
        "new-medicine": _("After a new medicine"),
        "procedure": _("After a procedure"),
        "results": _("When results are due"),
        "hard-news": _("After hard news"),
    }


def _steps() -> dict[str, str]:
    return {
        "how-are-you": _("Ring: how are you?"),
        "medicine": _("Ring: how do you get on with the new medicine?"),
        "healing": _("Ring: how is it healing?"),
        "results": _("Ring: have the results come, and has somebody explained them?"),
        "hard-news": _("Ring: how are you, and is there anything you would like to ask?"),
        "hard-news-again": _("Ring: how are you now, and who is with you?"),
    }
