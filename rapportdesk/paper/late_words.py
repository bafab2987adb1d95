"""The honest sentence for those who wait: how late, that it may change, and what they may choose.

It gives no cause, because the marks know none. Its words lie in `resources/templates/running_late.txt.j2`, where a
practice changes them and a translator finds them.
"""

from rapportdesk.language import _, ngettext
from rapportdesk.model.day import Behind
from rapportdesk.paths import RESOURCES

TEMPLATE = "running_late.txt.j2"


def late_sentence(behind: Behind) -> str:
    """Return what may be said to those who wait for a practitioner, in one line of plain text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    loader = FileSystemLoader(RESOURCES / "templates")
    environment = Environment(loader=loader, autoescape=select_autoescape(), undefined=StrictUndefined)
    written = environment.get_template(TEMPLATE).render(
        _=_, ngettext=ngettext, practitioner=behind.practitioner, minutes=behind.minutes
    )
    return " ".join(written.split())
