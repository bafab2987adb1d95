"""What stands in a line of the record, in words and pieces; the desk says what was done, this says it as it is read."""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.model.audit import AuditKind
from rapportdesk.model.looked import ListedLine, LookedLine
from rapportdesk.model.staff import Role
from ui.card.card_view import Piece
from ui.look.bidi import isolate
from ui.look.dates import clock_time, short_date
from ui.look.roles import named


def kind_words(kind: AuditKind) -> str:
    """Return what a manager looks for."""
    return {
        AuditKind.LOOKED: _("Looked at a person"),
        AuditKind.CHANGED: _("Wrote or changed"),
        AuditKind.TAKEN_OUT: _("Printed or took out"),
        AuditKind.IN_AND_OUT: _("Signed in, or was refused"),
        AuditKind.HOUSE: _("Colleagues, locks and sheets"),
        AuditKind.RECORD: _("Read this record"),
    }[kind]


def who_words(name: str, roles: frozenset[Role]) -> str:
    """Return "Ana Ruiz, reception"."""
    if not name:
        return _("Nobody signed in")
    return named(name, roles) if roles else isolate(name)


def looked_pieces(line: LookedLine) -> tuple[Piece, ...]:
    """Return "09:04, 09:31  Ana Ruiz, reception  looked at the card" for the patient who asks."""
    times = ", ".join(clock_time(time) for time in line.times)
    what = _("{what} (not done)").format(what=line.words) if line.failed else line.words
    return (
        Piece(times, 14, 600, "muted"),
        Piece("\u2002" + who_words(line.who, line.roles), 14, 600),
        Piece("\u2002" + what, 14),
    )


def when_words(at: dt.datetime) -> str:
    """Return "20 Nov 2026, 09:04"."""
    return _("{day}, {time}").format(day=short_date(at.date()), time=clock_time(at))


def listed_pieces(line: ListedLine) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the two paragraphs of one line as a manager lists them: when and who; what, to whom and why."""
    rest = [words for words in (_whose(line), line.about_name and isolate(line.about_name), line.why) if words]
    second = [Piece(line.words, 14, 400)]
    if rest:
        second.append(Piece(" · " + " · ".join(rest), 13, 400, "muted"))
    if line.failed:
        second.append(Piece(" · " + _("⚠ not done"), 13, 600, "caution"))
    first = (
        Piece(when_words(line.at), 13, 600, "muted"),
        Piece("\u2002" + who_words(line.who, line.roles), 14, 600),
    )
    return first, tuple(second)


def listed_words(line: ListedLine) -> str:
    """Return one line as a sentence, for a screen reader."""
    first, second = listed_pieces(line)
    return ", ".join("".join(piece.text for piece in part).replace("\u2002", ", ") for part in (first, second))


def _whose(line: ListedLine) -> str:
    if line.patient is None:
        return ""
    return isolate(line.patient_name) if line.patient_name else _("somebody erased since")
