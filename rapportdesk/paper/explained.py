"""What was explained, for the patient to read of themself: the words, the leaflet, why, and how it came back."""

from rapportdesk.language import _
from rapportdesk.model.explained import TeachBack
from rapportdesk.model.note import Note


def explained_words(note: Note) -> tuple[str, ...]:
    """Return what is kept beside a note's text of what was explained or felt; nothing for other notes."""
    more = note.explained
    said = (
        _("in the words “{words}”").format(words=more.in_words) if more and more.in_words else "",
        _("leaflet “{title}”").format(title=more.leaflet_title) if more and more.leaflet_title else "",
        more.why if more else "",
        _teach_back_words(more.teach_back) if more and more.teach_back else "",
        note.understood,
        _("acknowledged: {how}").format(how=note.acknowledged) if note.acknowledged else "",
    )
    return tuple(each for each in said if each)


def _teach_back_words(result: TeachBack) -> str:
    return {
        TeachBack.UNDERSTOOD: _("understood"),
        TeachBack.EXPLAINED_AGAIN: _("explained again"),
        TeachBack.NOT_YET: _("not yet understood"),
        TeachBack.DECLINED: _("would rather not tell it back"),
    }[result]
