"""The form to sign is in the patient's own language where there is a catalogue for it, else in English that says so.

It asks every purpose by itself, with a yes and a no of the same size; nothing is ticked beforehand. Whoever signs for
the patient says by what right.
"""

import datetime as dt
from gettext import NullTranslations

from babel import Locale
from babel.core import UnknownLocaleError

from rapportdesk.language import catalogue, languages_spoken, locale_name
from rapportdesk.model.patient import Patient
from rapportdesk.paper.cleaning import page_text
from rapportdesk.paper.press import Paper, Printed, paper_for, press
from rapportdesk.paper.wording import long_date, reading_locale

_SMALL, _LARGE = 11.5, 18.0


def language_of(patient: Patient) -> str:
    """Return the POSIX name of the catalogue for the language the patient likes best; empty for English or none.

    Languages are kept in words; "Welsh", "Cymraeg" and "cy" are one.
    """
    for said in patient.languages[:1]:
        for name in languages_spoken():
            if said.strip().casefold() in _names(name):
                return name
    return ""


def typeset_consent_sheet(
    patient: Patient,
    *,
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    grace_days: int,
    large_print: bool = False,
    language: str | None = None,
    translations: NullTranslations | None = None,
    paper: Paper | None = None,
) -> Printed:
    """Set the form to print and sign.

    Args:
        patient: Who is to sign.
        serial: Random print serial (`new_serial`).
        printed_at: Aware, in the practice's zone.
        clinic_name: Who asks.
        grace_days: Days after which what was taken back is erased.
        large_print: 18 points in place of 11.5.
        language: POSIX name of the form's language; None takes the patient's.
        translations: What it says in that language; None takes the catalogue.
        paper: Sheet size; None takes that of the language in use here, where the printer stands.
    """
    language = language_of(patient) if language is None else language
    said = translations or (catalogue(language) if language else NullTranslations())
    gettext = said.gettext
    locale = reading_locale(language or "en")
    ink = page_text(locale)
    born = long_date(patient.birth_date, locale) if patient.birth_date else gettext("birth date unknown")
    number = patient.identifiers[0].value if patient.identifiers else ""
    lines = {
        "heading": gettext("What may we remember about you?"),
        "intro": gettext(
            "We would like to write down what helps us to look after you as a person. It is your choice. "
            "Your care is the same whatever you answer."
        ),
        "later": gettext(
            "You can change your mind at any time: tell us at the desk or ring us. What you take back is hidden at "
            "once, and erased after {days} days."
        ).format(days=grace_days),
        "yes": gettext("Yes"),
        "no": gettext("No"),
        "signed_for": gettext("Signed for the patient by, and by what right"),
        "signature": gettext("Signature"),
        "date": gettext("Date"),
    }
    data = {
        "clinic": ink.typed(clinic_name),
        "size": _LARGE if large_print else _SMALL,
        "name": ink.typed(patient.name),
        "facts": [ink.words(born), *([ink.typed(number)] if number else [])],
        "lines": {name: ink.words(words) for name, words in lines.items()},
        "purposes": [ink.words(words) for words in _purposes(said)],
        "people": [ink.words(gettext("You may talk with, and about what:"))] * 2,
        "other_language": ink.words(_other_language(patient, said)),
        "foot": [
            ink.words(gettext("print {serial}").format(serial=serial) if serial else gettext("not printed yet")),
            ink.words(long_date(printed_at.date(), locale)),
        ],
    }  # fmt: skip
    return press(
        "consent_sheet.typ",
        data,
        title=gettext("Form to sign"),
        serial=serial,
        printed_at=printed_at,
        locale=locale,
        paper=paper or _paper_here(),
    )


def _paper_here() -> Paper:
    return paper_for(reading_locale(locale_name()))


def _purposes(said: NullTranslations) -> tuple[str, ...]:
    gettext = said.gettext
    return (
        gettext("The people at the desk may keep notes of what I would like remembered."),
        gettext("Those who treat me may read them."),
        gettext("You may ring me."),
        gettext("You may leave a message on my voicemail."),
        gettext("You may send me text messages."),
        gettext("You may send me e-mail."),
        gettext("You may write to me by post."),
        gettext("You may ask me how it was."),
        gettext("You may invite me for a review."),
    )


def _other_language(patient: Patient, said: NullTranslations) -> str:
    """Return what is said where the form is not in the patient's own language; empty where it is, or none is known."""
    first = patient.languages[0].strip() if patient.languages else ""
    theirs = first.casefold() in {*_names("en"), ""}
    sentence = "The people at the desk may keep notes of what I would like remembered."
    if theirs or said.gettext(sentence) != sentence:
        return ""
    return said.gettext(
        "This person’s language is {language}; this form is in English. Go through it together, with an interpreter."
    ).format(language=first)


def _names(language: str) -> frozenset[str]:
    """Return what a language is called by its code, by itself, in English and in the language in use here."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset({language.casefold()})
    called = {locale.get_language_name(other) for other in (locale, "en", reading_locale(locale_name()))}
    return frozenset({language.casefold(), *(name.casefold() for name in called if name)})
