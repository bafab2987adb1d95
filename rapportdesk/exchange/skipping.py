"""Whatever is left out is named with its reason, so that what was read adds up."""

from enum import StrEnum

from rapportdesk.language import _


class SkipReason(StrEnum):
    """Why something in a file is not brought in."""

    NOT_KEPT = "not-kept"
    NAMES_ONLY = "names-only"
    NOT_WHO = "not-who"
    NUMBERS_CHANGE = "numbers-change"
    NO_NUMBERS = "no-numbers"
    BLOCK = "block"
    NO_PATIENT = "no-patient"
    SEVERAL_PATIENTS = "several-patients"
    NO_NAME = "no-name"
    NO_LONGER = "no-longer"
    NO_TIME = "no-time"
    NO_CONTENT = "no-content"
    DELETION = "deletion"
    NOBODY_CERTAIN = "nobody-certain"
    UNKNOWN_STATUS = "unknown-status"
    ANSWER = "answer"
    SUPERSEDED = "superseded"
    BROKEN_SERIES = "broken-series"
    UNKNOWN_ZONE = "unknown-zone"
    OUT_OF_TIME = "out-of-time"
    NO_NUMBER = "no-number"
    PATIENT_ELSEWHERE = "patient-elsewhere"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        return _WORDS[self]()


_WORDS = {
    SkipReason.NOT_KEPT: lambda: _("RapportDesk does not keep this; it belongs to the record"),
    SkipReason.NAMES_ONLY: lambda: _("used for the names in appointments only"),
    SkipReason.NOT_WHO: lambda: _("says neither who somebody is nor when they come"),
    SkipReason.NUMBERS_CHANGE: lambda: _("changes or joins numbers of visits or accounts, not people"),
    SkipReason.NO_NUMBERS: lambda: _("does not say which two numbers belong together"),
    SkipReason.BLOCK: lambda: _("blocks or frees time and is about no patient"),
    SkipReason.NO_PATIENT: lambda: _("names no patient"),
    SkipReason.SEVERAL_PATIENTS: lambda: _("is for several patients at once"),
    SkipReason.NO_NAME: lambda: _("has no name"),
    SkipReason.NO_LONGER: lambda: _("says that it holds no longer"),
    SkipReason.NO_TIME: lambda: _("has no time"),
    SkipReason.NO_CONTENT: lambda: _("is empty"),
    SkipReason.NOBODY_CERTAIN: lambda: _("gives neither a number nor a birth date to know the person by"),
    SkipReason.UNKNOWN_STATUS: lambda: _("has a status that means nothing here"),
    SkipReason.ANSWER: lambda: _("answers an invitation and changes no appointment"),
    SkipReason.SUPERSEDED: lambda: _("the same file has a newer state of it"),
    SkipReason.BROKEN_SERIES: lambda: _("is damaged, or repeats in a way that nobody can follow"),
    SkipReason.UNKNOWN_ZONE: lambda: _("names a time zone that nothing explains"),
    SkipReason.OUT_OF_TIME: lambda: _("has no appointment within the time in which repeating ones are followed"),
    SkipReason.NO_NUMBER: lambda: _("has no number to find it by again"),
    SkipReason.PATIENT_ELSEWHERE: lambda: _("belongs to a patient whom the file does not describe"),
    SkipReason.DELETION: lambda: _("asks for a deletion, which a person has to do here"),
}
