"""What bringing a backup back left out again, in sentences that the window and the command line share."""

from rapportdesk.language import _, ngettext
from rapportdesk.model.erasure import DeletedAgain, ErasedList


def again_words(again: DeletedAgain | None) -> tuple[str, ...]:
    """Return a sentence for each: who was deleted again, what else was, and whether that may not be everybody."""
    if again is None:
        return ()
    found = []
    if again.people:
        words = ngettext(
            "{n} person who was deleted after this backup was deleted again.",
            "{n} people who were deleted after this backup were deleted again.",
            again.people,
        )
        found.append(words.format(n=again.people))
    if again.things:
        words = ngettext(
            "{n} entry that was deleted after this backup was deleted again.",
            "{n} entries that were deleted after this backup were deleted again.",
            again.things,
        )
        found.append(words.format(n=again.things))
    if again.listed is ErasedList.MISSING:
        found.append(
            _("The list of what was deleted does not lie beside this backup: whoever was deleted since is back.")
        )
    elif again.listed is ErasedList.OLDER:
        found.append(
            _("The list of what was deleted, beside this backup, is an older one: somebody deleted since may be back.")
        )
    return tuple(found)
