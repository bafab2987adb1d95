"""What an import did or would do, in counts that add up to what was read, each thing left out named with its reason."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rapportdesk.desk.bring_in.matching import Doubt
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.language import _, ngettext


class NotTaken(StrEnum):
    """Why something that could be read was not kept."""

    PATIENT_UNKNOWN = "patient-unknown"
    NO_TIME = "no-time"
    NO_NAME = "no-name"
    LEFT_OUT = "left-out"
    LIST_IS_FULL = "list-is-full"
    NAMES_NOBODY = "names-nobody"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        return {
            NotTaken.PATIENT_UNKNOWN: _("nobody here has that patient's number"),
            NotTaken.NO_TIME: _("says no time, and no such appointment is known"),
            NotTaken.NO_NAME: _("the name cannot be kept"),
            NotTaken.LEFT_OUT: _("somebody here decided to leave them out"),
            NotTaken.LIST_IS_FULL: _("too many doubtful people wait already: decide about those first"),
            NotTaken.NAMES_NOBODY: _("names nobody who is here, and no guest of its own"),
        }[self]


class Fate(StrEnum):
    """What becomes of one description."""

    ADDED = "added"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One description as a person reads it before it is brought in.

    Attributes:
        start: Of an appointment, UTC; None for a person, and where no time is said.
        why: Of what waits or is skipped.
    """

    fate: Fate
    name: str
    birth_date: dt.date | None = None
    start: dt.datetime | None = None
    practitioner: str = ""
    is_visit: bool = False
    why: Doubt | NotTaken | None = None


LISTED_AT_MOST = 200
"""Of each fate, people and visits by themselves; the counts say how many there are."""


@dataclass(slots=True)
class Tally:
    """What became of one type of thing: everything described is in exactly one of the counts.

    Attributes:
        cancelled: Known appointments that are cancelled now; one that came in cancelled counts as added.
        earlier: Descriptions that a later one in the same files replaced.
        listed: The first of each fate.
    """

    added: int = 0
    changed: int = 0
    cancelled: int = 0
    unchanged: int = 0
    earlier: int = 0
    not_taken: Counter[NotTaken | Doubt] = field(default_factory=Counter)
    listed: list[Listed] = field(default_factory=list)

    def count(self, fate: Fate | None, by: int = 1) -> None:
        """Count one more, or one less; None is known already."""
        match fate:
            case Fate.ADDED:
                self.added += by
            case Fate.CHANGED:
                self.changed += by
            case Fate.CANCELLED:
                self.cancelled += by
            case None:
                self.unchanged += by
            case _:
                raise ValueError("what is left out is counted with its reason")

    def unlist(self, listed: Listed) -> None:
        """Take a description off the list again."""
        if listed in self.listed:
            self.listed.remove(listed)

    def leave_out(self, why: NotTaken | Doubt, listed: Listed) -> None:
        """Count something that is not brought in, or waits for a person."""
        self.not_taken[why] += 1
        self.show(listed)

    def show(self, listed: Listed) -> None:
        """Put a description on the list unless enough of its fate are on it."""
        if sum(each.fate is listed.fate for each in self.listed) < LISTED_AT_MOST:
            self.listed.append(listed)

    @property
    def waiting(self) -> int:
        """How many wait for a person to decide."""
        return sum(count for why, count in self.not_taken.items() if isinstance(why, Doubt))

    @property
    def described(self) -> int:
        """How many descriptions the files held."""
        return self.added + self.changed + self.cancelled + self.unchanged + self.earlier + self.not_taken.total()

    def as_data(self) -> dict[str, Any]:
        """Return the counts for JSON."""
        return {
            "read": self.described,
            "added": self.added,
            "changed": self.changed,
            "cancelled": self.cancelled,
            "unchanged": self.unchanged,
            "replaced_by_later": self.earlier,
            "skipped": [{"reason": str(reason), "count": count} for reason, count in sorted(self.not_taken.items())],
        }

    def words(self) -> str:
        """Return the counts in words; what is nought is left out."""
        counted = (
            (self.added, _("{n} added")),
            (self.changed, _("{n} changed")),
            (self.cancelled, _("{n} cancelled")),
            (self.unchanged, _("{n} known already")),
            (self.earlier, _("{n} replaced by a later state")),
        )
        parts = [words.format(n=count) for count, words in counted if count]
        for reason, count in self.not_taken.items():
            words = _("{n} to decide: {reason}") if isinstance(reason, Doubt) else _("{n} skipped: {reason}")
            parts.append(words.format(n=count, reason=reason.words))
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
                    "people": file.people,
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
