"""A message is made of a template's words and of five fields that may be merged into them, and of nothing else.

A template is no program: a field is a name in braces, and any other name is refused when the template is saved. The
words are in the patient's own language where the template has them, with dates as that language writes them.
"""

import datetime as dt
import string
from collections.abc import Mapping, Sequence

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_time

from rapportdesk.errors import BadInput
from rapportdesk.language import _, locale_name
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.message import TemplateWords
from rapportdesk.model.patient import Patient

OF_A_VISIT = ("day", "time", "practitioner")
FIELDS = ("called", *OF_A_VISIT, "clinic")
"""What may be merged."""

FALLBACK = "en"


class _Merged(string.Template):
    """A template whose fields stand in braces; two opening braces are one that is meant as a sign."""

    delimiter = "{"
    pattern = r"\{(?:(?P<escaped>\{)|(?P<named>[a-z]+)\}|(?P<braced>(?!))|(?P<invalid>))"  # type: ignore[assignment]  # compiled by the base class


def fields_of(text: str) -> tuple[str, ...]:
    """Return the fields that `text` merges.

    Raises:
        BadInput: It names a field there is none of, or has a brace that belongs to none.
    """
    template = _Merged(text)
    if not template.is_valid():
        raise BadInput(_("There is a “{” that begins no field."), _fields_words())
    found = template.get_identifiers()
    unknown = [name for name in found if name not in FIELDS]
    if unknown:
        raise BadInput(_("There is no field “{name}”.").format(name=unknown[0]), _fields_words())
    return tuple(found)


def merge(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its fields filled.

    Raises:
        BadInput: As `fields_of`; or it names a visit, and `values` have none.
    """
    if any(name not in values for name in fields_of(text)):
        raise BadInput(_("This message names a visit, and there is none."), _("Choose another message."))
    return _Merged(text).substitute(values)


def values_for(
    patient: Patient, visit: Appointment | None, clinic: str, language: str, zone: dt.tzinfo | None
) -> dict[str, str]:
    """Return what the fields are filled with, in one language.

    Args:
        patient: Who is written to.
        visit: What about; None for no visit.
        clinic: The practice's name.
        language: A BCP 47 name.
        zone: The practice's, in which times are told.
    """
    values = {"called": patient.called, "clinic": clinic}
    if visit is not None:
        start, locale = visit.start.astimezone(zone), locale_of(language)
        values["day"] = format_date(start.date(), "full", locale=locale)
        values["time"] = format_time(start.time(), "short", locale=locale)
        values["practitioner"] = visit.practitioner_name or clinic
    return values


def words_for(patient: Patient, words: Sequence[TemplateWords]) -> tuple[TemplateWords, bool]:
    """Return the words in the language the patient likes best of those there are, and whether it is one of theirs."""
    for spoken in patient.languages:
        for each in words:
            if spoken.strip().casefold() in _names(each.language):
                return each, True
    fallback = next((each for each in words if each.language.split("-")[0] == FALLBACK), words[0])
    return fallback, not patient.languages


def language_words(language: str) -> str:
    """Return what a language is called by whoever reads the screen."""
    return locale_of(language).get_language_name(locale_of(locale_name())) or language


def locale_of(language: str) -> Locale:
    """Return Babel's locale; British English for English and for what Babel does not know."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
    return Locale.parse("en_GB") if str(locale) == "en" else locale


def _names(language: str) -> frozenset[str]:
    """Return what a language is called by its code, by itself, in English and by whoever reads the screen."""
    locale = locale_of(language)
    called = {locale.get_language_name(other) for other in (locale, Locale.parse("en"), locale_of(locale_name()))}
    return frozenset({language.casefold(), *(name.casefold() for name in called if name)})


def _fields_words() -> str:
    return _("These can be merged: {fields}.").format(fields=", ".join(f"{{{name}}}" for name in FIELDS))
