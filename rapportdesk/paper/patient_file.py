"""A patient who asks "what do you hold about me?" gets all of it in plain words, with who said it and when.

It is given to the patient, so what they may not be shown is left out before it comes here; nothing is shortened.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from babel import Locale

from rapportdesk.language import _
from rapportdesk.model.communication import ContactLine
from rapportdesk.model.note import Note, NoteKind, Source
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Card, Line
from rapportdesk.model.words import contact_system_words
from rapportdesk.paper.cleaning import PageText, clean_paragraphs, page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.wording import (
    BETWEEN_FACTS,
    facts,
    gap_after_lead,
    long_date,
    name_parts,
    printed_words,
    reading_locale,
    serial_words,
)

_LONGEST = 1_000_000  # nothing is shortened here: the bound is the one for a pasted page


def typeset_file(
    card: Card,
    notes: Sequence[Note],
    *,
    beside: Callable[[Note], Sequence[str]],
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    language: str = "",
    large_print: bool = False,
    paper: Paper | None = None,
    handed_to: str = "",
    contacts: Sequence[ContactLine] = (),
) -> Printed:
    """Set everything known about one person, on as many pages as it takes. Call it from a worker thread.

    Args:
        card: Who it is; of its blocks, the lines without a note behind them are printed (people, promises).
        notes: Everything that is kept and may be handed out, in any order; printed by kind, newest first.
        beside: What is kept beside a note's text, in words.
        serial: Random print serial (`new_serial`).
        printed_at: Aware, in the practice's zone, which all dates are shown in.
        clinic_name: Who holds it.
        language: POSIX or BCP 47 name for dates, direction and sheet size; by default the language in use.
        large_print: 16 points in place of 11.
        paper: Sheet size; None takes the locale's.
        handed_to: Who decides for the patient and gets the page in their place: then nothing of who the patient is and
            how to reach them stands there but the name as written and the birth date.
        contacts: Calls and messages, as they may be read; newest first.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    called, rest = name_parts(card.patient)
    heading = _("What we keep about you")
    if handed_to:
        heading = _("What is kept about them on your word, for {name}").format(name=ink.typed(handed_to))
    data = {
        "clinic": ink.typed(clinic_name),
        "size": 16 if large_print else 11,
        "heading": ink.words(heading),
        "called": ink.typed(called),
        "rest": ink.typed(rest),
        "facts": [ink.words(fact) for fact in facts(card.patient, card.age, locale)],
        "sections": [
            section
            for section in (
                *([] if handed_to else [_identity(card.patient, ink)]),
                *_blocks(card, ink),
                *_notes(notes, ink, printed_at, locale, beside, to_patient=not handed_to),
                _contacts(contacts, ink, locale),
            )
            if section["entries"]
        ],
        "nothing": ink.words(_("Nothing is kept on your word.") if handed_to else _("We keep no notes about you.")),
        "foot": [ink.words(each) for each in (serial_words(serial), printed_words(printed_at, locale))],
    }
    return press(
        "patient_file.typ",
        data,
        title=_("What we keep about you"),
        serial=serial,
        printed_at=printed_at,
        locale=locale,
        paper=paper,
    )


def kind_words(kind: NoteKind) -> str:
    """Return the heading for a kind of note, in the words of PRSB About Me where it has one."""
    return {
        NoteKind.IMPORTANT_TO_ME: _("What is most important to me"),
        NoteKind.PEOPLE_IMPORTANT_TO_ME: _("People who are important to me"),
        NoteKind.HOW_I_COMMUNICATE: _("How I communicate and how to communicate with me"),
        NoteKind.MY_WELLNESS: _("My wellness"),
        NoteKind.PLEASE_DO: _("Please do"),
        NoteKind.PLEASE_DONT: _("Please don’t"),
        NoteKind.HOW_TO_SUPPORT_ME: _("How and when to support me"),
        NoteKind.ALSO_WORTH_KNOWING: _("Also worth knowing about me"),
        NoteKind.HOBBY: _("Hobbies"),
        NoteKind.PREFERENCE: _("Preferences"),
        NoteKind.LIFE_EVENT: _("Life events"),
        NoteKind.FEELING_NAMED: _("Feelings named"),
        NoteKind.PAST_EXPERIENCE: _("Past experience of care"),
        NoteKind.GOALS_AND_PACE: _("Goals and pace"),
        NoteKind.QUESTION: _("Questions to be answered"),
        NoteKind.ADJUSTMENT: _("Adjustments"),
        NoteKind.EXPLAINED: _("What was explained"),
        NoteKind.NEXT_STEP: _("What comes next"),
    }[kind]


def _source_words(source: Source, *, to_patient: bool) -> str:
    return {
        Source.SAID_BY_PATIENT: _("said by you") if to_patient else _("said by them"),
        Source.SAID_BY_CARER: (
            _("said by somebody who cares for you") if to_patient else _("said by somebody who cares for them")
        ),
        Source.OBSERVED_BY_STAFF: _("noted by staff"),
    }[source]


def _entry(ink: PageText, text: str, *, lead: str = "", gap: str = " ", below: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "lead": ink.typed(lead, _LONGEST),
        "gap": gap,
        "paragraphs": [ink.typed(line, _LONGEST) for line in clean_paragraphs(text)],
        "below": [ink.words(words) for words in below if words],
    }


def _identity(patient: Patient, ink: PageText) -> dict[str, Any]:
    entries = [_entry(ink, each.value, lead=each.label or each.system or _("Number")) for each in patient.identifiers]
    if patient.languages:
        entries.append(_entry(ink, ", ".join(patient.languages), lead=_("Languages")))
    for point in patient.contact_points:
        said = BETWEEN_FACTS.join(each for each in (point.value, point.shared_with, point.may_say) if each)
        entries.append(_entry(ink, said, lead=contact_system_words(point.system)))
    return {"label": ink.words(_("Who you are and how to reach you")), "entries": entries}


def _contacts(contacts: Sequence[ContactLine], ink: PageText, locale: Locale) -> dict[str, Any]:
    entries = [
        _entry(ink, line.words, lead=long_date(line.at.date(), locale), below=[ink.typed(line.detail, _LONGEST)])
        for line in contacts
    ]
    return {"label": ink.words(_("Calls and messages")), "entries": entries}


def _blocks(card: Card, ink: PageText) -> list[dict[str, Any]]:
    return [
        {
            "label": ink.typed(block.label),
            "entries": [_line_entry(line, ink) for line in block.lines if line.note is None],
        }
        for block in card.blocks
    ]


def _line_entry(line: Line, ink: PageText) -> dict[str, Any]:
    below = [ink.typed(each, _LONGEST) for each in (line.urgent, line.detail)]
    return _entry(ink, line.text, lead=line.lead, gap=gap_after_lead(line), below=below)


def _notes(
    notes: Sequence[Note],
    ink: PageText,
    printed_at: dt.datetime,
    locale: Locale,
    beside: Callable[[Note], Sequence[str]],
    *,
    to_patient: bool,
) -> list[dict[str, Any]]:
    newest_first = sorted(notes, key=lambda note: (note.noted_at, note.id), reverse=True)
    return [
        {
            "label": ink.words(kind_words(kind)),
            "entries": [
                _note_entry(note, ink, printed_at, locale, beside(note), to_patient=to_patient)
                for note in newest_first
                if note.kind is kind
            ],
        }
        for kind in NoteKind
    ]


def _note_entry(
    note: Note, ink: PageText, printed_at: dt.datetime, locale: Locale, beside: Sequence[str], *, to_patient: bool
) -> dict[str, Any]:
    noted_on = long_date(note.noted_at.astimezone(printed_at.tzinfo).date(), locale)
    words = [
        _source_words(note.source, to_patient=to_patient),
        _("noted on {date} by {name}").format(date=ink.words(noted_on), name=ink.typed(note.noted_by_name)),
    ]
    if note.last_confirmed_on:
        words.append(_("confirmed on {date}").format(date=ink.words(long_date(note.last_confirmed_on, locale))))
    words += [ink.typed(each, _LONGEST) for each in beside]
    text = _("“{words}”").format(words=note.text.strip()) if note.quote else note.text
    return _entry(ink, text, below=words)
