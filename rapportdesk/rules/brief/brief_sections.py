"""Under which label of the brief a note stands: by its kind, by what a preference is about, and first by what protects.

Whatever may not simply be raised stands under "Take care", whichever kind it is.
"""

from rapportdesk.language import _
from rapportdesk.model.note import NoteKind, PreferenceArea
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import BriefKey
from rapportdesk.rules.visibility import SeenNote
from rapportdesk.rules.wording.wording import pronouns

_SECTIONS = {
    NoteKind.IMPORTANT_TO_ME: BriefKey.MATTERS_TODAY,
    NoteKind.HOW_I_COMMUNICATE: BriefKey.MATTERS_TODAY,
    NoteKind.MY_WELLNESS: BriefKey.MATTERS_TODAY,
    NoteKind.ALSO_WORTH_KNOWING: BriefKey.MATTERS_TODAY,
    NoteKind.GOALS_AND_PACE: BriefKey.GOALS,
    NoteKind.PREFERENCE: BriefKey.COMFORT,
    NoteKind.PLEASE_DO: BriefKey.COMFORT,
    NoteKind.HOW_TO_SUPPORT_ME: BriefKey.COMFORT,
    NoteKind.ADJUSTMENT: BriefKey.COMFORT,
    NoteKind.PLEASE_DONT: BriefKey.TAKE_CARE,
    NoteKind.PAST_EXPERIENCE: BriefKey.TAKE_CARE,
    NoteKind.HOBBY: BriefKey.OPEN_WITH,
    NoteKind.LIFE_EVENT: BriefKey.OPEN_WITH,
    NoteKind.PEOPLE_IMPORTANT_TO_ME: BriefKey.OPEN_WITH,
    NoteKind.QUESTION: BriefKey.ASKS,
    NoteKind.EXPLAINED: BriefKey.LAST_TIME,
    NoteKind.FEELING_NAMED: BriefKey.FELT,
    NoteKind.NEXT_STEP: BriefKey.NEXT_STEP,
}
_AREAS = {
    PreferenceArea.GREETING: BriefKey.GREET,
    PreferenceArea.HUMOUR: BriefKey.GREET,
    PreferenceArea.INFORMATION_DEPTH: BriefKey.MATTERS_TODAY,
    PreferenceArea.DECISION_INVOLVEMENT: BriefKey.MATTERS_TODAY,
    PreferenceArea.SCHEDULING: BriefKey.MATTERS_TODAY,
}
_GREETING_KINDS = frozenset({NoteKind.PREFERENCE, NoteKind.PLEASE_DO, NoteKind.PLEASE_DONT})


def section_of(seen: SeenNote) -> BriefKey:
    """Return the section a visible note stands in."""
    if needs_care(seen):
        return BriefKey.TAKE_CARE
    area = _AREAS.get(seen.note.preference_area) if seen.note.preference_area else None
    if area is BriefKey.GREET and seen.note.kind not in _GREETING_KINDS:
        area = None
    return area or _SECTIONS[seen.note.kind]


def needs_care(seen: SeenNote) -> bool:
    """Return whether a visible note is not to be raised, or not without asking."""
    return seen.decision.as_please_dont or bool(seen.decision.asking_sentence)


def section_labels(patient: Patient) -> dict[BriefKey, str]:
    """Return what each section is called, by the patient's pronouns."""
    words = pronouns(patient)
    return {
        BriefKey.GREET: _("Greet"),
        BriefKey.COMFORT: _("Comfort"),
        BriefKey.OPEN_WITH: _("Open with"),
        BriefKey.MATTERS_TODAY: _("Matters today"),
        BriefKey.GOALS: _("Goals and pace"),
        BriefKey.TAKE_CARE: _("Take care"),
        BriefKey.PROMISED: _("We promised"),
        BriefKey.ASKS: words.asks,
        BriefKey.LAST_TIME: _("Last time"),
        BriefKey.FELT: words.felt,
        BriefKey.WITH_THEM: words.with_them,
        BriefKey.NEXT_STEP: _("Next step"),
    }
