"""The brief for a terminal, a browser and a program: the same words as on the screen, and none of them active.

Control characters and direction overrides are taken out, HTML is escaped by Jinja, nothing is fetched from anywhere.
What a clinician has opened stands here as it does on the screen; only paper leaves it out (`withheld`).
"""

import datetime as dt
import json
import textwrap
from collections.abc import Sequence
from typing import Any

from babel import Locale

from rapportdesk.language import _, ngettext
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.shown import Brief, BriefSection, Line
from rapportdesk.paper.cleaning import PageText, clean, page_text, without_surrogates
from rapportdesk.paper.press import TEMPLATES
from rapportdesk.paper.wording import (
    BETWEEN_FACTS,
    appointment_words,
    as_of_words,
    facts,
    gap_after_lead,
    left_out_words,
    lines_with_veil,
    name_parts,
    reading_locale,
)

JSON_VERSION = 1

_NARROWEST = 40
_WIDEST_LABEL = 20


def brief_text(brief: Brief, width: int = 80, *, zone: dt.tzinfo | None = None, language: str = "") -> str:
    """Return the brief as plain text that ends with a line break.

    Args:
        brief: As composed for the reader.
        width: Columns to wrap at; at least 40 are used. Labels stand right-aligned in a column of their own.
        zone: The practice's zone; None takes the one that `brief.as_of` carries.
        language: POSIX or BCP 47 name for dates and times; by default the language in use.
    """
    shown = _Shown(brief, zone, reading_locale(language))
    width = max(width, _NARROWEST)
    column = min(max((len(clean(section.label)) for section in brief.sections), default=0), _WIDEST_LABEL)
    lines = [*_wrapped(shown.name(), width), *_wrapped(BETWEEN_FACTS.join(shown.facts()), width)]
    lines += _wrapped(BETWEEN_FACTS.join(shown.appointment()), width)
    for section in brief.sections:
        words = [shown.sentence(line) for line in lines_with_veil(section, brief.patient)]
        lines += ["", *_labelled(clean(section.label), words, column, width)] if words else []
    return "\n".join([*lines, "", *_wrapped(BETWEEN_FACTS.join(shown.foot()), width)]) + "\n"


def brief_html(briefs: Brief | Sequence[Brief], *, zone: dt.tzinfo | None = None, language: str = "") -> str:
    """Return one brief, or several below each other, as one standalone HTML page.

    It has no script and no outside address, and its title names nobody. Without any brief it says so.

    Args:
        briefs: As composed for the reader.
        zone: The practice's zone; None takes the one that each brief's `as_of` carries.
        language: POSIX or BCP 47 name for dates, the page's language and direction; by default the language in use.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    each = (briefs,) if isinstance(briefs, Brief) else tuple(briefs)
    locale = reading_locale(language)
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("brief.html.j2").render(
        lang=str(locale).replace("_", "-"),
        direction=locale.text_direction,
        title=ngettext("Brief", "Briefs", len(each)),
        nobody=_("There is no brief to show."),
        briefs=[_Shown(brief, zone, locale).for_html() for brief in each],
    )


def brief_json(brief: Brief) -> str:
    """Return the brief as JSON (RFC 8259) in ASCII, in the shape that `brief_data` describes."""
    return json.dumps(brief_data(brief), indent=2) + "\n"


def brief_data(brief: Brief) -> dict[str, Any]:
    """Return the brief as JSON types in this stable shape; what is not known is null or "".

    ::

        {"version": 1,
         "patient": {"id", "name", "called", "birth_date": "1958-03-14" | null, "age": 68 | null, "pronouns", "say"},
         "appointment": {"id", "start": "2026-11-20T09:00:00+00:00", "minutes", "practitioner", "status"} | null,
         "sections": [{"key": "greet", "label": "Greet", "veil": false,
                       "lines": [{"lead", "text", "detail", "urgent", "mark": "none", "source"}]}],
         "as_of": "2026-11-20T09:04:00+00:00",
         "left_out": 3,
         "left_out_of": [{"label": "Comfort", "count": 2}, ...],
         "read": {"at": "2026-11-20T08:50:00+00:00", "by": "Dr Osei"} | null,
         "veiled": true}

    Times carry an offset. Keys and marks are those of `BriefKey` and `Mark`; labels are in the language in use. Text is
    as it was written, lone surrogates apart, which become U+FFFD.
    """
    patient, appointment = brief.patient, brief.appointment
    return {
        "version": JSON_VERSION,
        "patient": {
            "id": patient.id,
            "name": without_surrogates(patient.name),
            "called": without_surrogates(patient.called),
            "birth_date": patient.birth_date.isoformat() if patient.birth_date else None,
            "age": brief.age,
            "pronouns": without_surrogates(patient.pronouns),
            "say": without_surrogates(patient.say),
        },
        "appointment": _appointment_data(appointment) if appointment else None,
        "sections": [_section_data(section) for section in brief.sections],
        "as_of": brief.as_of.isoformat(),
        "left_out": brief.left_out,
        "left_out_of": [{"label": label, "count": count} for label, count in brief.left_out_of],
        "read": _read_data(brief),
        "veiled": brief.veiled,
    }


class _Shown:
    """The brief's words for people, in one locale and zone."""

    def __init__(self, brief: Brief, zone: dt.tzinfo | None, locale: Locale) -> None:
        self.brief = brief
        self.zone = zone or brief.as_of.tzinfo
        self.locale = locale
        self.ink: PageText = page_text(locale)

    def name(self) -> str:
        return " ".join(self.ink.words(part) for part in name_parts(self.brief.patient) if part)

    def facts(self) -> tuple[str, ...]:
        return facts(self.brief.patient, self.brief.age, self.locale, languages=True)

    def appointment(self) -> tuple[str, ...]:
        return appointment_words(self.brief.appointment, self.zone, self.locale)

    def sentence(self, line: Line) -> str:
        lead, text = self.ink.words(clean(line.lead)), self.ink.words(clean(line.text))
        told = lead + gap_after_lead(line) + text if lead else text
        urgent = f"[{clean(line.urgent)}]" if line.urgent else ""
        detail = f"({clean(line.detail)})" if line.detail else ""
        return " ".join(part for part in (told, urgent, detail) if part)

    def foot(self) -> tuple[str, ...]:
        as_of = as_of_words(self.brief.as_of.astimezone(self.zone), self.locale)
        return tuple(words for words in (as_of, left_out_words(self.brief.left_out, self.brief.left_out_of)) if words)

    def for_html(self) -> dict[str, Any]:
        called, rest = name_parts(self.brief.patient)
        return {
            "called": called,
            "rest": rest,
            "facts": self.facts(),
            "appointment": self.appointment(),
            "sections": [
                {
                    "label": clean(section.label),
                    "lines": [_html_line(line) for line in lines_with_veil(section, self.brief.patient)],
                }
                for section in self.brief.sections
            ],
            "foot": self.foot(),
        }


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, break_on_hyphens=False)


def _labelled(label: str, sentences: list[str], column: int, width: int) -> list[str]:
    """Return wrapped sentences behind their label; a label wider than its column has a line of its own."""
    margin = " " * (column + 2)
    body = [margin + line for sentence in sentences for line in _wrapped(sentence, width - len(margin)) or [""]]
    if len(label) > column:
        return [*_wrapped(label, width), *body]
    return [label.rjust(column) + "  " + body[0].strip(" "), *body[1:]]


def _html_line(line: Line) -> dict[str, str]:
    return {
        "lead": clean(line.lead),
        "gap": gap_after_lead(line),
        "text": clean(line.text),
        "detail": clean(line.detail),
        "urgent": clean(line.urgent),
        "mark": line.mark.value,
    }


def _read_data(brief: Brief) -> dict[str, str] | None:
    if brief.read_at is None:
        return None
    return {"at": brief.read_at.isoformat(), "by": without_surrogates(brief.read_by_name)}


def _appointment_data(appointment: Appointment) -> dict[str, Any]:
    return {
        "id": appointment.id,
        "start": appointment.start.isoformat(),
        "minutes": appointment.minutes,
        "practitioner": without_surrogates(appointment.practitioner_name),
        "status": appointment.status.value,
    }


def _section_data(section: BriefSection) -> dict[str, Any]:
    return {
        "key": section.key.value,
        "label": section.label,
        "veil": section.veil,
        "lines": [
            {
                "lead": without_surrogates(line.lead),
                "text": without_surrogates(line.text),
                "detail": without_surrogates(line.detail),
                "urgent": without_surrogates(line.urgent),
                "mark": line.mark.value,
                "source": without_surrogates(line.source),
            }
            for line in section.lines
        ],
    }
