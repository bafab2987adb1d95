"""What was explained, for the brief, the card and the patient's own file: with which leaflet, and how it came back."""

from rapportdesk.language import _
from rapportdesk.model.explained import TeachBack
from rapportdesk.model.note import Note


def teach_back_words(result: TeachBack) -> str:
    """Return what came of asking somebody to tell it back, in the middle of a sentence."""
    return {
        TeachBack.UNDERSTOOD: _("understood"),
        TeachBack.EXPLAINED_AGAIN: _("explained again"),
        TeachBack.NOT_YET: _("not yet understood"),
        TeachBack.DECLINED: _("would rather not tell it back"),
    }[result]


def told_back(note: Note) -> str:
    """Return how well something was understood: what came of asking, and how they put it; empty when neither is known.

    For a note of any kind; all but what was explained have neither.
    """
    result = note.explained.teach_back if note.explained else None
    return ": ".join(part for part in (teach_back_words(result) if result else "", note.understood) if part)


def leaflet_words(note: Note) -> str:
    """Return which leaflet was given; empty when none was."""
    title = note.explained.leaflet_title if note.explained else ""
    return _("leaflet “{title}”").format(title=title) if title else ""


def acknowledged_words(note: Note) -> str:
    """Return how a feeling was acknowledged; empty when that is not known."""
    return _("acknowledged: {how}").format(how=note.acknowledged) if note.acknowledged else ""


def beside_the_note(note: Note) -> tuple[str, ...]:
    """Return all that is kept beside a note's text of what was explained or felt, for the patient to read of themself.

    Nothing for other notes.
    """
    more = note.explained
    said = (
        _("in the words “{words}”").format(words=more.in_words) if more and more.in_words else "",
        leaflet_words(note),
        more.why if more else "",
        teach_back_words(more.teach_back) if more and more.teach_back else "",
        note.understood,
        acknowledged_words(note),
    )
    return tuple(each for each in said if each)


def still_open(note: Note) -> bool:
    """Return whether something explained has still to be gone back to."""
    return note.explained is not None and note.explained.teach_back in {TeachBack.NOT_YET, TeachBack.EXPLAINED_AGAIN}
