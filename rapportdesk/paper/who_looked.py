"""A patient who asks who looked at their record takes the answer along on paper: when, who, and what they did."""

import datetime as dt
from typing import Any

from babel import Locale

from rapportdesk.language import _
from rapportdesk.model.looked import LookedDay, LookedLine, WhoLooked
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role
from rapportdesk.paper.cleaning import PageText, page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.wording import clock_time, full_date, printed_words, reading_locale, serial_words


def typeset_who_looked(
    answer: WhoLooked,
    patient: Patient,
    *,
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    language: str = "",
    large_print: bool = False,
    paper: Paper | None = None,
) -> Printed:
    """Set one person's answer, on as many pages as it takes. Call it from a worker thread.

    Args:
        answer: What may be told, as `rapportdesk.rules.rights.who_looked` made it.
        patient: Whose record it is.
        serial: Random print serial (`new_serial`).
        printed_at: Aware, in the practice's zone.
        clinic_name: Who answers.
        language: POSIX or BCP 47 name for dates, direction and sheet size; by default the language in use.
        large_print: 16 points in place of 11.
        paper: Sheet size; None takes the locale's.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    data = {
        "clinic": ink.typed(clinic_name),
        "size": 16 if large_print else 11,
        "heading": ink.words(_("Who looked at your record")),
        "name": ink.typed(patient.name),
        "lead": ink.words(_("What was opened, read, printed or changed here, newest day first.")),
        "columns": [ink.words(each) for each in (_("When"), _("Who"), _("What they did"))],
        "days": [_day(day, ink, locale) for day in answer.days],
        "nothing": ink.words(_("Nobody has looked yet.")),
        "more": ink.words(_("This is everything.") if answer.whole else _ask_a_clinician()),
        "foot": [ink.words(each) for each in (serial_words(serial), printed_words(printed_at, locale))],
    }
    return press(
        "who_looked.typ",
        data,
        title=_("Who looked"),
        serial=serial,
        printed_at=printed_at,
        locale=locale,
        paper=paper,
    )


def _ask_a_clinician() -> str:
    """Return what stands under every such list, whether or not there is more."""
    return _(
        "This is what the front desk can tell. Anybody who treats you here can tell you the rest, if there is any."
    )


def _day(day: LookedDay, ink: PageText, locale: Locale) -> dict[str, Any]:
    return {"label": ink.words(full_date(day.day, locale)), "rows": [_row(line, ink, locale) for line in day.lines]}


def _row(line: LookedLine, ink: PageText, locale: Locale) -> dict[str, str]:
    who = ", ".join((line.who or _("nobody signed in"), *_roles(line.roles)))
    what = _("{what} (not done)").format(what=line.words) if line.failed else line.words
    return {
        "times": ink.words(", ".join(clock_time(time, locale) for time in line.times)),
        "who": ink.typed(who),
        "what": ink.words(what),
    }


def _roles(roles: frozenset[Role]) -> tuple[str, ...]:
    words = {Role.RECEPTION: _("reception"), Role.CLINICIAN: _("clinician"), Role.MANAGER: _("manager")}
    return tuple(words[role] for role in Role if role in roles)
