"""How it stands with backups, in words: when the last one was made, where, and what to do about the rest."""

from pathlib import Path

from rapportdesk.desk.backup.restoring import Restored
from rapportdesk.language import _, ngettext
from rapportdesk.model.backup import Backup, BackupStatus
from ui.look.bidi import isolate
from ui.look.dates import clock_time, day_name, long_date


def last_words(status: BackupStatus) -> str:
    """Return when and where the last backup was made."""
    sentences = [] if status.last is None else [_made_words(status.last)]
    if status.last is None:
        sentences.append(_("There is no backup yet."))
    if status.copy is not None:
        sentences.append(
            _("The last copy on this computer’s own disk, which is no backup: {day}, {time}.").format(
                day=long_date(status.copy.made_at.date()), time=clock_time(status.copy.made_at)
            )
        )
    if status.damaged:
        words = ngettext(
            "This backup was damaged after it was made and does not count: {names}. Is its disk failing?",
            "These backups were damaged after they were made and do not count: {names}. Is their disk failing?",
            len(status.damaged),
        )
        sentences.append(words.format(names=", ".join(isolate(Path(each).name) for each in status.damaged)))
    if status.not_made is not None:
        words = _("It could not be made on {day}, {time}: {why}")
        sentences.append(
            words.format(
                day=long_date(status.not_made.at.date()), time=clock_time(status.not_made.at), why=status.not_made.words
            )
        )
    return " ".join(sentences)


def _made_words(last: Backup) -> str:
    return _("Last backup: {day}, {time}, in {folder}. It opens with recovery sheet {sheets}.").format(
        day=long_date(last.made_at.date()), time=clock_time(last.made_at), folder=isolate(str(Path(last.path).parent)),
        sheets=", ".join(map(str, last.sheets)),
    )  # fmt: skip


def line_words(status: BackupStatus) -> str:
    """Return how it stands in one short line for Today: the last good one, where, and whether one is overdue."""
    last = status.last
    if last is None:
        return _("No backup yet.")
    words = (
        _("Backup overdue. The last: {day} {time}, {place}.") if status.overdue else _("Backup: {day} {time}, {place}.")
    )
    place = isolate(Path(last.path).parent.name or str(Path(last.path).parent))
    return words.format(day=day_name(last.made_at.date()), time=clock_time(last.made_at), place=place)


def folder_words(status: BackupStatus) -> str:
    """Return where backups are made by themselves, and what is wrong with that place."""
    folder = isolate(status.folder)
    if not status.folder:
        return _("Nobody has said yet where they go.")
    if not status.folder_is_there:
        return _("They go to {folder}, which is not there now.").format(folder=folder)
    if status.same_disk:
        words = _("Copies go to {folder}, on this computer’s own disk: if that breaks, they are gone too.")
        return words.format(folder=folder)
    return _("They go to {folder}, after the day’s first change, when nobody is typing.").format(folder=folder)


def needs_care(status: BackupStatus) -> bool:
    """Whether something has to be done."""
    return (
        status.overdue
        or not status.folder_is_there
        or status.same_disk
        or status.not_made is not None
        or bool(status.damaged)
    )


def list_words(status: BackupStatus) -> str:
    """Return that an older list of what was deleted was found beside the backups; empty where it never was."""
    if status.list_went_back is None or status.list_went_back_at is None:
        return ""
    words = _(
        "On {day}, the list of who was deleted, which lies in {folder}, was an older one. It is whole again. If nobody"
        " put that folder back from a copy, ask who could have."
    )
    return words.format(day=long_date(status.list_went_back_at.date()), folder=isolate(status.list_went_back))


def proved_words(proved: Restored) -> str:
    """Return what a proof has shown."""
    people = proved.report.patients or 0
    words = ngettext(
        "This backup of {day} would be restored whole: {count} person, everything opens.",
        "This backup of {day} would be restored whole: {count} people, everything opens.",
        people,
    )
    return words.format(day=long_date(proved.header.made_at.date()), count=people)
