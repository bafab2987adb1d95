"""Topics in a dozen plain words; codes are for export and are never shown."""

from collections.abc import Mapping

from rapportdesk.language import _
from rapportdesk.model.note import Audience
from rapportdesk.model.topic import Permission

PLAIN = (
    "bereavement", "money", "weight", "pregnancy-loss", "prognosis", "immigration",
    "MH", "SUD", "SEX", "EMPL", "GENDER", "REL",
)  # fmt: skip
"""The dozen offered at once; the others stand in a list."""


def others(choices: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return code and words of every topic that is not offered at once, by its words."""
    rest = [(code, words) for code, words in choices.items() if code not in PLAIN]
    return sorted(rest, key=lambda pair: pair[1].casefold())


def permission_words(permission: Permission) -> str:
    """Return how a topic may be raised, as a person says it."""
    return {
        Permission.WELCOME: _("Welcome: it may be talked about"),
        Permission.ASK_FIRST: _("Ask first"),
        Permission.CLINICIAN_ONLY: _("Only the clinician may raise it"),
        Permission.PRIVATE_ROOM: _("Only in a private room"),
        Permission.NOT_IN_FRONT_OF: _("Not in front of somebody"),
        Permission.DO_NOT_RAISE: _("Do not raise it"),
    }[permission]


def name_for_words(audience: Audience) -> str:
    """Return who may know the topic's name."""
    if audience is Audience.CLINICIANS:
        return _("Clinicians only: sealed to them, and gone from this screen once saved")
    return _("Everyone at the desk")
