"""What the search's filters are called: in English, as the manual says, and in the language in use."""

import datetime as dt
from functools import lru_cache
from gettext import NullTranslations

from rapportdesk.desk.search.query import Filter, Names, Promised, Query, bare, parse
from rapportdesk.language import _, spoken
from rapportdesk.model.note import NoteKind


def kind_words(kind: NoteKind) -> str:
    """Return a heading in a word or two."""
    return {
        NoteKind.IMPORTANT_TO_ME: _("Most important"),
        NoteKind.PEOPLE_IMPORTANT_TO_ME: _("Person"),
        NoteKind.HOW_I_COMMUNICATE: _("How to communicate"),
        NoteKind.MY_WELLNESS: _("Wellness"),
        NoteKind.PLEASE_DO: _("Please do"),
        NoteKind.PLEASE_DONT: _("Please don’t"),
        NoteKind.HOW_TO_SUPPORT_ME: _("How to support"),
        NoteKind.ALSO_WORTH_KNOWING: _("Also worth knowing"),
        NoteKind.HOBBY: _("Hobby"),
        NoteKind.PREFERENCE: _("Preference"),
        NoteKind.LIFE_EVENT: _("Life event"),
        NoteKind.FEELING_NAMED: _("Feeling named"),
        NoteKind.PAST_EXPERIENCE: _("Past experience of care"),
        NoteKind.GOALS_AND_PACE: _("Goals and pace"),
        NoteKind.QUESTION: _("Question"),
        NoteKind.ADJUSTMENT: _("Adjustment"),
        NoteKind.EXPLAINED: _("Explained"),
        NoteKind.NEXT_STEP: _("Next step"),
    }[kind]


def read_query(text: str, today: dt.date) -> Query:
    """Return what a text typed into the one field asks for; `today` is the local day."""
    return parse(text, filter_names(), today)


def filter_names() -> Names:
    """Return what filters are called; where two names fold to one word, the English one counts."""
    return _names_in(spoken())


@lru_cache(maxsize=2)
def _names_in(_language: NullTranslations) -> Names:
    """Fold them once for a language: they are asked for at every letter that is typed."""
    filters = {
        Filter.KIND: _("kind"),
        Filter.TOPIC: _("topic"),
        Filter.PERSON: _("person"),
        Filter.SINCE: _("since"),
        Filter.UNTIL: _("until"),
        Filter.ON: _("on"),
        Filter.PROMISED: _("promised"),
    }
    promised = {
        Promised.OVERDUE: _("overdue"),
        Promised.OPEN: _("open"),
        Promised.TODAY: _("today"),
        Promised.KEPT: _("kept"),
    }
    return Names(
        filters={bare(word): named for named, words in filters.items() for word in (words, named.value)},
        kinds={bare(word): kind for kind in NoteKind for word in (kind_words(kind), kind.value)},
        promised={bare(word): which for which, words in promised.items() for word in (words, which.value)},
        days={bare(word): ago for ago, words in ((0, _("today")), (1, _("yesterday"))) for word in (words,)}
        | {"today": 0, "yesterday": 1},
    )
