"""The brief in words and tones, without widgets."""

from rapportdesk.clock import Clock
from rapportdesk.language import _, ngettext
from rapportdesk.model.shown import Brief, Line
from ui.card.card_view import Piece, title_pieces
from ui.look.bidi import isolate
from ui.look.dates import clock_time, long_date

READ_SIZE = 15
SOURCE_SIZE = 13


def heading_pieces(brief: Brief) -> list[Piece]:
    """Return whose brief this is: the name, then birth date, age, pronouns and how to say it."""
    patient = brief.patient
    facts = [long_date(patient.birth_date) if patient.birth_date else _("birth date not known")]
    if brief.age is not None:
        facts.append(str(brief.age))
    if patient.pronouns:
        facts.append(patient.pronouns)
    if patient.say:
        facts.append(_("say {how}").format(how=patient.say))
    if patient.languages:
        facts.append(_("speaks {languages}").format(languages=", ".join(patient.languages)))
    return [*title_pieces(patient, 30), Piece("\u2002" + " · ".join(facts), 13, 400, "muted")]


def line_pieces(line: Line, *, sources: bool = False) -> list[Piece]:
    """Return one line as it is read: what leads bold, what is late red, where and when quiet.

    With `sources` also who said it, who took it down and when.
    """
    joint = "" if not line.lead or line.text[:1] in {",", ".", ";", ":"} else " "
    pieces = [Piece(line.lead, READ_SIZE, 700), Piece(joint + line.text, READ_SIZE)]
    if line.urgent:
        pieces.append(Piece(f" {line.urgent}", READ_SIZE, 600, "overdue"))
    if line.detail:
        pieces.append(Piece(f" {line.detail}", READ_SIZE, 400, "muted"))
    if sources and line.source:
        pieces.append(Piece(f" [{line.source}]", SOURCE_SIZE, 400, "muted"))
    return [piece for piece in pieces if piece.text]


def foot_words(brief: Brief, clock: Clock) -> str:
    """Return "as of 09:04 · read 08:50 by Dr Osei · left out: 3 older notes (Comfort 2, Open with 1)"."""
    parts = [_("as of {time}").format(time=clock_time(clock.local(brief.as_of)))]
    if brief.read_at is not None:
        read = clock_time(clock.local(brief.read_at))
        parts.append(_("read {time} by {name}").format(time=read, name=isolate(brief.read_by_name)))
    if brief.left_out:
        words = ngettext("left out: {count} older note", "left out: {count} older notes", brief.left_out)
        among = ", ".join(f"{label} {count}" for label, count in brief.left_out_of)
        parts.append(words.format(count=brief.left_out) + (f" ({among})" if among else ""))
    return " · ".join(parts)
