"""The table of who may see what, one row of code for each row of `visibility_table.md`.

Deny by default; the most restrictive row wins. A row says what reception and a clinician get at most when it applies,
and adds how the thing is to be read (with the asking sentence, as a please-don't, to be confirmed). Rows know only
facts, never texts, so that a decision cannot depend on what a note says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from rapportdesk.model.note import Audience
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.topic import Permission


class Verdict(IntEnum):
    """How much is shown; a smaller number shows less."""

    HIDE = 0
    VEIL = 1
    SHOW = 2


class Thing(StrEnum):
    """What is being decided about."""

    NOTE = "note"
    BOUNDARY = "boundary"
    ADJUSTMENT = "adjustment"
    PROMISE = "promise"
    TOPIC = "topic"


class Reason(StrEnum):
    """The row that decided; `ALLOWED` when none had anything against it."""

    ALLOWED = "allowed"
    NO_ROLE = "no-role"
    NOT_CURRENT = "not-current"
    NO_CONSENT = "no-consent"
    WITHDRAWN = "withdrawn"
    NOT_SHARED = "not-shared"
    CLINICIANS = "clinicians"
    CLINICIANS_IN_COMPANY = "clinicians-in-company"
    ASK_FIRST = "ask-first"
    DO_NOT_RAISE = "do-not-raise"
    NAMED_TO_CLINICIANS = "named-to-clinicians"
    UNKNOWN_TOPIC = "unknown-topic"
    NOT_IN_FRONT_OF = "not-in-front-of"
    CLINICIAN_ONLY = "clinician-only"
    CLINICIAN_ONLY_IN_COMPANY = "clinician-only-in-company"
    PRIVATE_ROOM = "private-room"
    PRIVATE_ROOM_IN_COMPANY = "private-room-in-company"
    PAST_REVIEW = "past-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a decision depends on.

    Attributes:
        thing: What it is: boundaries and adjustments need no consent.
        current: It is in force: an active note, an open promise.
        keep, shared: Where the consent to keep notes stands; whether sharing with clinicians is agreed to.
        emergency: A clinician broke the glass.
        audience: Whom the thing itself is for.
        has_topic: It belongs to a topic.
        named_to: Who may know the topic's name; None when there is no topic or nothing is known of it.
        permissions: What was said about the topic, in its period or out of it; None stands for "not asked".
        in_period: The permission is in force today.
        alone: The patient is known to be alone with the viewer.
        past_review: Its review date has come.
    """

    thing: Thing = Thing.NOTE
    current: bool = True
    keep: KeepConsent = KeepConsent.NOT_ASKED
    shared: bool = False
    emergency: bool = False
    audience: Audience = Audience.EVERYONE
    has_topic: bool = False
    named_to: Audience | None = None
    permissions: frozenset[Permission | None] = frozenset()
    in_period: bool = True
    alone: bool = False
    past_review: bool = False

    @property
    def needs_consent(self) -> bool:
        """Whether it rests on consent: what protects the patient or is a legal duty does not."""
        return self.thing not in {Thing.BOUNDARY, Thing.ADJUSTMENT}

    @property
    def is_content(self) -> bool:
        """Whether it says something about the topic, where a topic's own line only says how to raise it."""
        return self.thing is not Thing.TOPIC

    def may(self, permission: Permission | None) -> bool:
        """Whether this was said about the topic."""
        return permission in self.permissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: when it applies, the most that each viewer gets, and how the thing is then read."""

    reason: Reason
    applies: Callable[[Facts], bool]
    reception: Verdict = Verdict.SHOW
    clinician: Verdict = Verdict.SHOW
    ask: bool = False
    confirm: bool = False
    please_dont: bool = False


def _asks_first(facts: Facts) -> bool:
    """Ask first, out of its period, or nothing said about it yet; a topic not to be raised is not asked about."""
    said_to_ask = facts.may(Permission.ASK_FIRST) or facts.may(None) or not facts.in_period
    return said_to_ask and not facts.may(Permission.DO_NOT_RAISE)


ROWS: tuple[Row, ...] = (
    Row(
        reason=Reason.NOT_CURRENT,
        applies=lambda facts: not facts.current,
        reception=Verdict.HIDE,
        clinician=Verdict.HIDE,
    ),
    Row(
        reason=Reason.NO_CONSENT,
        applies=lambda facts: facts.needs_consent and facts.keep not in {KeepConsent.AGREED, KeepConsent.WITHDRAWN},
        reception=Verdict.HIDE,
        clinician=Verdict.HIDE,
    ),
    Row(
        reason=Reason.WITHDRAWN,
        applies=lambda facts: facts.needs_consent and facts.keep is KeepConsent.WITHDRAWN,
        reception=Verdict.HIDE,
        clinician=Verdict.HIDE,
    ),
    Row(
        reason=Reason.NOT_SHARED,
        applies=lambda facts: (
            facts.needs_consent
            and not facts.shared
            and not facts.emergency
            and facts.audience is not Audience.CLINICIANS
        ),
        clinician=Verdict.HIDE,
    ),
    Row(
        reason=Reason.CLINICIANS,
        applies=lambda facts: facts.audience is Audience.CLINICIANS,
        reception=Verdict.HIDE,
    ),
    Row(
        reason=Reason.CLINICIANS_IN_COMPANY,
        applies=lambda facts: facts.audience is Audience.CLINICIANS and not facts.alone,
        clinician=Verdict.VEIL,
    ),
    Row(reason=Reason.ASK_FIRST, applies=_asks_first, ask=True),
    Row(
        reason=Reason.DO_NOT_RAISE,
        applies=lambda facts: facts.may(Permission.DO_NOT_RAISE),
        please_dont=True,
    ),
    Row(
        reason=Reason.NAMED_TO_CLINICIANS,
        applies=lambda facts: facts.named_to is Audience.CLINICIANS,
        reception=Verdict.HIDE,
        clinician=Verdict.VEIL,
    ),
    Row(
        reason=Reason.UNKNOWN_TOPIC,
        applies=lambda facts: facts.has_topic and facts.named_to is None,
        reception=Verdict.HIDE,
        clinician=Verdict.VEIL,
    ),
    Row(
        reason=Reason.NOT_IN_FRONT_OF,
        applies=lambda facts: facts.may(Permission.NOT_IN_FRONT_OF) and not facts.alone,
        reception=Verdict.HIDE,
        clinician=Verdict.VEIL,
    ),
    Row(
        reason=Reason.CLINICIAN_ONLY,
        applies=lambda facts: facts.is_content and facts.may(Permission.CLINICIAN_ONLY),
        reception=Verdict.HIDE,
    ),
    Row(
        reason=Reason.CLINICIAN_ONLY_IN_COMPANY,
        applies=lambda facts: facts.is_content and facts.may(Permission.CLINICIAN_ONLY) and not facts.alone,
        clinician=Verdict.VEIL,
    ),
    Row(
        reason=Reason.PRIVATE_ROOM,
        applies=lambda facts: facts.is_content and facts.may(Permission.PRIVATE_ROOM),
        reception=Verdict.HIDE,
    ),
    Row(
        reason=Reason.PRIVATE_ROOM_IN_COMPANY,
        applies=lambda facts: facts.is_content and facts.may(Permission.PRIVATE_ROOM) and not facts.alone,
        clinician=Verdict.VEIL,
    ),
    Row(reason=Reason.PAST_REVIEW, applies=lambda facts: facts.past_review, confirm=True),
)
"""Every row, in the order of the written table; `NO_ROLE` is not one of them, because it precedes them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the rows say together. Of what is hidden or veiled nothing but the verdict and the reason is told."""

    verdict: Verdict
    reason: Reason
    ask: bool = False
    confirm: bool = False
    please_dont: bool = False


def rule(facts: Facts, *, clinician: bool, opened: bool = False, rows: Sequence[Row] = ROWS) -> Ruling:
    """Return what the rows that apply say together: the most restrictive verdict, and every way of reading.

    Args:
        facts: All that is known.
        clinician: Whether the viewer is one; everybody else is reception.
        opened: The clinician pressed to open it. This lifts a veil and never shows what is hidden.
        rows: The table; another one is for tests alone.
    """
    applying = [row for row in rows if row.applies(facts)]
    verdicts = [(row.clinician if clinician else row.reception, row.reason) for row in applying]
    verdict, reason = min(verdicts, key=lambda each: each[0], default=(Verdict.SHOW, Reason.ALLOWED))
    if verdict is Verdict.VEIL and opened:
        verdict = Verdict.SHOW
    elif verdict is not Verdict.SHOW:
        return Ruling(verdict=verdict, reason=reason)
    return Ruling(
        verdict=verdict,
        reason=reason,
        ask=any(row.ask for row in applying),
        confirm=any(row.confirm for row in applying),
        please_dont=any(row.please_dont for row in applying),
    )
