"""Emergency openings in words, without widgets. Nothing here tells what was found, or whether anything was."""

import datetime as dt

from rapportdesk.language import _, ngettext
from rapportdesk.model.emergency import EmergencyAccess, EmergencyEntry, EmergencyReason, Review, ReviewRemark
from ui.look.bidi import isolate
from ui.look.dates import clock_time, short_date


def reason_words(reason: EmergencyReason) -> str:
    """Return a reason of the short list."""
    return {
        EmergencyReason.LIFE_AT_RISK: _("Somebody’s life is at risk"),
        EmergencyReason.CANNOT_SPEAK: _("They cannot speak for themselves now"),
        EmergencyReason.UNSAFE_TREATMENT: _("Treating them without knowing could harm them"),
        EmergencyReason.SAFEGUARDING: _("A child or an adult has to be protected"),
        EmergencyReason.OTHER: _("Something else, in my own words"),
    }[reason]


def whose_words(entry: EmergencyEntry) -> str:
    """Return whose card was opened: the name as written, and the number that tells namesakes apart."""
    name = isolate(entry.patient_name)
    return _("{name}, no. {number}").format(name=name, number=entry.number) if entry.number else name


def opened_words(access: EmergencyAccess, local: dt.datetime) -> str:
    """Return who opened it and when: "Dr Osei, 20 Nov 2026, 09:04"."""
    return _("{name}, {day}, {time}").format(
        name=isolate(access.opened_by_name), day=short_date(local.date()), time=clock_time(local)
    )


def why_words(entry: EmergencyEntry) -> str:
    """Return the reason, and what was added in one's own words."""
    reason = reason_words(entry.access.reason)
    if not entry.words:
        return reason
    own = _("“{words}”").format(words=entry.words)
    return own if entry.access.reason is EmergencyReason.OTHER else f"{reason}. {own}"


def remark_words(remark: ReviewRemark, text: str, local: dt.datetime) -> str:
    """Return one thing said in the review, with who said it and when."""
    sentences = {
        Review.SEEN: _("Seen by {name}, {day}, {time}"),
        Review.QUERIED: _("{name} asked, {day}, {time}: {text}"),
        Review.ANSWERED: _("{name} answered, {day}, {time}: {text}"),
    }
    return sentences[remark.said].format(
        name=isolate(remark.by_name), day=short_date(local.date()), time=clock_time(local), text=text
    )


def review_words(review: Review) -> str:
    """Return where a review stands; empty once it is seen, for then the last remark says so."""
    return {
        Review.WAITING: _("Waits for a review"),
        Review.QUERIED: _("Waits for an answer"),
        Review.ANSWERED: _("Answered: waits for a review"),
        Review.SEEN: "",
    }[review]


def waiting_words(waiting: int, *, manager: bool) -> str:
    """Return what to say at sign-in about openings that wait for this person."""
    if manager:
        words = ngettext(
            "{count} emergency opening waits for your review.",
            "{count} emergency openings wait for your review.",
            waiting,
        )
    else:
        words = ngettext(
            "A manager asks about {count} emergency opening of yours.",
            "A manager asks about {count} emergency openings of yours.",
            waiting,
        )
    return words.format(count=waiting)
