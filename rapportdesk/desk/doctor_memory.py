"""What the doctor tells of the desk's memory: is the file the one last seen, are there backups, where is it searched.

Without a secret it compares how far the file and this computer's note of it go; what lies sealed in the file is looked
at for whoever signs in. No finding names a person, a folder or a file.
"""

from pathlib import Path

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.doorway import Doorway
from rapportdesk.desk.door.remembering import Remembering
from rapportdesk.desk.door.standing import standing_words
from rapportdesk.desk.finding import Finding
from rapportdesk.desk.search.index_files import index_files
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.standing import Stands
from rapportdesk.readmodel.encrypted import library
from rapportdesk.store.file.doorway import read_epoch
from rapportdesk.vault.custody import Custody

_OPEN_SQLITE = b"SQLite format 3\0"


def note_of(path: Path, doorway: Doorway, custody: Custody) -> Finding:
    """Say whether the file goes as far as this computer noted, which needs nobody's secret.

    Args:
        path: The vault's file.
        doorway: What was read of it.
        custody: The password store.
    """
    try:
        epoch = read_epoch(path)
    except RapportError as fault:
        return Finding(check="note", well=False, words=fault.message, hint=fault.hint)
    remembered = Remembering(custody, doorway.vault_id, path).answer()
    if remembered.fault is not None:
        words = _("This computer's password store did not say how far the file went when it was last seen.")
        return Finding(check="note", well=False, words=words, hint=_("Unlock it and look again."))
    if remembered.anchor is None:
        return Finding(
            check="note",
            well=True,
            words=_("This computer has noted nothing of the file in this place."),
            hint=_("So it is with a new desk, or a moved one. Otherwise a manager looks: `rapportdesk verify`."),
        )
    seen = f"{remembered.anchor.at:%Y-%m-%d %H:%M} UTC"
    if epoch < remembered.anchor.epoch:
        return Finding(
            check="note",
            well=False,
            words=_("This is an older copy of the file: this computer has seen more of it, on {moment}.").format(
                moment=seen
            ),
            hint=_("Bring the newest backup back, or go on with this copy: `rapportdesk verify --go-on`."),
        )
    words = _("The file goes at least as far as this computer last saw it, on {moment}.").format(moment=seen)
    return Finding(check="note", well=True, words=words)


def index_beside(path: Path) -> Finding:
    """Say whether what is searched outlasts a sign-in, and whether it lies sealed."""
    module = library()
    # How large it is would say how much lies in it that is sealed to clinicians.
    open_ones = [each for each in index_files(path) if each.is_file() and _begins_openly(each)]
    if open_ones:
        return Finding(
            check="index",
            well=False,
            words=_("What helps searching lies beside the file and is not encrypted."),
            hint=_("Delete the files whose names hold “-index” while RapportDesk is closed: they are made anew."),
        )
    if module is None:
        return Finding(
            check="index",
            well=False,
            words=_(
                "What helps searching is made anew at each sign-in, which takes longer the more patients there are."
            ),
            hint=_("Install RapportDesk from its own package, which brings what is missing (apsw-sqlite3mc)."),
        )
    words = _("What helps searching is kept encrypted beside the file (version {version}).").format(
        version=module.sqlite_lib_version()
    )
    return Finding(check="index", well=True, words=words)


def seen_from_within(desk: Desk) -> tuple[Finding, ...]:
    """Say what only somebody who is signed in can know: whether this is the file last seen, and how backups stand.

    Args:
        desk: With somebody signed in.
    """
    return _standing(desk), _backups(desk)


def _standing(desk: Desk) -> Finding:
    desk.standing.ask()
    found = desk.standing.compare()
    if found.needs_deciding:
        return Finding(
            check="standing",
            well=False,
            words=standing_words(found),
            hint=_("Bring the newest backup back, or go on with this copy: `rapportdesk verify --go-on`."),
        )
    match found.stands:
        case Stands.AS_BEFORE:
            words = _("The file is the one that this computer last saw, or has come from it.")
        case Stands.RESTORED:
            words = _("The file was brought back from a backup, with the code of a recovery sheet.")
        case Stands.FIRST:
            words = _("The file has not been noted by any computer yet.")
        case Stands.NOT_KNOWN:
            words = _("This computer's password store did not say how far the file went when it was last seen.")
        case _:
            words = standing_words(found)
    return Finding(check="standing", well=found.stands is not Stands.NOT_KNOWN, words=words, hint=_hint(found.stands))


def _hint(stands: Stands) -> str:
    return _("Unlock it and look again.") if stands is Stands.NOT_KNOWN else ""


def _backups(desk: Desk) -> Finding:
    status = desk.backups.status()
    if status.last is None:
        words = _("There is no backup.")
    else:
        words = _("The last backup was made on {moment} and opens with recovery sheet {sheets}.").format(
            moment=f"{status.last.made_at:%Y-%m-%d %H:%M}", sheets=", ".join(map(str, status.last.sheets))
        )
    wrong = []
    if not status.folder:
        wrong.append(_("A manager says where backups go: Backups."))
    elif not status.folder_is_there:
        wrong.append(_("The folder where backups go is not there now."))
    elif status.same_disk:
        wrong.append(_("Copies go to this computer's own disk, and are no backup: choose another one."))
    if status.not_made is not None:
        wrong.append(status.not_made.words)
    if status.overdue:
        wrong.append(_("Make one now: `rapportdesk backup`."))
    return Finding(check="backups", well=not wrong, words=words, hint=" ".join(wrong))


def _begins_openly(index: Path) -> bool:
    try:
        with index.open("rb") as file:
            return file.read(len(_OPEN_SQLITE)) == _OPEN_SQLITE
    except OSError:
        return False
