"""How it stands with backups, in words: when the last one was made, where, and what to do about the rest."""

from pathlib import Path

from rapportdesk.desk.restoring import Restored
from rapportdesk.language import _, ngettext
from rapportdesk.model.backup import BackupStatus
from ui.look.bidi import isolate
from ui.look.dates import long_date


def last_words(status: BackupStatus) -> str:
    """Return when and where the last backup was made."""
    last = status.last
    if last is None:
        return _("There is no backup yet.")
    return _("Last backup: {day}, {time}, in {folder}. It opens with recovery sheet {sheets}.").format(
        day=long_date(last.made_at.date()), time=f"{last.made_at:%H:%M}", folder=isolate(str(Path(last.path).parent)),
        sheets=", ".join(map(str, last.sheets)),
    )  # fmt: skip


def folder_words(status: BackupStatus) -> str:
    """Return where backups are made by themselves, and what is wrong with that place."""
    folder = isolate(status.folder)
    if not status.folder:
        return _("Nobody has said yet where they go.")
    if not status.folder_is_there:
        return _("They go to {folder}, which is not there now.").format(folder=folder)
    if status.same_disk:
        words = _("They go to {folder}, once a day. It is on the same disk: if that breaks, both are gone.")
        return words.format(folder=folder)
    return _("They go to {folder}, once a day, when somebody has signed in.").format(folder=folder)


def needs_care(status: BackupStatus) -> bool:
    """Whether something has to be done."""
    return status.overdue or not status.folder_is_there or status.same_disk


def proved_words(proved: Restored) -> str:
    """Return what a proof has shown."""
    people = proved.report.patients or 0
    words = ngettext(
        "This backup of {day} would be restored whole: {count} person, everything opens.",
        "This backup of {day} would be restored whole: {count} people, everything opens.",
        people,
    )
    return words.format(day=long_date(proved.header.made_at.date()), count=people)
