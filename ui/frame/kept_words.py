"""What is safe, in a sentence or two: the first thing anybody reads on a Monday at 8:55."""

import datetime as dt

from babel.dates import format_date

from rapportdesk.language import _, ngettext
from rapportdesk.model.kept import Kept
from ui.look.dates import clock_time, day_name, long_date, reading_locale

_A_WEEK = 7
_THIS_YEAR = 300


def kept_words(kept: Kept, today: dt.date) -> str:
    """Return what to say: "Everything up to Friday 17:42 is here. The schedule is from Friday."; empty for nothing.

    Args:
        kept: What is safe.
        today: The practice's day, for how a day is named.
    """
    sentences = []
    if kept.until is not None:
        moment = _("{day} {time}").format(day=_day(kept.until.date(), today), time=clock_time(kept.until))
        sentences.append(_("Everything up to {moment} is here.").format(moment=moment.strip()))
    if kept.drafts:
        sentences.append(
            ngettext("{count} unfinished note is kept.", "{count} unfinished notes are kept.", kept.drafts).format(
                count=kept.drafts
            )
        )
    if kept.schedule_from is not None:
        day = kept.schedule_from.date()
        from_today = _("The schedule is from today.")
        sentences.append(from_today if day == today else _("The schedule is from {day}.").format(day=_day(day, today)))
    return " ".join(sentences)


def _day(day: dt.date, today: dt.date) -> str:
    """Return nothing for today, the weekday within a week, a day of this year without its year."""
    past = (today - day).days
    if past == 0:
        return ""
    if 0 < past < _A_WEEK:
        return format_date(day, "EEEE", locale=reading_locale())
    return day_name(day) if abs(past) < _THIS_YEAR else long_date(day)
