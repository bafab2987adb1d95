"""What a preference is about, in words: the brief puts it where it belongs, how to greet before all else."""

from rapportdesk.language import _
from rapportdesk.model.note import NoteKind, PreferenceArea

HAVE_AREAS = frozenset({NoteKind.PREFERENCE, NoteKind.PLEASE_DO, NoteKind.PLEASE_DONT})
"""Kinds of notes that may be about one of them."""


def area_words(area: PreferenceArea) -> str:
    """Return what a preference is about, as a choice."""
    return {
        PreferenceArea.GREETING: _("How to greet"),
        PreferenceArea.ENVIRONMENT: _("The room"),
        PreferenceArea.WAITING: _("Waiting"),
        PreferenceArea.SCHEDULING: _("Times and plans"),
        PreferenceArea.REMINDERS: _("Letters and reminders"),
        PreferenceArea.INFORMATION_DEPTH: _("How much to tell"),
        PreferenceArea.DECISION_INVOLVEMENT: _("Deciding together"),
        PreferenceArea.HUMOUR: _("Humour"),
    }[area]
