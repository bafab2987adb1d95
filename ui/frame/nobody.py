"""What is said where something is about somebody, and nobody is open."""

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _


def choose_first() -> RapportError:
    """Return what to say."""
    return BadInput(_("Nobody is open."), _("Find a person above, or choose one from Today."))
