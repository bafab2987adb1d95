"""What stands on paper beside the patient's own words: dates by locale, who this is, when it was set, what is left out.

Every function returns finished words in the reader's language, cleaned and joined, so that templates only place them.
"""

import datetime as dt
from collections.abc import Sequence

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_time

from rapportdesk.language import _, locale_name, ngettext
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import BriefSection, Line
from rapportdesk.model.words import veil_sentence
from rapportdesk.paper.cleaning import LONGEST_LINE, PageText, clean, shorten

BETWEEN_FACTS = " · "
_GOES_ON = tuple(",;:.!?)’،؛")
_BRITISH = "en_GB"
_IN_A_SENTENCE = PageText()
_LONGEST_PIECE = 120


def reading_locale(language: str = "") -> Locale:
    """Return the locale for a POSIX or BCP 47 name, by default that of the catalogue in use.

    Plain "en", and what nobody knows, is British English.
    """
    name = (language or locale_name()).replace("-", "_").split(".")[0]
    try:
        return Locale.parse(_BRITISH if name in {"C", "POSIX", "en"} else name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_BRITISH)


def long_date(day: dt.date, locale: Locale) -> str:
    """Return "14 March 1958"."""
    return format_date(day, "long", locale=locale)


def full_date(day: dt.date, locale: Locale) -> str:
    """Return "Friday, 20 November 2026" as the locale punctuates it."""
    return format_date(day, "full", locale=locale)


def clock_time(moment: dt.datetime | dt.time, locale: Locale) -> str:
    """Return "09:04", in the zone the moment already has."""
    return format_time(moment if isinstance(moment, dt.time) else moment.time(), "short", locale=locale)


def name_parts(patient: Patient) -> tuple[str, str]:
    """Return what to call the person and the rest of the name, for one large line.

    ("Nia", "Prydderch") where the name begins with the preferred name, ("Mr Ferreira", "João Ferreira") where it is
    another, ("", "Li Wei") where none was asked for: then no part of the name is singled out.
    """
    name, called = (clean(shorten(each, LONGEST_LINE)) for each in (patient.name, patient.preferred_name))
    if not called or called == name:
        return "", name
    if name.startswith(called + " "):
        return called, name[len(called) + 1 :]
    return called, name


def facts(patient: Patient, age: int | None, locale: Locale, *, languages: bool = False) -> tuple[str, ...]:
    """Return birth date, age, pronouns, how to say the name and the name in its own script, as far as known.

    With `languages` also which they speak, for whoever is about to greet them.
    """
    speaks = _piece(", ".join(patient.languages)) if languages else ""
    return tuple(
        fact
        for fact in (
            long_date(patient.birth_date, locale) if patient.birth_date else _("birth date unknown"),
            str(age) if age is not None else "",
            _piece(patient.pronouns),
            _("say {name}").format(name=_piece(patient.say)) if patient.say else "",
            _piece(patient.own_script_name),
            _("speaks {languages}").format(languages=speaks) if speaks else "",
            _("interpreter: {language}").format(language=_piece(patient.interpreter)) if patient.interpreter else "",
        )
        if fact
    )


def appointment_words(appointment: Appointment | None, zone: dt.tzinfo | None, locale: Locale) -> tuple[str, ...]:
    """Return day, time and practitioner of the visit, and that they did not come, or nothing without one."""
    if appointment is None:
        return ()
    start = appointment.start.astimezone(zone)
    missed = _("did not come") if appointment.status is AppointmentStatus.NOSHOW else ""
    parts = (full_date(start.date(), locale), clock_time(start, locale), _piece(appointment.practitioner_name), missed)
    return tuple(part for part in parts if part)


def left_out_words(count: int, of: Sequence[tuple[str, int]] = ()) -> str:
    """Return what is said at the foot when visible lines did not fit; empty when all did.

    Args:
        count: How many lines.
        of: How many of them under which label: "left out: 3 lines (Comfort 2, Open with 1)".
    """
    if not count:
        return ""
    words = ngettext("left out: {count} line", "left out: {count} lines", count).format(count=count)
    among = ", ".join(f"{clean(label)} {number}" for label, number in of)
    return f"{words} ({among})" if among else words


def as_of_words(moment: dt.datetime, locale: Locale) -> str:
    """Return "as of 09:04"."""
    return _("as of {time}").format(time=_IN_A_SENTENCE.words(clock_time(moment, locale)))


def lines_with_veil(section: BriefSection, patient: Patient) -> tuple[Line, ...]:
    """Return a section's lines, and last the veil's sentence where something waits to be opened."""
    return (*section.lines, Line(text=veil_sentence(patient))) if section.veil else section.lines


def gap_after_lead(line: Line) -> str:
    """Return what stands between lead and text: nothing where the text goes on with a comma ("Gwen", ", daughter")."""
    return "" if line.text[:1] in _GOES_ON else " "


def serial_words(serial: str) -> str:
    """Return "print 7K3M-Q2XD"; of a page that is only looked at, that it is not printed."""
    if not serial:
        return _("not printed yet")
    return _("print {serial}").format(serial=serial)


def printed_words(moment: dt.datetime, locale: Locale) -> str:
    """Return "printed 20 Nov 2026, 09:06", in the zone the moment already has."""
    day = format_date(moment.date(), "medium", locale=locale)
    return _("printed {day}, {time}").format(
        day=_IN_A_SENTENCE.words(day), time=_IN_A_SENTENCE.words(clock_time(moment, locale))
    )


def _piece(text: str) -> str:
    """Return what somebody typed, fit for the middle of a sentence that may read the other way."""
    return _IN_A_SENTENCE.words(clean(shorten(text, _LONGEST_PIECE)))
