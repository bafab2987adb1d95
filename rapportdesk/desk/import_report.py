"""What an import did, in counts that add up to what was read, each thing left out named by type with its reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.language import _, ngettext


class NotTaken(StrEnum):
    """Why something that could be read was not kept."""

    NUMBER_OF_ANOTHER = "number-of-another"
    PATIENT_UNKNOWN = "patient-unknown"
    NO_TIME = "no-time"
    NO_NAME = "no-name"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        return {
            NotTaken.NUMBER_OF_ANOTHER: _("the number belongs to somebody with another name and birth date"),
            NotTaken.PATIENT_UNKNOWN: _("nobody here has that patient's number"),
            NotTaken.NO_TIME: _("says no time, and no such appointment is known"),
            NotTaken.NO_NAME: _("the name cannot be kept"),
        }[self]


@dataclass(slots=True)
class Tally:
    """What became of one type of thing: everything described is in exactly one of the counts.

    Attributes:
        earlier: Descriptions that a later one in the same files replaced.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    earlier: int = 0
    not_taken: Counter[NotTaken] = field(default_factory=Counter)

    @property
    def described(self) -> int:
        """How many descriptions the files held."""
        return self.added + self.changed + self.unchanged + self.earlier + self.not_taken.total()

    def as_data(self) -> dict[str, Any]:
        """Return the counts for JSON."""
        return {
            "read": self.described,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "replaced_by_later": self.earlier,
            "skipped": [{"reason": str(reason), "count": count} for reason, count in sorted(self.not_taken.items())],
        }

    def words(self) -> str:
        """Return the counts in words; what is nought is left out."""
        counted = (
            (self.added, _("{n} added")),
            (self.changed, _("{n} changed")),
            (self.unchanged, _("{n} known already")),
            (self.earlier, _("{n} replaced by a later state")),
        )
        parts = [words.format(n=count) for count, words in counted if count]
        parts += [
            _("{n} skipped: {reason}").format(n=count, reason=reason.words) for reason, count in self.not_taken.items()
        ]
        return ", ".join(parts) or _("none")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was read, and what became of it."""

    plan: ImportPlan
    patients: Tally
    appointments: Tally

    def as_data(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {
            "files": [
                {
                    "name": file.name,
                    "format": str(file.format),
                    "version": file.version,
                    "read": file.read,
                    "patients": file.patients,
                    "appointments": file.appointments,
                    "merges": file.merges,
                    "followed": [day.isoformat() for day in file.followed] if file.followed else None,
                    "skipped": [
                        {"type": each.resource_type, "reason": str(each.reason), "count": each.count}
                        for each in file.skipped
                    ],
                }
                for file in self.plan.files
            ],
            "patients": self.patients.as_data(),
            "appointments": self.appointments.as_data(),
        }

    def lines(self) -> Iterator[str]:
        """Return the report in words, a line each."""
        for file in self.plan.files:
            read = ngettext("{n} entry", "{n} entries", file.read).format(n=file.read)
            yield f"{file.name}  {file.format} {file.version}".rstrip() + f"  {read}"
            if file.followed is not None:
                first, last = (day.isoformat() for day in file.followed)
                yield "    " + _("Repeating appointments were followed from {first} to {last}.").format(
                    first=first, last=last
                )
            for each in file.skipped:
                yield "    " + _("{n} {type} skipped: {reason}").format(
                    n=each.count, type=each.resource_type, reason=each.reason.words
                )
        if self.plan.merges:
            yield ngettext(
                "{n} proposal to join two people was left for a person to decide",
                "{n} proposals to join two people were left for a person to decide",
                len(self.plan.merges),
            ).format(n=len(self.plan.merges))
        yield _("Patients: {words}").format(words=self.patients.words())
        yield _("Appointments: {words}").format(words=self.appointments.words())
