"""Until when copies hold whoever was erased, and what is somebody's to do: sentences of window and command line."""

from rapportdesk.language import _
from rapportdesk.model.erasure import Erased


def copies_words(made: Erased) -> tuple[str, ...]:
    """Return a sentence for the backups that go by themselves, and one for each place that somebody has to look to."""
    found = []
    if made.backups_until is not None:
        found.append(_("The last backup that holds them is let go of by {day}.").format(day=made.backups_until))
    alone = _("Copies here do not go by themselves and are to be destroyed by hand: {folder}")
    found += [alone.format(folder=folder) for folder in made.by_hand]
    untold = _("This folder could not be told, and will be at the next backup: {folder}")
    found += [untold.format(folder=folder) for folder in made.unreached]
    return tuple(found)
