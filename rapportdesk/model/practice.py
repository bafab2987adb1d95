"""What one practice has settled for itself; every part has a default, so that a file from before it still opens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSettings:
    """How long things are kept, from what age somebody decides for themself, and what is done at closing.

    Attributes:
        grace_days: Days after a withdrawal on which it can still be taken back; what rested on it is erased after.
        guardian_until: The age in years at which a guardian's consent ends and the young person is asked.
        audit_years: How many years the record of who looked is kept.
        offers_day_sheet: At closing, the next day's sheet for a sealed envelope is offered.
    """

    grace_days: int = 30
    guardian_until: int = 16
    audit_years: int = 8
    offers_day_sheet: bool = False


BOUNDS = {"grace_days": (0, 365), "guardian_until": (10, 25), "audit_years": (1, 100)}
"""The least and the most that each number may be, both inclusive."""
