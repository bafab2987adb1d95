"""Nothing sealed to clinicians reaches paper: who reads a page cannot be known, so every page is read in company.

What a clinician opened alone on the screen is not theirs to leave lying about, and a page cannot be covered by a key.
"""

from dataclasses import replace

from rapportdesk.language import _
from rapportdesk.model.note import Audience
from rapportdesk.model.shown import Brief, BriefKey, BriefSection, Line


def fit_for_paper(brief: Brief) -> Brief:
    """Return `brief` without the lines whose note or promise is sealed to clinicians, with the veil in their place.

    A line with neither note nor task behind it says nothing of where it comes from and stays: whoever composes a brief
    for paper composes it with nothing opened.
    """
    if not any(_is_sealed(line) for section in brief.sections for line in section.lines):
        return brief
    kept = tuple(
        replace(section, lines=tuple(line for line in section.lines if not _is_sealed(line)))
        for section in brief.sections
    )
    sections = tuple(section for section in _veiled(kept) if section.lines or section.veil)
    return replace(brief, sections=sections)


def _is_sealed(line: Line) -> bool:
    by_note = line.note is not None and line.note.sealed_to_clinicians
    by_task = line.task is not None and line.task.audience is Audience.CLINICIANS
    return by_note or by_task


def _veiled(sections: tuple[BriefSection, ...]) -> tuple[BriefSection, ...]:
    """Set the veil once: where it is already, else in "Take care", which is added in its place if need be."""
    if any(section.veil for section in sections):
        return sections
    if any(section.key is BriefKey.TAKE_CARE for section in sections):
        return tuple(
            replace(section, veil=True) if section.key is BriefKey.TAKE_CARE else section for section in sections
        )
    order = list(BriefKey)
    added = BriefSection(key=BriefKey.TAKE_CARE, label=_("Take care"), veil=True)
    return tuple(sorted((*sections, added), key=lambda section: order.index(section.key)))
