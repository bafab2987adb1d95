"""A follow-up plan: the days after a visit on which somebody is asked how they are."""

from dataclasses import dataclass

MOST_STEPS = 10
LONGEST_WAIT_DAYS = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpStep:
    """One time of asking.

    Attributes:
        days: So many days after the visit, or after today where there is none; 0 to 730.
        text: What is done then, as it will stand among the promises.
    """

    days: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTemplate:
    """A plan to begin from.

    Attributes:
        name: What it is for, in the reader's language.
    """

    id: str
    name: str
    steps: tuple[FollowUpStep, ...]
