"""What was written for clinicians alone carries a word until the clinician who reads has seen it.

What somebody wrote themself is never new to them, and to nobody but a clinician is anything new: whether it was read is
as much for clinicians alone as the note.
"""

from collections.abc import Iterable
from dataclasses import replace

from rapportdesk.language import _
from rapportdesk.model.identity import RecordId
from rapportdesk.model.shown import Brief, Card, Line
from rapportdesk.model.staff import Viewer


def unread_in(shown: Card | Brief, viewer: Viewer, read: frozenset[RecordId]) -> frozenset[RecordId]:
    """Return the ids of the notes that stand in a card or brief and that this clinician has not seen before.

    Args:
        shown: What the viewer is about to read.
        viewer: Who reads.
        read: Ids of what they have seen before.
    """
    if not viewer.is_clinician:
        return frozenset()
    notes = (line.note for line in _lines(shown) if line.note is not None)
    return frozenset(
        note.id for note in notes if note.sealed_to_clinicians and note.noted_by != viewer.staff and note.id not in read
    )


def card_with_new(card: Card, new: frozenset[RecordId]) -> Card:
    """Return the card with what is new marked so."""
    blocks = tuple(replace(block, lines=tuple(_marked(line, new) for line in block.lines)) for block in card.blocks)
    return replace(card, blocks=blocks)


def brief_with_new(brief: Brief, new: frozenset[RecordId]) -> Brief:
    """Return the brief with what is new marked so."""
    sections = tuple(replace(each, lines=tuple(_marked(line, new) for line in each.lines)) for each in brief.sections)
    return replace(brief, sections=sections)


def _lines(shown: Card | Brief) -> Iterable[Line]:
    parts = shown.blocks if isinstance(shown, Card) else shown.sections
    return (line for part in parts for line in part.lines)


def _marked(line: Line, new: frozenset[RecordId]) -> Line:
    if line.note is None or line.note.id not in new:
        return line
    words = _("New: {lead}").format(lead=line.lead) if line.lead else _("New:")
    return replace(line, lead=words)
