"""The quick line: plain text saves as typed, always; a mark counts only where it cannot be taken for anything else.

- A leading `! ` makes it a please-don't, and is taken off.
- Quotation marks around the whole line make the words the person's own, and are taken off; otherwise staff noted it.
- `#word` and `@name` count only when they match one topic or one person on the card. They stay in the text.
- A date makes a task only after a leading `promise:`. A date at the end of the promise becomes its due date, "every
  Friday" makes it recur, and `@name` of one colleague makes it theirs.

Everything else stays exactly as typed, so that nothing said at the counter is ever altered by a program.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rapportdesk.language import _
from rapportdesk.model.identity import TopicHandle
from rapportdesk.model.names import name_parts
from rapportdesk.model.note import NoteKind, Source
from rapportdesk.model.patient import RelatedPerson
from rapportdesk.rules.promises.recurrence import Every, recurrence_words
from rapportdesk.rules.wording.spoken_dates import Spoken, find_date
from rapportdesk.rules.wording.spoken_recurrence import SpokenEvery, find_recurrence
from rapportdesk.rules.wording.topic_words import same_topic

ALT_KINDS = (
    NoteKind.PLEASE_DO,
    NoteKind.PLEASE_DONT,
    NoteKind.HOBBY,
    NoteKind.PREFERENCE,
    NoteKind.PEOPLE_IMPORTANT_TO_ME,
    NoteKind.IMPORTANT_TO_ME,
)
"""What Alt+1 to Alt+6 choose, in order."""

DEFAULT_KIND = NoteKind.ALSO_WORTH_KNOWING
"""The kind of a line for which none was chosen."""

PLEASE_DONT_MARK = "! "

_QUOTES = {"“": "”", '"': '"', "„": "“”", "«": "»", "»": "«", "”": "”", "「": "」", "『": "』", "‹": "›"}
_TOPIC_MARK = re.compile(r"(?<!\S)#([\w-]{1,200})")
_PERSON_MARK = re.compile(r"(?<!\S)@([\w-]{1,200})")
_MARKS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the practice says it will do.

    Attributes:
        text: What was promised; the words of a date at its end are left off, because `due` says them.
        due, due_time: The local day, and the time of day, as far as they were said; the first one where it recurs.
        recurs: As `Task.recurs`; empty for once.
        recurs_words: How often, for showing what was understood.
        owner_name: The colleague whom `@name` matched; empty for whoever typed it.
    """

    text: str
    due: dt.date | None = None
    due_time: dt.time | None = None
    recurs: str = ""
    recurs_words: str = ""
    owner_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickLine:
    """How one line is understood.

    Attributes:
        kind: What it will be kept as.
        text: What will be kept: as typed but for a please-don't mark and the quotation marks around it.
        quote: The words are the person's own.
        topic: Handle of the topic that `#word` matched.
        topic_name: Its name, for showing what was understood.
        person: Id of the related person that `@name` matched.
        person_name: Their name.
        promise: The task it makes instead of a note.
        please_dont: The mark `! ` made it a please-don't.
        kind_chosen: The kind was chosen by hand or by the mark.
    """

    kind: NoteKind
    text: str
    quote: bool = False
    topic: TopicHandle | None = None
    topic_name: str = ""
    person: str | None = None
    person_name: str = ""
    promise: Promise | None = None
    please_dont: bool = False
    kind_chosen: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.text.strip()

    @property
    def source(self) -> Source:
        """Who the words come from."""
        return Source.SAID_BY_PATIENT if self.quote else Source.OBSERVED_BY_STAFF


def read_line(
    text: str,
    *,
    topics: Sequence[tuple[TopicHandle, str]] = (),
    people: Sequence[RelatedPerson] = (),
    colleagues: Sequence[str] = (),
    today: dt.date,
    kind: NoteKind | None = None,
) -> QuickLine:
    """Return how a line is understood; total over every text.

    Args:
        text: As typed.
        topics: Handle and name of each topic whose name the writer may know.
        people: The related persons on the card.
        colleagues: Names of those who work here, for whose a promise is.
        today: The local date, for the due date of a promise.
        kind: The kind chosen with Alt+1 to 6; a leading `! ` outweighs it.
    """
    marked = text.startswith(PLEASE_DONT_MARK) and bool(text[len(PLEASE_DONT_MARK) :].strip())
    body = text[len(PLEASE_DONT_MARK) :] if marked else text
    own_words = _inside_quotes(body)
    topic = _matched_topic(text, topics)
    person = _matched_person(text, people)
    return QuickLine(
        kind=NoteKind.PLEASE_DONT if marked else kind or DEFAULT_KIND,
        text=body if own_words is None else own_words,
        quote=own_words is not None,
        topic=topic[0] if topic else None,
        topic_name=topic[1] if topic else "",
        person=person.id if person else None,
        person_name=person.name if person else "",
        promise=_promise(text, today, () if person else colleagues),
        please_dont=marked,
        kind_chosen=marked or kind is not None,
    )


def _inside_quotes(text: str) -> str | None:
    """Return what stands between quotation marks around the whole text, or None."""
    bare = text.strip()
    closing = _QUOTES.get(bare[:1], "")
    if len(bare) < 3 or bare[-1] not in closing:
        return None
    inside = bare[1:-1]
    one_quotation = not any(mark in inside for mark in (bare[0], bare[-1]))
    return inside if one_quotation and inside.strip() else None


def _matched_topic(text: str, topics: Sequence[tuple[TopicHandle, str]]) -> tuple[TopicHandle, str] | None:
    for match in islice(_TOPIC_MARK.finditer(text), _MARKS_LOOKED_AT):
        found = [topic for topic in topics if same_topic(match[1], topic[1])]
        if len({handle for handle, _name in found}) == 1:
            return found[0]
    return None


def _matched_person(text: str, people: Sequence[RelatedPerson]) -> RelatedPerson | None:
    for match in islice(_PERSON_MARK.finditer(text), _MARKS_LOOKED_AT):
        found = [person for person in people if _is_called(match[1], person.name)]
        if len(found) == 1:
            return found[0]
    return None


def _is_called(word: str, name: str) -> bool:
    """Whether `word` is the whole name or its first part."""
    said, parts = name_parts(word), name_parts(name)
    return bool(said) and (said == parts[: len(said)] or "".join(said) == "".join(parts))


def _promise(text: str, today: dt.date, colleagues: Sequence[str]) -> Promise | None:
    words = _after_promise(text)
    if not words:
        return None
    often = find_recurrence(words)
    dated = words
    if often is not None:  # its weekday is no date; every other word stays where it was
        dated = words[: often.start] + " " * (often.end - often.start) + words[often.end :]
    spoken = find_date(dated, today)
    made = Promise(text=_without_ends(words, (often, spoken)) or words, owner_name=_owner(words, colleagues))
    if often is None:
        return replace(made, due=spoken.day, due_time=spoken.time) if spoken else made
    return _recurring(made, often.every, spoken, dated, today)


def _recurring(made: Promise, every: Every, spoken: Spoken | None, dated: str, today: dt.date) -> Promise:
    """Return the promise with its series: it begins on a day that was said, or ends there ("until Christmas")."""
    first, last = every.first_after(today), None
    if spoken is not None and _is_an_end(dated, spoken):
        last = spoken.day
    elif spoken is not None and spoken.day > today:
        first = every.first_after(spoken.day - dt.timedelta(days=1)) if every.weekdays else spoken.day
    if first is None or (last is not None and last < first):
        return replace(made, due=last or first)
    recurs = every.from_on(first, last)
    return replace(
        made, due=first, due_time=spoken.time if spoken else None, recurs=recurs,
        recurs_words=recurrence_words(recurs, today),
    )  # fmt: skip


def _is_an_end(words: str, spoken: Spoken) -> bool:
    # Translators: words that come before the last day of something that recurs, separated by |
    ends = (*_("until|till").split("|"), "until", "till")
    before = words[: spoken.start].split()[-1:]
    first = words[spoken.start : spoken.end].split()[:1]
    return any(word.casefold() in ends for word in (*before, *first))


def _owner(words: str, colleagues: Sequence[str]) -> str:
    for match in islice(_PERSON_MARK.finditer(words), _MARKS_LOOKED_AT):
        found = [name for name in colleagues if _is_called(match[1], name)]
        if len(found) == 1:
            return found[0]
    return ""


def _after_promise(text: str) -> str:
    """Return what follows a leading `promise:`, in English or in the language that is spoken."""
    bare = text.strip()
    # Translators: what is typed before a promise in the quick line; keep the colon
    for mark in {_("promise:"), "promise:"}:
        if bare[: len(mark)].casefold() == mark.casefold():
            return bare[len(mark) :].strip()
    return ""


def _without_ends(words: str, said: Sequence[Spoken | SpokenEvery | None]) -> str:
    """Return the words without what was said of dates at their end; in their middle it stays as typed."""
    spans = sorted(((each.start, each.end) for each in said if each is not None), reverse=True)
    left = len(words)
    # Translators: words that come between "every week" and the day on which that begins, separated by |
    between = {"", *_("from|starting|beginning").split("|"), "from"} if len(spans) > 1 else {""}
    for start, end in spans:
        if words[end:left].strip(" .!,;").casefold() not in between:
            break
        left = start
    return words if left == len(words) else words[:left].strip().rstrip(" ,;")
