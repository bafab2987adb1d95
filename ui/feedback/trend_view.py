"""What the trend says in words, for the table and the screen reader: never more than the Desk lets be shown."""

from babel.dates import format_skeleton

from rapportdesk.language import _, locale_name, ngettext
from rapportdesk.model.feedback import FeedbackWords, Share, TrendCell

AT_LEAST = 5
"""What "fewer than" is said of."""


def month_words(cell: TrendCell, *, short: bool = False) -> str:
    """Return "October 2026", or "Oct" below a bar."""
    return format_skeleton("MMM" if short else "yMMMM", cell.month, locale=locale_name())


def number_words(cell: TrendCell) -> str:
    """Return how many answered: "34", or "fewer than 5"."""
    return _("fewer than {count}").format(count=AT_LEAST) if cell.answers is None else f"{cell.answers}"


def share_words(cell: TrendCell) -> str:
    """Return how many were good, as far as that may be said."""
    match cell.share:
        case Share.EXACT if cell.good is not None and cell.answers:
            return _("{good} of {answers}, {percent} %").format(
                good=cell.good, answers=cell.answers, percent=round(100 * cell.good / cell.answers)
            )
        case Share.FEW_OTHERS:
            return _("all but fewer than {count}").format(count=AT_LEAST)
        case Share.FEW_GOOD:
            return _("fewer than {count}").format(count=AT_LEAST)
    return _("too few to say")


def said_words(words: FeedbackWords) -> str:
    """Return what somebody wrote without their name, each part on a line."""
    return "\n".join(_("“{words}”").format(words=part) for part in (words.why, words.better) if part)


def waiting_words(count: int) -> str:
    """Return "2 concerns wait to be looked into"."""
    return ngettext("{count} concern waits to be looked into", "{count} concerns wait to be looked into", count).format(
        count=count
    )
