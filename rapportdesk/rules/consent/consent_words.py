"""What to say to a patient about consent: one sentence, and none where asking again would be a nuisance."""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.language import _
from rapportdesk.model.consent import Covers
from rapportdesk.model.consent_shown import AskAgain
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_state import ask_again_from, consent_moment, deciding_event
from rapportdesk.rules.known import Known
from rapportdesk.rules.wording.wording import day_words

ALMOST_NOTHING = 2
"""Fewer visible lines than this, and a sentence to ask is offered."""


def sentence_to_say(called: str) -> str:
    """Return the sentence that asks for both consents, to keep notes and to let clinicians read them."""
    return _(
        "“{name}, may we write down what you would like us to remember, for the people at the desk "
        "and those who treat you to read?”"
    ).format(name=called)


def to_ask(known: Known, keep: KeepConsent, lines: int, now: dt.datetime) -> str:
    """Return the one sentence to ask with, or empty.

    Args:
        known: Whose patient and consents these are.
        keep: Where the consent to keep notes stands.
        lines: How many lines the viewer sees.
        now: The recorded clock in the practice's zone.
    """
    if known.patient.deceased:
        return ""
    called = known.patient.called
    match keep:
        case KeepConsent.AGREED:
            return _review(known, now) or _what_to_ask(known, lines)
        case KeepConsent.REFUSED:
            return _after_a_no(known, now) or sentence_to_say(called)
        case KeepConsent.WITHDRAWN:
            return ""
        case KeepConsent.SOMEONE_ELSE:
            return _("Somebody else decides for {name}: see their authority, then ask them.").format(name=called)
        case KeepConsent.RESTING:
            return _("“{name}, until now somebody else agreed to these notes for you. Shall we keep them?”").format(
                name=called
            )
        case KeepConsent.EXPIRED:
            return _("“{name}, you agreed to notes for a while. Shall we go on keeping them?”").format(name=called)
        case _:
            return sentence_to_say(called)


def covers_words(covers: Covers) -> str:
    """Return what a consent is about, in a few plain words."""
    return {
        Covers.KEEP_NOTES: _("notes"),
        Covers.SHARE_WITH_CLINICIANS: _("sharing with clinicians"),
        Covers.TALK_WITH: _("who may be talked with"),
        Covers.PHONE: _("phone calls"),
        Covers.SMS: _("text messages"),
        Covers.EMAIL: _("e-mail"),
        Covers.POST: _("post"),
        Covers.VOICEMAIL: _("voicemail"),
        Covers.FEEDBACK: _("being asked for feedback"),
        Covers.REVIEW: _("being invited to review"),
    }[covers]


def ask_again_words(asks: Sequence[AskAgain]) -> str:
    """Return the few words that stand in Today beside somebody who is to be asked again; empty when nobody is.

    What is asked alone says nothing of what it is: who comes along may read the screen.
    """
    if not asks:
        return ""
    if any(ask.alone for ask in asks):
        return _("something to ask alone")
    return _("ask again: {what}").format(what=", ".join(dict.fromkeys(covers_words(ask.covers) for ask in asks)))


def _review(known: Known, now: dt.datetime) -> str:
    """Return the sentence for a yes whose day to ask again has come; empty before."""
    moment = consent_moment(known.consents, now)
    event = deciding_event(known.consents, Covers.KEEP_NOTES, moment.date())
    if event is None or event.ask_again_on is None or event.ask_again_on > moment.date():
        return ""
    called = known.patient.called
    if event.given_by:
        return _("Look again at who decides for {name}, and ask them.").format(name=called)
    return _("“{name}, you agreed to notes some time ago. Shall we go on keeping them?”").format(name=called)


def _what_to_ask(known: Known, lines: int) -> str:
    if lines >= ALMOST_NOTHING:
        return ""
    if not known.patient.preferred_name:
        return _("“What would you like us to call you?”")
    return _("“{name}, what should we know, so that today goes well for you?”").format(name=known.patient.called)


def _after_a_no(known: Known, now: dt.datetime) -> str:
    """Return what stands while somebody who said no is left in peace; empty once they may be asked again."""
    moment = consent_moment(known.consents, now)
    event = deciding_event(known.consents, Covers.KEEP_NOTES, moment.date())
    if event is None:
        return ""
    said_on, again = event.recorded_at.astimezone(now.tzinfo).date(), ask_again_from(event)
    if moment.date() >= again:
        return ""
    return _("Said no to notes on {day}. Don’t ask again before {again}.").format(
        day=day_words(said_on, now.date()), again=day_words(again, now.date())
    )
