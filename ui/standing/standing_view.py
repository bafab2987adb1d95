"""How the desk stands, in words: what was found, what is missing, and since when."""

from rapportdesk.desk.desk import VerifyReport
from rapportdesk.language import _, ngettext
from rapportdesk.model.standing import Standing, Stands
from ui.look.dates import clock_time, long_date


def how_words(standing: Standing) -> str:
    """Return how the file compares with what this computer has seen of it; empty when all is as before."""
    match standing.stands:
        case Stands.OLDER if standing.seen_at is not None:
            words = _(
                "This is an older copy of the desk. This computer has seen the desk as it was on {day}, {time};"
                " what was written shortly before that is missing here."
            )
            return words.format(day=long_date(standing.seen_at.date()), time=clock_time(standing.seen_at))
        case Stands.OLDER:
            return _("This is an older copy of the desk than the one this computer has seen.")
        case Stands.RESTORED:
            return _(
                "The desk was brought back from a backup. What was written after it was made is not here. Look under"
                " “People who work here” and “Recovery sheets” for who has left and what was lost since."
            )
        case Stands.TAKEN_OUT:
            return _(
                "What this computer had noted of the desk is gone, though it was there. Perhaps somebody tidied up the"
                " computer’s password store; perhaps an older copy of the desk was put in its place. Compare the newest"
                " notes with what you remember."
            )
        case Stands.FORGOTTEN:
            return _(
                "The desk was moved to another place, or this computer no longer knows how far it went. If nobody"
                " moved it, compare the newest notes with what you remember."
            )
        case Stands.NOT_KNOWN:
            return _("This computer’s password store did not say how far the desk went when it was last seen.")
    return ""


def checking_words() -> str:
    """Return what is said while the check is on its way."""
    return _("Everything that is kept is being opened, one by one. It can be stopped.")


def found_words(report: VerifyReport) -> str:
    """Return what the check has found."""
    if report.clean:
        people = report.patients or 0
        return ngettext(
            "Everything that is kept opens, and nothing was changed from outside: {count} person.",
            "Everything that is kept opens, and nothing was changed from outside: {count} people.",
            people,
        ).format(count=people)
    return ngettext(
        "{count} place was changed or taken away from outside. What you see on the screen has been checked.",
        "{count} places were changed or taken away from outside. What you see on the screen has been checked.",
        len(report.faults),
    ).format(count=len(report.faults))
