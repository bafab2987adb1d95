"""Words for what files would bring in: how many of what, and the first of them by name, in the reader's language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapportdesk.language import _, ngettext
from ui.look.bidi import isolate
from ui.look.dates import clock_time, short_date

if TYPE_CHECKING:
    import datetime as dt

    from rapportdesk.desk.bring_in.import_report import Fate, ImportReport, Listed, Tally

SHOWN = 12
"""Lines of one block; more would be read by nobody, and the counts say how many there are."""

Local = Callable[["dt.datetime"], "dt.datetime"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading with its lines.

    Attributes:
        tone: The role of the heading's label.
    """

    heading: str
    lines: tuple[str, ...]
    tone: str = "name-strong"


def summary(report: "ImportReport") -> str:
    """Return everything in one sentence for people and one for appointments."""
    people = _("People: {words}").format(words=report.patients.words())
    visits = _("Appointments: {words}").format(words=report.appointments.words())
    return f"{people}\n{visits}"


def file_lines(report: "ImportReport") -> Iterator[str]:
    """Yield a line for each file, and one for each kind of thing in it that is left out, with the reason."""
    for file in report.plan.files:
        entries = ngettext("{n} entry", "{n} entries", file.read).format(n=file.read)
        kind = f"{file.format} {file.version}".strip()
        yield _("{file}: {kind}, {entries}").format(file=isolate(file.name), kind=kind, entries=entries)
        for each in file.skipped:
            yield _("{n} {type} left out: {reason}").format(
                n=each.count, type=each.resource_type, reason=each.reason.words
            )


def blocks(report: "ImportReport", local: Local) -> Iterator[Block]:
    """Yield what there is to read before it is brought in: what changes first, what is left out last."""
    from rapportdesk.desk.bring_in.import_report import Fate

    headings: tuple[tuple[Fate, str, str, str], ...] = (
        (Fate.ADDED, _("New people"), _("New appointments"), "name-strong"),
        (Fate.CHANGED, _("People who change"), _("Appointments that change"), "name-strong"),
        (Fate.CANCELLED, "", _("Appointments that are cancelled"), "name-strong"),
        (Fate.WAITING, _("Maybe somebody who is here: to decide afterwards"), _("Wait with them"), "caution"),
        (Fate.SKIPPED, _("People left out"), _("Appointments left out"), "muted"),
    )
    for fate, people, visits, tone in headings:
        for tally, heading in ((report.patients, people), (report.appointments, visits)):
            listed = [each for each in tally.listed if each.fate is fate]
            if listed:
                lines = [line(each, local) for each in listed[:SHOWN]]
                behind = _count(tally, fate) - len(lines)
                if behind > 0:
                    lines.append(ngettext("and {n} more", "and {n} more", behind).format(n=behind))
                yield Block(heading=heading, lines=tuple(lines), tone=tone)


def line(listed: "Listed", local: Local) -> str:
    """Return one description: "Nia Prydderch, born 14 Mar 1958" or "20 Nov 2026, 09:30, Dr Osei: Nia Prydderch"."""
    name = isolate(listed.name) if listed.name else _("somebody nobody here knows")
    if listed.is_visit:
        words = name
        if listed.start is not None:
            start = local(listed.start)
            parts = (short_date(start.date()), clock_time(start), isolate(listed.practitioner))
            words = _("{when}: {name}").format(when=", ".join(filter(None, parts)), name=name)
    elif listed.birth_date is None:
        words = _("{name}, birth date unknown").format(name=name)
    else:
        words = _("{name}, born {day}").format(name=name, day=short_date(listed.birth_date))
    return words if listed.why is None else _("{what} ({why})").format(what=words, why=listed.why.words)


def progress_words(done: int, total: int, *, writing: bool) -> str:
    """Return how far it is: "Comparing: 120 of 400"."""
    words = _("Bringing in: {done} of {total}") if writing else _("Comparing: {done} of {total}")
    return words.format(done=done, total=total)


def _count(tally: "Tally", fate: "Fate") -> int:
    from rapportdesk.desk.bring_in.import_report import Fate

    skipped = tally.not_taken.total() - tally.waiting
    return {
        Fate.ADDED: tally.added, Fate.CHANGED: tally.changed, Fate.CANCELLED: tally.cancelled,
        Fate.WAITING: tally.waiting, Fate.SKIPPED: skipped,
    }[fate]  # fmt: skip
