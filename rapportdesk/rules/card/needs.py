"""What has to be ready before somebody comes: an interpreter, a longer visit, a quiet place, whatever else was agreed.

Adjustments need no consent, because a law requires them; which of them a viewer may know is decided by `see` alone. The
dead need nothing.
"""

from collections.abc import Iterator

from rapportdesk.language import _
from rapportdesk.model.day import Need, NeedKind
from rapportdesk.model.names import fold
from rapportdesk.model.note import NoteKind
from rapportdesk.rules.visibility import Seen

LONGEST = 24
"""Characters of an adjustment's first words that still fit into a row."""


def needs(seen: Seen) -> tuple[Need, ...]:
    """Return what has to be ready, the interpreter first; each kind but "other" once."""
    if seen.patient.deceased:
        return ()
    found: dict[str, Need] = {}
    for need in (*_interpreter(seen), *_adjustments(seen)):
        key = need.words if need.kind is NeedKind.OTHER else need.kind
        found.setdefault(key, need)
    order = list(NeedKind)
    return tuple(sorted(found.values(), key=lambda need: order.index(need.kind)))


def _interpreter(seen: Seen) -> Iterator[Need]:
    if seen.patient.interpreter:
        words = _("{language} interpreter").format(language=seen.patient.interpreter)
        yield Need(kind=NeedKind.INTERPRETER, words=words, text=words)


def _adjustments(seen: Seen) -> Iterator[Need]:
    for note in (each.note for each in seen.notes):
        if note.kind is not NoteKind.ADJUSTMENT:
            continue
        said = list(_recognised(note.text))
        yield from said
        if not said:
            words = short(note.text) or _("adjustment, see card")
            yield Need(kind=NeedKind.OTHER, words=words, text=note.text)


def _recognised(text: str) -> Iterator[Need]:
    """Yield what a text asks for in words that have been thought of; a translator lists them with commas between."""
    longer = _("longer visit, longer appointment, longer slot, longer time, double, extra time, more time")
    quiet = _("quiet, calm, noise, noisy, away from the waiting room")
    if _says(text, longer):
        yield Need(kind=NeedKind.LONGER_VISIT, words=_("longer visit"), text=text)
    if _says(text, quiet):
        yield Need(kind=NeedKind.QUIET_PLACE, words=_("quiet place"), text=text)


def short(text: str) -> str:
    """Return what stands before the first colon, comma or stop, when that is short enough for a row; else nothing."""
    for mark in (":", ";", ",", "."):
        text = text.split(mark, 1)[0]
    return text.strip() if len(text.strip()) <= LONGEST else ""


def _says(text: str, words: str) -> bool:
    said = f" {fold(text)}"
    return any(f" {fold(word)}" in said for word in words.split(",") if word.strip())
