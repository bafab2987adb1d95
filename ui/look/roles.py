"""What a role is called on the screen."""

from rapportdesk.language import _
from rapportdesk.model.staff import Role
from ui.look.bidi import isolate


def role_word(role: Role) -> str:
    """Return the role in the reader's language."""
    match role:
        case Role.RECEPTION:
            return _("reception")
        case Role.CLINICIAN:
            return _("clinician")
        case Role.MANAGER:
            return _("manager")


def role_words(roles: frozenset[Role]) -> str:
    """Return all of somebody's roles: "reception, manager"."""
    return ", ".join(role_word(role) for role in Role if role in roles)


def named(name: str, roles: frozenset[Role]) -> str:
    """Return somebody with their roles: "Ana Ruiz, reception"."""
    return _("{name}, {roles}").format(name=isolate(name), roles=role_words(roles))
