"""Whoever was erased takes a page along: what was erased, what stays and why, and until when copies hold it."""

import datetime as dt

from babel import Locale

from rapportdesk.language import _
from rapportdesk.model.erasure import Erased
from rapportdesk.model.patient import Patient
from rapportdesk.paper.cleaning import PageText, page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.wording import long_date, printed_words, reading_locale, serial_words


def typeset_certificate(
    erased: Erased,
    patient: Patient,
    *,
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    language: str = "",
    large_print: bool = False,
    paper: Paper | None = None,
) -> Printed:
    """Set the certificate of one erasure. Call it from a worker thread.

    Args:
        erased: What was done.
        patient: Who it was; kept nowhere any more but on this page.
        serial: Random print serial (`new_serial`).
        printed_at: Aware, in the practice's zone.
        clinic_name: Who erased.
        language: POSIX or BCP 47 name for dates, direction and sheet size; by default the language in use.
        large_print: 16 points in place of 11.
        paper: Sheet size; None takes the locale's.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    day = long_date(erased.erased_at.astimezone(printed_at.tzinfo).date(), locale)
    born = [long_date(patient.birth_date, locale)] if patient.birth_date else []
    data = {
        "clinic": ink.typed(clinic_name),
        "size": 16 if large_print else 11,
        "heading": ink.words(_("What we kept about you is erased")),
        "name": ink.typed(patient.name),
        "facts": [ink.words(each) for each in born] + [ink.typed(each.value) for each in patient.identifiers[:1]],
        "sections": [
            {"label": ink.words(label), "lines": [ink.words(line) for line in lines]}
            for label, lines in (
                (_("Erased"), _gone(erased, day, ink)),
                (_("Copies"), _copies(erased, locale)),
                (_("What stays"), _stays()),
                *([(_("Locks and codes"), _certified())] if erased.certified else []),
            )
        ],
        "foot": [ink.words(each) for each in (serial_words(serial), printed_words(printed_at, locale))],
    }
    return press(
        "certificate.typ", data, title=_("Certificate of erasure"), serial=serial, printed_at=printed_at,
        locale=locale, paper=paper,
    )  # fmt: skip


def _gone(erased: Erased, day: str, ink: PageText) -> list[str]:
    return [
        _("On {day} {name} erased everything we kept about you: who you are, notes and what they said before, "
          "people, what you agreed to, promises, visits, calls and messages.").format(
            day=day, name=ink.typed(erased.by_name)
        ),
        _("The reason given: {reason}").format(reason=ink.typed(erased.reason)),
    ]  # fmt: skip


def _copies(erased: Erased, locale: Locale) -> list[str]:
    lines = []
    if erased.backups_until is not None:
        lines.append(
            _("Sealed backups made before hold it until {day} at the latest. If one of them is ever used, "
              "what was erased is erased from it again.").format(day=long_date(erased.backups_until, locale))
        )  # fmt: skip
    if erased.by_hand:
        lines.append(_("Sealed copies that were made by hand are destroyed by hand."))
    return lines or [_("No backup that we know of holds it.")]


def _stays() -> list[str]:
    return [
        _("That somebody looked at your record, when and who, without your name: the law asks us to keep that."),
        _("That we erased it, when and why, without your name."),
        _("What left the practice before: paper, messages and what you took along yourself."),
        _("What other people told us of you on their own cards is theirs."),
    ]


def _certified() -> list[str]:
    return [
        _("The locks that kept your data were replaced, and the file was written anew without what was erased."),
        _("The desk’s recovery code was replaced. Backups of before open with the former code until they are gone."),
        _("The clinicians’ code opens nothing by itself. Their locks are replaced when one of them next signs in."),
        _("What somebody copied or remembers cannot be called back. What a worn disk keeps in spare cells is sealed."),
    ]  # fmt: skip
