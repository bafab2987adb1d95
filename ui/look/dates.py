"""Dates and times are written the reader's way, by the locale of the language that is spoken."""

import datetime as dt
import re

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_time

from rapportdesk.language import locale_name


def reading_locale() -> Locale:
    """Return the locale of the language that is spoken; British English where Babel knows none."""
    try:
        return Locale.parse(locale_name())
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def long_date(day: dt.date) -> str:
    """Return a date as it stands on the card: "14 March 1958"."""
    return format_date(day, "long", locale=reading_locale())


def short_date(day: dt.date) -> str:
    """Return a date where room is dear: "14 Mar 1958"."""
    return format_date(day, "medium", locale=reading_locale())


def day_name(day: dt.date) -> str:
    """Return a day near today, without its year: "Friday 20 November"."""
    locale = reading_locale()
    whole = locale.datetime_skeletons.get("MMMMEEEEd")
    if whole is not None:
        return format_date(day, whole, locale=locale)
    # Few locales have the pattern with whole names; the one with short names has the same order.
    short = locale.datetime_skeletons["MMMEd"].pattern
    return format_date(day, re.sub("E+", "EEEE", re.sub("M+", "MMMM", re.sub("L+", "LLLL", short))), locale=locale)


def clock_time(moment: dt.datetime | dt.time) -> str:
    """Return a time of day in the zone it already has: "09:04"."""
    return format_time(moment if isinstance(moment, dt.time) else moment.time(), "short", locale=reading_locale())


def short_weekday(day: dt.date) -> str:
    """Return the weekday where room is dear: "Fri"."""
    return format_date(day, "EEE", locale=reading_locale())


def day_and_time(moment: dt.datetime) -> str:
    """Return a day near today with its time, in the zone the moment already has: "Friday 20 November, 09:20"."""
    return f"{day_name(moment.date())}, {clock_time(moment)}"


def language_name(code: str) -> str:
    """Return what a language is called by whoever reads the screen: "Welsh"."""
    return Locale.parse(code).get_language_name(reading_locale()) or code


def whole_day(day: dt.date) -> str:
    """Return a day that may be far off, with its weekday and year: "Friday, 20 November 2026"."""
    return format_date(day, "full", locale=reading_locale())
