"""What patients say of the practice: the Friends and Family Test's question and scale, and free words.

Answers are counted by month and by question, apart from the words and from each other, so that what one person said
cannot be put together again. What is to be answered is a note on the person instead, with all that holds for notes.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Experience(StrEnum):
    """The scale of the Friends and Family Test (NHS England, from April 2020)."""

    VERY_GOOD = "very-good"
    GOOD = "good"
    NEITHER = "neither"
    POOR = "poor"
    VERY_POOR = "very-poor"
    DONT_KNOW = "dont-know"


GOOD_ONES = frozenset({Experience.VERY_GOOD, Experience.GOOD})
"""What counts as a good experience where the share is reported."""


class FeedbackQuestion(StrEnum):
    """What is asked, in this order; the first is the Friends and Family Test's own."""

    OVERALL = "overall"
    LISTENED = "listened"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One person's answers: every question has one, if only "don't know", so that all have the same number."""

    overall: Experience = Experience.DONT_KNOW
    listened: Experience = Experience.DONT_KNOW
    explained: Experience = Experience.DONT_KNOW

    def to(self, question: FeedbackQuestion) -> Experience:
        """Return the answer to one question."""
        answer: Experience = getattr(self, question.value)
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven:
    """What was given at one time.

    Attributes:
        why: Why they answered so, in their words; may be empty.
        better: What could have been better; may be empty.
        concern: Something worried them, and somebody should look into it.
        wants_answer: They want to hear from us, and give their name for that.
    """

    answers: Answers
    why: str = ""
    better: str = ""
    concern: bool = False
    wants_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackWords:
    """What somebody wrote without their name.

    Attributes:
        id: Says nothing; for ticking it off.
        looked_into: Somebody has taken care of a concern.
    """

    id: str
    why: str = ""
    better: str = ""
    concern: bool = False
    looked_into: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackMonth:
    """All that was given in one month, answers and words apart, each in no order.

    Attributes:
        month: Its first day.
    """

    month: dt.date
    answers: tuple[Answers, ...] = ()
    words: tuple[FeedbackWords, ...] = ()


class Share(StrEnum):
    """How much may be said of how many were good, so that no group of fewer than five can be told."""

    EXACT = "exact"
    FEW_OTHERS = "few-others"
    FEW_GOOD = "few-good"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendCell:
    """One question in one month, as it may be shown.

    Attributes:
        month: Its first day.
        answers: How many answered; None for fewer than five.
        share: What may be said of how many were good.
        good: How many had a good experience; only where `share` is `EXACT`.
    """

    month: dt.date
    question: FeedbackQuestion
    answers: int | None
    share: Share
    good: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackShown:
    """What a manager may read.

    Attributes:
        trend: Every question of every month that is over, oldest first.
        words: What was written without a name in months of five answers or more, with the month, newest month first.
        concerns: Concerns without a name that nobody has looked into yet.
        review_address: Where reviews are written; empty for none.
        questions: What each question is called.
    """

    trend: tuple[TrendCell, ...] = ()
    words: tuple[tuple[dt.date, FeedbackWords], ...] = ()
    concerns: tuple[FeedbackWords, ...] = ()
    review_address: str = ""
    questions: tuple[tuple[FeedbackQuestion, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """Everything the form says, in one language.

    Attributes:
        language: POSIX name.
        own_name: What the language is called in itself.
        right_to_left: How it is written.
    """

    language: str
    own_name: str
    right_to_left: bool
    heading: str
    questions: tuple[tuple[FeedbackQuestion, str], ...]
    answers: tuple[tuple[Experience, str], ...]
    why: str
    better: str
    concern: str
    wants_answer: str
    anonymous: str
    thanks: str
    answer_follows: str
    invitation: str
    hand_back: str
    next: str
    back: str
    send: str
    staff: str
    step: str
    not_kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackForm:
    """What the patient's form needs to know; nothing of the patient.

    Attributes:
        languages: What it says, in each language it speaks; the one to begin with first.
        may_be_named: Whether they may give their name for an answer.
        review_address: Where reviews are written, when they agreed to be invited; never by what they answer.
    """

    languages: tuple[FormWords, ...]
    may_be_named: bool = False
    review_address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAsking:
    """Whether somebody may be asked.

    Attributes:
        agreed: They agreed to be asked for feedback.
        may_be_named: They agreed to notes, so an answer can be kept with their name.
        review_address: As in `FeedbackForm`.
    """

    agreed: bool
    may_be_named: bool
    review_address: str = ""
