"""Ages, dates, dues and pronouns in words, in the reader's language, relative to a day that is handed in."""

import datetime as dt
from dataclasses import dataclass

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_day_names

from rapportdesk.language import _, locale_name, ngettext, pgettext
from rapportdesk.model.patient import Patient
from rapportdesk.model.task import Task
from rapportdesk.rules.promises.due import is_overdue
from rapportdesk.rules.wording.topic_words import asking_sentence, topic_name, topic_names

__all__ = [
    "Pronouns", "age_words", "asking_sentence", "day_words", "due_words", "in_their_words", "listed_name", "locale",
    "pronouns", "time_words", "topic_name", "topic_names",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronouns:
    """The few phrases that change with somebody's pronouns."""

    asks: str
    with_them: str
    often_with: str
    felt: str


def locale() -> Locale:
    """Return the locale of the language that is spoken; British English where Babel knows none."""
    try:
        return Locale.parse(locale_name())
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def pronouns(patient: Patient) -> Pronouns:
    """Return the phrases for the patient's pronouns; "they" where none were asked for or the words have no others."""
    first = patient.pronouns.replace("/", " ").casefold().split()[:1]
    if first == ["she"]:
        return Pronouns(
            asks=_("She asks"),
            with_them=_("With her"),
            often_with=_("often with her"),
            felt=_("She felt"),
        )
    if first == ["he"]:
        return Pronouns(
            asks=_("He asks"),
            with_them=_("With him"),
            often_with=_("often with him"),
            felt=_("He felt"),
        )
    return Pronouns(
        asks=_("They ask"),
        with_them=_("With them"),
        often_with=_("often with them"),
        felt=_("They felt"),
    )


def in_their_words(text: str, *, quote: bool) -> str:
    """Return a text as it is shown: in quotation marks when the words are the person's own."""
    return _("“{words}”").format(words=text) if quote else text


def listed_name(patient: Patient) -> str:
    """Return the name in a list: the preferred one where it is whole in itself ("Mr Ferreira"), else as written.

    A preferred name that is only a part of the written one ("María José") would leave out what tells people apart.
    """
    words = patient.preferred_name.split()
    is_whole = len(words) > 1 and not set(words) <= set(patient.name.split())
    return patient.preferred_name if is_whole else patient.name


def day_words(day: dt.date, today: dt.date) -> str:
    """Return a date in a sentence: "4 September", with the year when it is another one."""
    if day.year == today.year:
        return format_skeleton("MMMMd", day, locale=locale())
    return format_date(day, "long", locale=locale())


def time_words(time: dt.time) -> str:
    """Return a time of day as the locale writes it: "11:00"."""
    return format_time(time, "short", locale=locale())


def age_words(day: dt.date, today: dt.date) -> str:
    """Return how long ago a day was: "today", "3 days ago", "5 weeks ago", "4 months ago", "2 years ago"."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    if days < 60:
        weeks = days // 7
        return ngettext("{count} week ago", "{count} weeks ago", weeks).format(count=weeks)
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months < 24:
        return ngettext("{count} month ago", "{count} months ago", months).format(count=months)
    return ngettext("{count} year ago", "{count} years ago", months // 12).format(count=months // 12)


def due_words(task: Task, now: dt.datetime) -> str:
    """Return when a promise is due: "due yesterday", "due by 08:30", "today", "by 11:00", "by Tuesday", "by 3 March".

    Empty when no day was named.
    """
    if task.due is None:
        return ""
    today = now.date()
    if is_overdue(task, now):
        return _due_in_the_past(task.due, task.due_time, today)
    if task.due == today:
        return _("today") if task.due_time is None else _("by {time}").format(time=time_words(task.due_time))
    if task.due == today + dt.timedelta(days=1):
        day = _("tomorrow")
    elif (task.due - today).days < 7:
        weekday = get_day_names("wide", context="format", locale=locale())[task.due.weekday()]
        day = pgettext("due", "by {day}").format(day=weekday)
    else:
        day = pgettext("due", "by {day}").format(day=day_words(task.due, today))
    return day if task.due_time is None else _("{day}, {time}").format(day=day, time=time_words(task.due_time))


def _due_in_the_past(due: dt.date, due_time: dt.time | None, today: dt.date) -> str:
    if due == today and due_time is not None:
        return _("due by {time}").format(time=time_words(due_time))
    if due == today - dt.timedelta(days=1):
        return _("due yesterday")
    return _("due {day}").format(day=day_words(due, today))
