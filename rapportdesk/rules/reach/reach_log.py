"""The contact log in words: when, which way, who spoke, what came of it, what was asked; never what was answered."""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.model.communication import (
    CallOutcome,
    Check,
    Communication,
    CommunicationStatus,
    ContactLine,
    Direction,
    Speaker,
)
from rapportdesk.model.patient import ContactSystem
from rapportdesk.rules.visibility import Seen

BETWEEN = " · "


def contact_lines(seen: Seen, now: dt.datetime) -> tuple[ContactLine, ...]:
    """Return the contact log as one viewer may read it, newest first.

    Args:
        seen: What they may be shown of the patient.
        now: The recorded clock in the practice's zone, in which moments are told.
    """
    newest_first = sorted(seen.communications, key=lambda each: (each.recorded_at, each.id), reverse=True)
    return tuple(
        ContactLine(
            id=each.id,
            at=each.recorded_at.astimezone(now.tzinfo),
            words=contact_words(each, seen),
            detail=BETWEEN.join(part for part in (each.text, _checked(each), each.recorded_by_name) if part),
            waits=each.status is CommunicationStatus.IN_PROGRESS,
            is_call=each.is_call,
        )
        for each in newest_first
    )


def contact_words(communication: Communication, seen: Seen) -> str:
    """Return one call or message in a few words."""
    if communication.direction is Direction.INCOMING:
        return _rang(communication, seen)
    if communication.outcome is not None:
        return {
            CallOutcome.REACHED: _("Rang them: reached"),
            CallOutcome.NO_ANSWER: _("Rang them: no answer"),
            CallOutcome.VOICEMAIL: _("Rang them: voicemail left"),
        }[communication.outcome]
    return _("{way}: {state}").format(way=way_words(communication.medium), state=_state(communication.status))


def way_words(system: ContactSystem) -> str:
    """Return what a way to reach somebody is called."""
    return {
        ContactSystem.PHONE: _("Phone call"),
        ContactSystem.SMS: _("Text message"),
        ContactSystem.EMAIL: _("E-mail"),
        ContactSystem.POST: _("Letter"),
        ContactSystem.VOICEMAIL: _("Voicemail"),
    }[system]


def check_words(check: Check) -> str:
    """Return what was asked."""
    return {
        Check.BIRTH_DATE: _("birth date"),
        Check.POSTCODE_OR_NUMBER: _("postcode or number"),
        Check.CALL_BACK: _("rang back"),
    }[check]


def _rang(communication: Communication, seen: Seen) -> str:
    if communication.speaker is Speaker.PATIENT:
        return _("They rang")
    name = next((person.name for person in seen.people if person.id == communication.person), "")
    return _("{name} rang").format(name=name) if name else _("Somebody else rang")


def _checked(communication: Communication) -> str:
    asked = [check_words(check) for check in Check if check in communication.checks]
    return _("checked: {what}").format(what=", ".join(asked)) if asked else ""


def _state(status: CommunicationStatus) -> str:
    return {
        CommunicationStatus.PREPARATION: _("drafted"),
        CommunicationStatus.IN_PROGRESS: _("handed over, not ticked yet"),
        CommunicationStatus.COMPLETED: _("sent"),
        CommunicationStatus.NOT_DONE: _("not sent"),
    }[status]
