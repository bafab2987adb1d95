"""What somebody may read of themself on a screen that is turned to them, with who knows whom beside them.

Deny by default. A note is shown when all of this holds: reception may read it in this company (so nothing for
clinicians only, for a private room or not in front of somebody); the patient said it, not a carer and not the staff; it
is about nobody else; and it may be raised without asking first, because to show it is to raise it. Nothing says who
noted it or when, what was promised, who else there is, or how somebody may not be reached.
"""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.model.identity import StaffId
from rapportdesk.model.note import NoteKind, Source
from rapportdesk.model.shown import KeepConsent, OwnLine, OwnView
from rapportdesk.model.staff import Role, Viewer
from rapportdesk.rules.card.lines import newest_first
from rapportdesk.rules.consent.consent_state import GUARDIAN_UNTIL
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.visibility import SeenNote, see
from rapportdesk.rules.wording.wording import day_words, in_their_words

_RECEPTION = Viewer(staff=StaffId(""), name="", roles=frozenset({Role.RECEPTION}))
"""Whose eyes see at most what is shown, whoever turns the screen."""

_ABOUT_OTHERS = frozenset({NoteKind.PEOPLE_IMPORTANT_TO_ME})
_CLINICAL = frozenset(
    {
        NoteKind.EXPLAINED, NoteKind.PAST_EXPERIENCE, NoteKind.FEELING_NAMED, NoteKind.MY_WELLNESS,
        NoteKind.GOALS_AND_PACE, NoteKind.QUESTION, NoteKind.NEXT_STEP,
    }
)  # fmt: skip
"""Said about their care: for the consulting room, not for a screen at the counter."""


def compose_own_view(
    known: Known, company: Company, now: dt.datetime, *, guardian_until: int = GUARDIAN_UNTIL
) -> OwnView:
    """Return what the patient may read of themself.

    Args:
        known: What the signed-in person's keys open about the patient.
        company: Who is with them; unknown counts as somebody.
        now: The recorded clock in the practice's zone.
        guardian_until: Until this age others may be looking on who decide for them: without being alone with the
            desk, a younger patient's screen shows who they are and no notes.
    """
    seen = see(known, _RECEPTION, company, now, guardian_until=guardian_until)
    patient = known.patient
    age = patient.age_on(now.date())
    alone = company is not None and not company
    watched_over = age is not None and age < guardian_until and not alone
    notes = [] if watched_over or patient.deceased else [each for each in seen.notes if _is_theirs_to_read(each)]
    return OwnView(
        name=patient.name,
        called=patient.called,
        facts=_facts(known, now),
        notes=tuple(
            OwnLine(label=_label(each.note.kind), text=in_their_words(each.note.text, quote=each.note.quote))
            for each in newest_first(notes, now)
        ),
        agreed=_agreed(seen.keep),
    )


def _is_theirs_to_read(seen: SeenNote) -> bool:
    note, decision = seen.note, seen.decision
    said_by_them = note.source is Source.SAID_BY_PATIENT
    about_them = not note.about_person and note.kind not in _ABOUT_OTHERS
    may_be_raised = not decision.asking_sentence and not decision.as_please_dont
    return said_by_them and about_them and may_be_raised and note.kind not in _CLINICAL


def _facts(known: Known, now: dt.datetime) -> tuple[OwnLine, ...]:
    patient = known.patient
    born = "" if patient.birth_date is None else day_words(patient.birth_date, now.date())
    facts = (
        (_("Your name"), patient.name),
        (_("We call you"), patient.preferred_name),
        (_("We say it"), patient.say),
        (_("Your pronouns"), patient.pronouns),
        (_("Born"), born),
        (_("Your languages"), ", ".join(patient.languages)),
        (_("Interpreter for"), patient.interpreter),
    )
    return tuple(OwnLine(label=label, text=text) for label, text in facts if text)


def _label(kind: NoteKind) -> str:
    return {
        NoteKind.IMPORTANT_TO_ME: _("Most important to you"),
        NoteKind.PLEASE_DO: _("What we do for you"),
        NoteKind.HOW_I_COMMUNICATE: _("How we talk with you"),
        NoteKind.HOW_TO_SUPPORT_ME: _("How we support you"),
        NoteKind.PREFERENCE: _("What you prefer"),
        NoteKind.PLEASE_DONT: _("What we don’t do"),
        NoteKind.HOBBY: _("What you enjoy"),
        NoteKind.ADJUSTMENT: _("What makes coming here easier"),
        NoteKind.LIFE_EVENT: _("Days in your life"),
    }.get(kind, _("Also worth knowing"))


def _agreed(keep: KeepConsent) -> str:
    match keep:
        case KeepConsent.AGREED:
            return _("You agreed that we keep notes. You can change your mind at any time.")
        case KeepConsent.REFUSED | KeepConsent.WITHDRAWN:
            return _("You said that we should not keep notes.")
        case _:
            return ""
