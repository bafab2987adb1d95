"""Sub-commands for copies of the whole vault: making one, proving one, and coming back from one."""

import argparse
import tempfile
from pathlib import Path

from rapportdesk.clock import SystemClock
from rapportdesk.command_line.opening import read_secret, signed_in, vault_path
from rapportdesk.command_line.output import as_json, as_line
from rapportdesk.desk.backup.restored_words import again_words
from rapportdesk.desk.backup.restoring import Restored, drill
from rapportdesk.desk.backup.restoring import restore as restore_backup
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.language import _, ngettext


def backup(options: argparse.Namespace) -> int:
    """`backup DEST`: a copy of the whole vault, sealed to the desk's recovery sheets and read back."""
    with signed_in(options) as desk:
        made = desk.backups.make(options.destination.absolute())
    if options.json:
        as_json({"path": made.path, "made_at": made.made_at, "sheets": list(made.sheets)})
    else:
        as_line(_("Backup written and read back: {path}").format(path=made.path))
        as_line(_("Opens with recovery sheet {numbers}.").format(numbers=", ".join(map(str, made.sheets))))
        if made.own_disk:
            as_line(_("It lies on this computer's own disk and would break with it: put it on another, too."))
    return 0


def restore(options: argparse.Namespace) -> int:
    """`restore SRC`: make a backup the vault, with the code of the desk's recovery sheet alone."""
    code = read_secret(options.recovery_file, _("the recovery sheet"))
    source = options.source.absolute()
    if options.prove:
        with tempfile.TemporaryDirectory(prefix="rapportdesk-") as scratch:
            _told(
                drill(source, Path(scratch) / "proving.rapport", code, SystemClock()),
                options,
                _("This backup would be restored whole."),
            )
        return 0
    restored = restore_backup(
        source, vault_path(options), code, system_custody(), SystemClock(), set_aside=options.set_aside
    )
    _told(restored, options, _("Restored. Everybody signs in with their own secret."))
    return 0


def _told(restored: Restored, options: argparse.Namespace, words: str) -> None:
    report = restored.report
    if options.json:
        as_json(
            {
                "made_at": restored.header.made_at, "sheet": restored.sheet, "patients": report.patients,
                "records": report.records, "key_kept": restored.kept,
                "aside": None if restored.aside is None else str(restored.aside),
                "people_deleted_again": None if restored.again is None else restored.again.people,
                "things_deleted_again": None if restored.again is None else restored.again.things,
                "deleted_list": None if restored.again is None else restored.again.listed.value,
            }
        )  # fmt: skip
        return
    as_line(words)
    as_line(ngettext("{n} person", "{n} people", restored.people).format(n=restored.people))
    as_line(ngettext("{n} record", "{n} records", report.records or 0).format(n=report.records))
    for words in again_words(restored.again):
        as_line(words)
    if restored.aside is not None:
        as_line(_("The file that was there is kept: {path}").format(path=restored.aside))
    if not restored.kept:
        as_line(restored.reason, _("Until then the recovery sheet is needed at every start."))
