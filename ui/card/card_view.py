"""The card in words and tones, without widgets: whose card this is, then what each line's sign means.

A sign never stands alone: the heading or the words beside it say the same. The preferred name is the boldest thing.
"""

import datetime as dt
import re
from dataclasses import dataclass

from rapportdesk.language import _
from rapportdesk.model.note import Audience, Note, NoteKind, Source
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import BlockKey, Card, KeepConsent, Line, Mark
from ui.look.bidi import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, isolate
from ui.look.dates import long_date, short_date

SHOWN_LINES = 3
"""Lines a block shows before "4 more"."""

NO_BREAK_SPACE = "\u00a0"
GAP = "\u2002 \u2002"
"""Between facts in one running line: wide, and a place to wrap."""

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "nurse", "sister", "sr", "st"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one look: size at scale 1.0, weight, tone of the palette."""

    text: str
    size: float = 14
    weight: int = 400
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class SignOf:
    """A line's sign: a file of resources/icons and its tone."""

    icon: str
    tone: str


def title_pieces(patient: Patient, size: float = 28) -> list[Piece]:
    """Return the name with what the person is called in bold and the rest light, in the order the person writes it."""
    called, name = patient.called, patient.name
    whole = re.search(rf"(?<!\w){re.escape(called)}(?!\w)", name)
    if called == name or whole is None:
        runs = [(called, 700)] if called == name else [(f"{called} ", 700), (name, 300)]
    else:
        runs = [(name[: whole.start()], 300), (called, 700), (name[whole.end() :], 300)]
    runs = [(text, weight) for text, weight in runs if text]
    runs[0] = (FIRST_STRONG_ISOLATE + runs[0][0], runs[0][1])
    runs[-1] = (runs[-1][0] + POP_DIRECTIONAL_ISOLATE, runs[-1][1])
    pieces = [Piece(text, size, weight) for text, weight in runs]
    if patient.own_script_name:
        pieces.append(Piece(f"  {isolate(patient.own_script_name)}", size * 0.8, 400))
    return pieces


def name_line(patient: Patient) -> list[Piece]:
    """Return the card's first line: the name, how to say it, the pronouns."""
    pieces = title_pieces(patient)
    if patient.say:
        pieces.append(Piece(GAP + _kept_together(_("say {how}").format(how=patient.say)), 13, 400, "muted"))
    if patient.pronouns:
        pieces.append(Piece(GAP + _kept_together(patient.pronouns), 13, 400, "muted"))
    return pieces


def fact_line(card: Card) -> list[Piece]:
    """Return the card's second line: birth date, age, number, languages, consent, cautions."""
    patient = card.patient
    if patient.birth_date is None:
        pieces = [Piece(_("birth date not known"), 14, 700, "caution")]
    else:
        pieces = [Piece(_kept_together(long_date(patient.birth_date)), 14, 700)]
        if card.age is not None:
            pieces.append(Piece(f" · {card.age}", 14))
    facts = [Piece(_("no. {number}").format(number=each.value), 13, 400, "muted") for each in patient.identifiers[:1]]
    if patient.languages:
        facts.append(Piece(", ".join(patient.languages), 13, 400, "muted"))
    facts.append(keep_piece(card.keep))
    facts += [Piece(f"✕ {caution}", 13, 600, "caution") for caution in card.cautions]
    for fact in facts:
        pieces.append(Piece(GAP + _kept_together(fact.text), fact.size, fact.weight, fact.tone))
    return pieces


def keep_piece(keep: KeepConsent) -> Piece:
    """Return where the consent to keep notes stands, with its sign."""
    match keep:
        case KeepConsent.AGREED:
            return Piece(_("✓ agreed to notes"), 13, 600, "agreed")
        case KeepConsent.REFUSED:
            return Piece(_("✕ said no to notes"), 13, 600, "caution")
        case KeepConsent.WITHDRAWN:
            return Piece(_("✕ took back the yes to notes"), 13, 600, "caution")
        case KeepConsent.EXPIRED:
            return Piece(_("? consent to notes has run out"), 13, 600, "caution")
        case KeepConsent.SOMEONE_ELSE:
            return Piece(_("? someone else decides about notes"), 13, 600, "caution")
        case KeepConsent.RESTING:
            return Piece(_("? notes rest until they are asked"), 13, 600, "caution")
        case _:
            return Piece(_("? not asked about notes yet"), 13, 600, "caution")


def sign_of(line: Line, block: BlockKey) -> SignOf | None:
    """Return the sign beside a line; the block that matters most has none."""
    by_mark = {
        Mark.DO: SignOf("check", "agreed"),
        Mark.DONT: SignOf("x", "caution"),
        Mark.ASK_FIRST: SignOf("circle-help", "caution"),
        Mark.CONFIRM: SignOf("clock", "caution"),
        Mark.ASKED_ALREADY: SignOf("circle-help", "muted"),
        Mark.OVERDUE: SignOf("circle-alert", "overdue"),
        Mark.DUE: SignOf("square", "muted"),
        Mark.TOLD: SignOf("circle-alert", "caution"),
        Mark.PERSON: SignOf("smile", "accent"),
        Mark.QUESTION: SignOf("message-square", "accent"),
    }
    if block is BlockKey.IMPORTANT:
        return None
    if line.mark in by_mark:
        return by_mark[line.mark]
    by_kind = {
        NoteKind.HOBBY: SignOf("flower-2", "accent"),
        NoteKind.ADJUSTMENT: SignOf("ear", "accent"),
        NoteKind.PREFERENCE: SignOf("heart", "accent"),
        NoteKind.LIFE_EVENT: SignOf("calendar", "accent"),
        NoteKind.QUESTION: SignOf("message-square", "accent"),
        NoteKind.PEOPLE_IMPORTANT_TO_ME: SignOf("users", "accent"),
    }
    return by_kind.get(line.kind or NoteKind.ALSO_WORTH_KNOWING, SignOf("info", "muted"))


def line_words(line: Line) -> str:
    """Return a line as one sentence, for a screen reader."""
    joint = "" if line.text[:1] in {",", ".", ";", ":"} else " "
    lead = f"{line.lead}{joint}{line.text}" if line.lead else line.text
    return ". ".join(part.rstrip(".") for part in (lead, line.urgent, line.detail) if part)


def source_words(note: Note, today: dt.date, local_date: dt.date) -> str:
    """Return who said a note and when: "Ana, 3 Mar 2026 · in her own words"; `local_date` is when it was noted."""
    when = _("today") if local_date == today else short_date(local_date)
    said = {
        Source.SAID_BY_PATIENT: _("said by the patient"),
        Source.SAID_BY_CARER: _("said by a carer"),
        Source.OBSERVED_BY_STAFF: _("noted by staff"),
    }[note.source]
    parts = [_("{name}, {when}").format(name=isolate(note.noted_by_name), when=when), said]
    if note.last_confirmed_on is not None:
        parts.append(_("confirmed {when}").format(when=short_date(note.last_confirmed_on)))
    if note.audience is Audience.CLINICIANS:
        parts.append(_("for clinicians only"))
    return " · ".join(parts)


def short_name(name: str) -> str:
    """Return what colleagues call each other: the first name, or all of it after a title ("Dr Osei")."""
    first = name.split()[0] if name.split() else ""
    return name if first.rstrip(".").casefold() in _TITLES else first


def their_words(pronouns: str) -> str:
    """Return "her words", by the pronouns on the card; "their words" where they are not known or not these."""
    parts = [part.strip().casefold() for part in pronouns.split("/")]
    if "her" in parts or "hers" in parts:
        return _("her words")
    return _("his words") if "him" in parts or "his" in parts else _("their words")


def _kept_together(text: str) -> str:
    """Return a short fact with spaces that do not break; a long one may wrap."""
    return text.replace(" ", NO_BREAK_SPACE) if len(text) <= 28 else text
