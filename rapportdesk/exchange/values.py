"""A value from outside is cleaned once, here, before it becomes anybody's name or day."""

import datetime as dt
import re
from functools import cache

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.model.patient import ContactPoint, ContactSystem

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FIRST_YEAR, _LAST_YEAR = 1850, 2150


def plain(text: str) -> str:
    """Return `text` on one line, without control characters and without white space around it."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def in_reach(day: dt.date, field: str) -> dt.date:
    """Return `day` if somebody alive or in the schedule can have it.

    Raises:
        Unreadable: The year is before 1850 or after 2150.
    """
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Unreadable(Fault.DATE, field=field)
    return day


def moment(value: dt.datetime, zone: dt.tzinfo | None, field: str) -> dt.datetime:
    """Return `value` in UTC; without an offset it is taken as `zone`'s, or the workstation's when that is None.

    Raises:
        Unreadable: It is out of reach or no moment at all.
    """
    in_reach(value, field)
    try:
        if value.tzinfo is None and zone is not None:
            value = value.replace(tzinfo=zone)
        return value.astimezone(dt.UTC)
    except (ValueError, OverflowError) as fault:
        raise Unreadable(Fault.DATE, field=field) from fault


def contact_point(system: ContactSystem, value: str) -> ContactPoint | None:
    """Return a contact point from an import, or None when there is no value or an e-mail address is none."""
    cleaned = plain(value)
    if not cleaned or (system is ContactSystem.EMAIL and "@" not in cleaned):
        return None
    return ContactPoint(system=system, value=cleaned, from_import=True)


def language_words(code: str) -> str:
    """Return the English name of a language from a BCP 47 or ISO 639 code, or nothing when it has none."""
    main = code.strip().lower().replace("_", "-").split("-")[0]
    return _language_names().get(_two_letter_codes().get(main, main), "")


@cache
def _language_names() -> dict[str, str]:
    from babel import Locale

    return {str(code): str(name) for code, name in Locale("en").languages.items()}


@cache
def _two_letter_codes() -> dict[str, str]:
    from babel.core import get_global

    return {str(code): str(alias) for code, alias in get_global("language_aliases").items()}
