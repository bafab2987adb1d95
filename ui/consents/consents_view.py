"""What was said about consent in words, without widgets: each event in one or two lines that leave nothing out."""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.language import _, ngettext
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, Given, InactiveReason
from rapportdesk.model.consent_shown import AskAgain, AskWhy, ConsentHistory, HistoryEntry, PurposeStanding, Withdrawn
from rapportdesk.model.patient import Authority, Patient
from rapportdesk.model.shown import KeepConsent
from ui.look.bidi import isolate
from ui.look.dates import short_date

_DOT = " · "


def purpose_words(patient: Patient, covers: Covers, person: str = "") -> str:
    """Return what a consent is about."""
    if covers is Covers.TALK_WITH:
        return _("Talking with {name}").format(name=isolate(person_name(patient, person)))
    return {
        Covers.KEEP_NOTES: _("Keeping notes"),
        Covers.SHARE_WITH_CLINICIANS: _("Clinicians reading them"),
        Covers.PHONE: _("Phone calls"),
        Covers.SMS: _("Text messages"),
        Covers.EMAIL: _("E-mail"),
        Covers.POST: _("Post"),
        Covers.VOICEMAIL: _("Voicemail"),
        Covers.FEEDBACK: _("Being asked for feedback"),
        Covers.REVIEW: _("Being invited to review"),
    }[covers]


def person_name(patient: Patient, person: str) -> str:
    """Return what a related person is called; who is no longer on the card is said to be so."""
    found = next((each.name for each in patient.people if each.id == person), "")
    return found or _("somebody no longer on the card")


def state_words(purpose: PurposeStanding) -> tuple[str, str]:
    """Return where a purpose stands, with its sign, and the tone of the words."""
    return {
        KeepConsent.AGREED: (_("✓ Agreed"), "agreed"),
        KeepConsent.NOT_ASKED: (_("Not asked"), "muted"),
        KeepConsent.REFUSED: (_("✕ Said no"), "caution"),
        KeepConsent.WITHDRAWN: (_("✕ Took it back"), "caution"),
        KeepConsent.EXPIRED: (_("⚠ Has run out"), "caution"),
        KeepConsent.SOMEONE_ELSE: (_("⚠ Somebody else decides"), "caution"),
        KeepConsent.RESTING: (_("⚠ Rests until they are asked"), "caution"),
    }[purpose.state]


def answer_words(event: ConsentEvent) -> str:
    """Return what was said in one event."""
    if event.undoes is not None:
        return _("Recorded by mistake: stands as before")
    if event.erased:
        return _("What was kept has been erased")
    return {
        ConsentStatus.DRAFT: _("Begun"),
        ConsentStatus.PROPOSED: _("Somebody else decides"),
        ConsentStatus.ACTIVE: _("Agreed"),
        ConsentStatus.REJECTED: _("Said no"),
        ConsentStatus.INACTIVE: _("Took it back"),
        ConsentStatus.ENTERED_IN_ERROR: _("As if never asked"),
    }[event.status]


def event_words(event: ConsentEvent, day: dt.date) -> str:
    """Return the first line of an event: when, what, how, where."""
    parts = [short_date(day), answer_words(event)]
    if event.status is not ConsentStatus.ENTERED_IN_ERROR and not event.erased:
        parts += [given_words(event.given), where_words(event.where)]
    return _DOT.join(part for part in parts if part)


def detail_words(event: ConsentEvent, patient: Patient) -> str:
    """Return the second line: who said it and by what right, why, who was there, until when, and who took it down."""
    parts = [_giver_words(event, patient)]
    if event.reason:
        parts.append(_("“{words}”").format(words=isolate(event.reason)))
    if event.present:
        parts.append(_("with {who} there").format(who=isolate(event.present)))
    if event.alone:
        parts.append(_("alone"))
    if event.language:
        parts.append(isolate(event.language))
    if event.valid_until is not None:
        parts.append(_("until {day}").format(day=short_date(event.valid_until)))
    if event.ask_again_on is not None:
        parts.append(_("ask again on {day}").format(day=short_date(event.ask_again_on)))
    parts.append(_("taken down by {name}").format(name=isolate(event.recorded_by_name)))
    return _DOT.join(part for part in parts if part)


def ended_words(entry: HistoryEntry) -> str:
    """Return why an agreement ended and when; empty while it holds."""
    if entry.ended is None or entry.ended_on is None:
        return ""
    sentence = {
        InactiveReason.WITHDRAWN: _("Ended {day}: taken back"),
        InactiveReason.EXPIRED: _("Ended {day}: it had run out"),
        InactiveReason.SUPERSEDED: _("Ended {day}: a newer answer took its place"),
    }[entry.ended]
    return sentence.format(day=short_date(entry.ended_on))


def given_words(given: Given) -> str:
    """Return how consent was given."""
    return {Given.SPOKEN: _("spoken"), Given.WRITTEN: _("written"), Given.SIGNED: _("signed")}[given]


def where_words(where: str) -> str:
    """Return where it was said; empty when unknown."""
    return {"counter": _("at the counter"), "phone": _("by phone")}.get(where, where)


def authority_words(authority: Authority) -> str:
    """Return what somebody may decide, in words."""
    return {
        Authority.NONE: _("no authority to decide"),
        Authority.PARENTAL: _("parent or guardian"),
        Authority.ATTORNEY: _("holds a power of attorney"),
        Authority.COURT_ORDER: _("by order of a court"),
        Authority.BARRED: _("barred"),
    }[authority]


def form_name(day: dt.date) -> str:
    """Return what a signed form is called, for the name of the button that opens it."""
    return _("See the signed form of {day}").format(day=short_date(day))


def size_words(size: int) -> str:
    """Return a file's size."""
    return _("{size} kB").format(size=max(1, round(size / 1024)))


def ask_words(ask: AskAgain, patient: Patient) -> str:
    """Return why something is to be asked again, and since when."""
    why = {
        AskWhy.DAY_CAME: _("the day to ask again has come"),
        AskWhy.SAID_NO_LONG_AGO: _("they said no a year ago"),
        AskWhy.EXPIRED: _("it has run out"),
        AskWhy.DECIDES_THEMSELF: _("they decide for themselves now"),
        AskWhy.SOMEONE_ELSE: _("look again at who decides"),
        AskWhy.UNSAFE: _("ask alone, after what the desk has learnt"),
    }[ask.why]
    what = purpose_words(patient, ask.covers, ask.person)
    return _("{what}: {why} ({day})").format(what=what, why=why, day=short_date(ask.since))


def withdrawn_words(withdrawn: Withdrawn) -> str:
    """Return what is hidden, until when it can be taken back, and what happens then."""
    if withdrawn.due:
        return _("Hidden since {since}. It can no longer be undone: a manager erases it for good.").format(
            since=short_date(withdrawn.hidden_since)
        )
    return _(
        "Hidden since {since}, for everybody. This can be undone until {until}; "
        "after that a manager erases it for good."
    ).format(since=short_date(withdrawn.hidden_since), until=short_date(withdrawn.until))


def talked_of(history: ConsentHistory) -> tuple[PurposeStanding, ...]:
    """Return the purposes about which anything was said."""
    return tuple(purpose for purpose in history.purposes if purpose.entries)


def due_words(count: int) -> str:
    """Return how many people's notes are to be erased."""
    return ngettext(
        "What {count} person took back is due to be erased.",
        "What {count} people took back is due to be erased.",
        count,
    ).format(count=count)


def never_asked(history: ConsentHistory) -> tuple[PurposeStanding, ...]:
    """Return the purposes about which nothing was said yet."""
    return tuple(purpose for purpose in history.purposes if not purpose.entries)


def latest(entries: Sequence[HistoryEntry]) -> ConsentEvent | None:
    """Return the newest event."""
    return entries[0].event if entries else None


def _giver_words(event: ConsentEvent, patient: Patient) -> str:
    if not event.given_by:
        return _("by the patient") if event.status is not ConsentStatus.ENTERED_IN_ERROR else ""
    name = event.given_by_name or person_name(patient, event.given_by)
    parts = [_("by {name}").format(name=isolate(name)), authority_words(event.authority)]
    if event.authority_proof:
        parts.append(_("seen: {proof}").format(proof=isolate(event.authority_proof)))
    if event.authority_scope:
        parts.append(_("for {scope}").format(scope=isolate(event.authority_scope)))
    if event.authority_until is not None:
        parts.append(_("authority until {day}").format(day=short_date(event.authority_until)))
    return ", ".join(parts)
