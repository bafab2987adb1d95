"""Who may be asked, who is invited to review, and what a manager may see: never what one person answered.

- Asking needs the consent to be asked; an invitation to review needs its own. It is decided before anybody answers and
  has no answer among its arguments, so that the pleased are not invited sooner than others.
- A month is shown when it is over, because two looks at a month that grows tell what came between them.
- Fewer than five answers are not shown, not even their number. From five to nine only the number is. From ten on the
  share of good ones is shown, but where fewer than five were good, or were not, that alone is said.
- Every question of a month has the same number of answers, and months are never summed: there is no other figure from
  which one that is withheld could be taken away.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from rapportdesk.model.consent import Covers
from rapportdesk.model.feedback import (
    GOOD_ONES,
    Answers,
    FeedbackAsking,
    FeedbackMonth,
    FeedbackQuestion,
    FeedbackWords,
    Share,
    TrendCell,
)
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.visibility import Seen

LEAST = 5
"""How many there have to be before they are shown."""

LEAST_FOR_SHARES = 2 * LEAST
"""With fewer, both the good and the others could be fewer than five, and saying so would tell how many."""


def asking(seen: Seen, review_address: str) -> FeedbackAsking:
    """Return whether somebody may be asked, may give their name, and is invited to review; the dead never are.

    Args:
        seen: What the viewer may be shown of them.
        review_address: Where reviews are written; empty for none.
    """
    alive = not seen.patient.deceased
    invited = alive and Covers.REVIEW in seen.agreed
    return FeedbackAsking(
        agreed=alive and Covers.FEEDBACK in seen.agreed,
        may_be_named=alive and seen.keep is KeepConsent.AGREED,
        review_address=review_address if invited else "",
    )


def trend(months: Iterable[FeedbackMonth], today: dt.date) -> tuple[TrendCell, ...]:
    """Return what may be shown of every question in every month that is over, oldest month first."""
    over = sorted(_over(months, today), key=lambda month: month.month)
    return tuple(_cell(each, question) for each in over if each.answers for question in FeedbackQuestion)


def readable_words(months: Iterable[FeedbackMonth], today: dt.date) -> tuple[tuple[dt.date, FeedbackWords], ...]:
    """Return what was written without a name in months that are over and had enough answers, newest month first."""
    enough = (each for each in _over(months, today) if len(each.answers) >= LEAST)
    newest = sorted(enough, key=lambda month: month.month, reverse=True)
    return tuple((each.month, words) for each in newest for words in each.words)


def waiting_concerns(months: Iterable[FeedbackMonth]) -> tuple[FeedbackWords, ...]:
    """Return the concerns that nobody has looked into; whoever writes one asks for it to be read at once."""
    newest = sorted(months, key=lambda month: month.month, reverse=True)
    return tuple(words for each in newest for words in each.words if words.concern and not words.looked_into)


def _over(months: Iterable[FeedbackMonth], today: dt.date) -> list[FeedbackMonth]:
    return [each for each in months if each.month < today.replace(day=1)]


def _cell(month: FeedbackMonth, question: FeedbackQuestion) -> TrendCell:
    number = len(month.answers)
    if number < LEAST:
        return TrendCell(month=month.month, question=question, answers=None, share=Share.WITHHELD)
    good = _good(month.answers, question)
    share = _share(number, good)
    return TrendCell(
        month=month.month, question=question, answers=number, share=share, good=good if share is Share.EXACT else None
    )


def _share(number: int, good: int) -> Share:
    if number < LEAST_FOR_SHARES:
        return Share.WITHHELD
    if good < LEAST:
        return Share.FEW_GOOD
    return Share.FEW_OTHERS if number - good < LEAST else Share.EXACT


def _good(answers: Sequence[Answers], question: FeedbackQuestion) -> int:
    counted = Counter(each.to(question) for each in answers)
    return sum(counted[experience] for experience in GOOD_ONES)
