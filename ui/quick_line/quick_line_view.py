"""What the quick line says of itself: for whom and as whom, and how the Desk understands what is typed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rapportdesk.language import _
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from ui.card.card_view import Piece, short_name, their_words
from ui.look.bidi import isolate
from ui.look.dates import clock_time, short_date

KINDS: Mapping[str, NoteKind] = {
    "kind.please-do": NoteKind.PLEASE_DO,
    "kind.please-dont": NoteKind.PLEASE_DONT,
    "kind.hobby": NoteKind.HOBBY,
    "kind.preference": NoteKind.PREFERENCE,
    "kind.person": NoteKind.PEOPLE_IMPORTANT_TO_ME,
    "kind.important": NoteKind.IMPORTANT_TO_ME,
}
"""What Alt+1 to 6 choose, by command."""

ICONS: Mapping[NoteKind, str] = {
    NoteKind.PLEASE_DO: "check",
    NoteKind.PLEASE_DONT: "x",
    NoteKind.HOBBY: "flower-2",
    NoteKind.PREFERENCE: "heart",
    NoteKind.PEOPLE_IMPORTANT_TO_ME: "smile",
    NoteKind.IMPORTANT_TO_ME: "star",
    NoteKind.ADJUSTMENT: "ear",
    NoteKind.QUESTION: "message-square",
    NoteKind.LIFE_EVENT: "calendar",
}


class PromiseRead(Protocol):
    """A promise as the Desk reads it out of a line."""

    @property
    def due(self) -> dt.date | None:
        """The local day, if one was said."""

    @property
    def due_time(self) -> dt.time | None:
        """The time of day, if one was said."""

    @property
    def recurs_words(self) -> str:
        """How often; empty for once."""

    @property
    def owner_name(self) -> str:
        """The colleague who is to keep it; empty for whoever writes."""


class LineRead(Protocol):
    """A line as the Desk reads it."""

    @property
    def kind(self) -> NoteKind:
        """What it will be kept as."""

    @property
    def quote(self) -> bool:
        """The words are the person's own."""

    @property
    def topic_name(self) -> str:
        """The topic it names; empty for none."""

    @property
    def person_name(self) -> str:
        """Whom it names; empty for nobody."""

    @property
    def promise(self) -> PromiseRead | None:
        """The promise it makes in place of a note."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the quick line: as typed, the kind chosen for it, and for whom it is."""

    text: str = ""
    kind: NoteKind | None = None
    audience: Audience = Audience.EVERYONE


def caption(patient: Patient, as_whom: str) -> list[Piece]:
    """Return "Note for Nia Prydderch, 14 Mar 1958 · as Ana"."""
    born = short_date(patient.birth_date) if patient.birth_date else _("birth date not known")
    before, after = _("Note for {name}, {born} · as {author}").split("{name}", 1)
    return [
        Piece(before, 12, 400, "muted"),
        Piece(isolate(patient.name), 12, 700, "muted"),
        Piece(after.format(born=born, author=isolate(short_name(as_whom))), 12, 400, "muted"),
    ]


def understood(line: LineRead, patient: Patient) -> str:
    """Return how a line is understood besides its kind: whose words, about whom, by when."""
    if line.promise is not None:
        return _promise_words(line.promise)
    parts = [their_words(patient.pronouns) if line.quote else _("noted by staff")]
    if line.person_name:
        parts.append(_("about {name}").format(name=isolate(line.person_name)))
    if line.topic_name:
        parts.append(_("on {topic}").format(topic=line.topic_name))
    return " · ".join(parts)


def _promise_words(promise: PromiseRead) -> str:
    """Return "a promise, by 24 Nov 2026, every Friday · for Ben Morgan to keep"."""
    words = ", ".join(part for part in (_when(promise), promise.recurs_words) if part)
    said = _("a promise, {when}").format(when=words) if words else _("a promise, without a day")
    owner = _("for {name} to keep").format(name=isolate(promise.owner_name)) if promise.owner_name else ""
    return " · ".join(part for part in (said, owner) if part)


def _when(promise: PromiseRead) -> str:
    if promise.due is None:
        return ""
    if promise.due_time is None:
        return _("by {day}").format(day=short_date(promise.due))
    return _("by {day}, {time}").format(day=short_date(promise.due), time=clock_time(promise.due_time))
