"""The printed brief is one page, black on white, and never holds what is veiled or sealed to clinicians.

When not everything fits, letters grow smaller within what is readable, then lines are given up, those that protect the
patient last; the foot says how many.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale

from rapportdesk.language import _, ngettext
from rapportdesk.model.shown import Brief, BriefKey, BriefSection, Line
from rapportdesk.paper.cleaning import PageText, page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.withheld import fit_for_paper
from rapportdesk.paper.wording import (
    appointment_words,
    as_of_words,
    facts,
    gap_after_lead,
    left_out_words,
    lines_with_veil,
    name_parts,
    printed_words,
    reading_locale,
    serial_words,
)

_SIZES = (12, 11.5, 11, 10.5, 10)
_LARGE_SIZES = (18, 17, 16)  # points; large print begins at 16 (UK Association for Accessible Formats)
_NAME_SIZE, _LARGE_NAME_SIZE = 2.3, 1.7  # em
_LONG_NAME, _LONG_WORD = 42, 20  # letters; what is longer is set smaller, so that it wraps between words
_LONGEST_TEXT = 600  # of a brief's line: five times what the whole brief should hold in words of five letters
_LONGEST_NAME = 200  # of each half: longer than any name, short enough to leave room for what protects
_MOST_LINES = 60

_KEPT_FIRST = (
    BriefKey.GREET,
    BriefKey.WITH_THEM,
    BriefKey.PROMISED,
    BriefKey.MATTERS_TODAY,
    BriefKey.ASKS,
    BriefKey.COMFORT,
    BriefKey.LAST_TIME,
    BriefKey.FELT,
    BriefKey.NEXT_STEP,
    BriefKey.GOALS,
    BriefKey.OPEN_WITH,
)


def typeset_brief(
    brief: Brief,
    *,
    serial: str,
    printed_at: dt.datetime,
    clinic_name: str,
    language: str = "",
    large_print: bool = False,
    paper: Paper | None = None,
) -> Printed:
    """Set a brief on one page. Call it from a worker thread.

    Args:
        brief: As composed for the reader, with nothing opened. Lines that rest on a note or promise sealed to
            clinicians are left off the page, and the veil's sentence stands for them.
        serial: Random print serial (`new_serial`).
        printed_at: Aware, in the practice's zone, which all times on the page are shown in.
        clinic_name: Stands small at the top.
        language: POSIX or BCP 47 name for dates, direction and sheet size; by default the language in use.
        large_print: 18 to 16 points in place of 12 to 10.
        paper: Sheet size; None takes the locale's.
    """
    return typeset_briefs(
        (brief,),
        serials=(serial,),
        printed_at=printed_at,
        clinic_name=clinic_name,
        language=language,
        large_print=large_print,
        paper=paper,
    )


def typeset_briefs(
    briefs: Sequence[Brief],
    *,
    serials: Sequence[str],
    printed_at: dt.datetime,
    clinic_name: str,
    language: str = "",
    large_print: bool = False,
    paper: Paper | None = None,
) -> Printed:
    """Set several briefs as one document, each on a page of its own; without any, one page that says so.

    Args:
        briefs: In the order of the day.
        serials: One for each brief, so that each page is ticked off by itself; `Printed.serial` names them all.
        printed_at: As in `typeset_brief`, like all that follow.
        clinic_name: Stands small at the top of each page.
        language: For dates, direction and sheet size; by default the language in use.
        large_print: 18 to 16 points in place of 12 to 10.
        paper: Sheet size; None takes the locale's.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    data = {
        "clinic": ink.typed(clinic_name),
        "name_size": _LARGE_NAME_SIZE if large_print else _NAME_SIZE,
        "sizes": _LARGE_SIZES if large_print else _SIZES,
        "briefs": [
            _Page(fit_for_paper(brief), locale, ink, printed_at).data(serial)
            for brief, serial in zip(briefs, serials, strict=True)
        ],
        "nobody": ink.words(_("There is no brief to print.")),
        "remember": ink.words(_("For the desk to remember:")),
        "read": ink.words(_("read")),
        "hand_back": ink.words(_("Hand this page back to the desk; it is destroyed at closing.")),
    }
    return press(
        "brief.typ",
        data,
        title=ngettext("Brief", "Briefs", len(briefs)),
        serial=", ".join(serials),
        printed_at=printed_at,
        locale=locale,
        paper=paper,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """The brief in the words and the order of the page."""

    brief: Brief
    locale: Locale
    ink: PageText
    printed_at: dt.datetime

    def data(self, serial: str) -> dict[str, Any]:
        return {**self.head(), **self.body(), "meta": self.meta(serial)}

    def head(self) -> dict[str, Any]:
        called, rest = name_parts(self.brief.patient)
        appointment = appointment_words(self.brief.appointment, self.printed_at.tzinfo, self.locale)
        return {
            "appointment": [self.ink.words(part) for part in appointment],
            "called": self.ink.typed(called, _LONGEST_NAME),
            "rest": self.ink.typed(rest, _LONGEST_NAME),
            "name_is_long": _is_long(called, rest),
            "facts": [
                self.ink.words(fact) for fact in facts(self.brief.patient, self.brief.age, self.locale, languages=True)
            ],
        }

    def body(self) -> dict[str, Any]:
        """Return the sections, each line with its rank (0 is given up last), and what to say of those given up."""
        places = [
            (_importance(section, position), at, position)
            for at, section in enumerate(self.brief.sections)
            for position in range(len(lines_with_veil(section, self.brief.patient)))
        ]
        kept = sorted(places)[:_MOST_LINES]
        ranks = {(at, position): rank for rank, (_importance, at, position) in enumerate(kept)}
        sections = [
            {
                "label": self.ink.typed(section.label),
                "lines": [
                    self._line(line, ranks[at, position])
                    for position, line in enumerate(lines_with_veil(section, self.brief.patient))
                    if (at, position) in ranks
                ],
            }
            for at, section in enumerate(self.brief.sections)
        ]
        words = self._left_out([at for _importance, at, _position in (*kept, *sorted(places)[_MOST_LINES:])], len(kept))
        return {"sections": sections, "left_out": [[self.ink.words(each)] if each else [] for each in words]}

    def _left_out(self, sections: Sequence[int], on_page: int) -> list[str]:
        """Return what is said of lines that have no room, when 0, 1, 2 ... of those on the page are given up.

        Args:
            sections: The section of each line of the brief, the one that is given up last first.
            on_page: How many of them the page begins with.
        """
        labels, said = dict(self.brief.left_out_of), []
        for kept in range(on_page, -1, -1):
            given_up = Counter(self.brief.sections[at].label for at in sections[kept:])
            among = {each: labels.get(each, 0) + given_up[each] for each in (*labels, *given_up)}
            said.append(left_out_words(self.brief.left_out + len(sections) - kept, tuple(among.items())))
        return said

    def meta(self, serial: str) -> list[str]:
        as_of = self.brief.as_of.astimezone(self.printed_at.tzinfo)
        words = (serial_words(serial), printed_words(self.printed_at, self.locale), as_of_words(as_of, self.locale))
        return [self.ink.words(each) for each in words]

    def _line(self, line: Line, rank: int) -> dict[str, Any]:
        before, after = self.ink.around(line.lead + line.text)
        return {
            "before": before,
            "after": after,
            "lead": self.ink.typed(line.lead),
            "gap": gap_after_lead(line),
            "text": self.ink.typed(line.text, _LONGEST_TEXT),
            "detail": self.ink.typed(line.detail),
            "urgent": self.ink.typed(line.urgent),
            "rank": rank,
        }


def _importance(section: BriefSection, position: int) -> tuple[int, int]:
    """Return what sorts lines: the veil, what to take care of, then every section's first line, and so on."""
    if position >= len(section.lines):
        return 0, 0
    if section.key is BriefKey.TAKE_CARE:
        return 1, position
    return 2 + position, _KEPT_FIRST.index(section.key)


def _is_long(*names: str) -> bool:
    words = " ".join(names).split()
    return sum(map(len, words)) > _LONG_NAME or max(map(len, words), default=0) > _LONG_WORD
