"""What was asked already is said before the sentence to ask with, and nobody is asked twice in a day.

An answer says something about the topic, so whoever may not hear what is said about it does not hear that it was asked.
A day is a local one; an asking that lies ahead of a clock that has run backwards counts as today's.
"""

import datetime as dt
from dataclasses import replace

from rapportdesk.language import _
from rapportdesk.model.topic import Asking, TopicPermission
from rapportdesk.rules.wording.topic_words import asking_sentence
from rapportdesk.rules.wording.wording import day_words


def asked_on(asking: Asking, now: dt.datetime) -> dt.date:
    """Return the local day of an asking, in the zone of `now`."""
    return asking.asked_at.astimezone(now.tzinfo).date()


def last_asking(topic: TopicPermission) -> Asking | None:
    """Return the newest asking, or None when nobody has asked yet."""
    return max(topic.askings, key=lambda each: each.asked_at, default=None)


def asked_today(topic: TopicPermission, now: dt.datetime) -> Asking | None:
    """Return the newest asking if it was made today, else None."""
    last = last_asking(topic)
    return last if last is not None and asked_on(last, now) >= now.date() else None


def asked_words(asking: Asking, now: dt.datetime) -> str:
    """Return when and by whom it was asked, and the answer: "asked 3 March by Dr Osei: not today"."""
    day = asked_on(asking, now)
    when = _("today") if day == now.date() else day_words(day, now.date())
    return _("asked {day} by {name}: {answer}").format(day=when, name=asking.asked_by_name, answer=asking.answer)


def how_to_ask(topic: TopicPermission, now: dt.datetime) -> str:
    """Return the sentence to ask with; on a day on which it was asked already, who asked and what was said instead."""
    asking = asked_today(topic, now)
    if asking is None:
        return asking_sentence(topic)
    return _("Asked today by {name}: {answer}. Not again today.").format(
        name=asking.asked_by_name, answer=asking.answer.rstrip(".")
    )


def without_askings(topic: TopicPermission) -> TopicPermission:
    """Return the topic as it is for whoever may not hear what was answered; its revision would tell how often."""
    return replace(topic, askings=(), revision=1)


def all_askings(*logs: tuple[Asking, ...]) -> tuple[Asking, ...]:
    """Return one log of several about the same topic, the oldest first, each asking once."""
    return tuple(sorted({asking for log in logs for asking in log}, key=lambda each: each.asked_at))
