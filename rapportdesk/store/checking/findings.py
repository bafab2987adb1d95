"""What a check of the file may find, named by table and id and never by content."""

from dataclasses import dataclass, replace

from rapportdesk.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as the program wrote it.

    Attributes:
        where: The table and the id, "record 3f2a..."; never content.
        what: A sentence for a person.
    """

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What `verify` found.

    Attributes:
        records: How many things were looked at, without their earlier revisions.
        patients: How many patients.
        audit_lines: How many lines of the audit.
            The counts are None for whoever may not know them.
        faults: What does not authenticate; empty when all is well.
    """

    records: int | None
    patients: int | None
    audit_lines: int | None
    faults: tuple[Fault, ...]

    @property
    def clean(self) -> bool:
        """Whether all is well."""
        return not self.faults

    def without_counts(self) -> "VerifyReport":
        """Return the same findings without saying how much was looked at."""
        return replace(self, records=None, patients=None, audit_lines=None)


def not_opening(where: str) -> Fault:
    """Say that something does not authenticate."""
    return Fault(where=where, what=_("This was changed from outside and does not open."))


def damaged(where: str) -> Fault:
    """Say that SQLite cannot read something."""
    return Fault(where=where, what=_("The file is damaged here."))
