"""`erase`: everything about one patient, and a certificate that says what that means for copies."""

import argparse
from contextlib import ExitStack
from typing import BinaryIO

from rapportdesk.command_line.opening import patient_named, signed_in
from rapportdesk.command_line.output import as_json, as_line, keep, open_new
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.desk.rights.copies_words import copies_words
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.erasure import Erased


def erase(options: argparse.Namespace) -> int:
    """`erase PATIENT --reason TEXT`."""
    if options.certified and options.recovery_out is None:
        raise BadInput(_("A certified erasure makes a new recovery sheet."), _("Say --recovery-out FILE."))
    with ExitStack() as files, signed_in(options) as desk:
        patient = patient_named(desk, options.patient)
        if refused := desk.person_erasure.refusal(patient):
            raise BadInput(refused)
        certificate = files.enter_context(open_new(options.certificate)) if options.certificate else None
        sheet = files.enter_context(open_new(options.recovery_out)) if options.certified else None
        try:
            if sheet is None:
                made, pages = desk.person_erasure.erase(patient, options.reason)
            else:
                made, pages, code = desk.person_erasure.erase_certified(patient, options.reason)
                keep(
                    sheet, f"{code.code}\n{_('The desk’s recovery sheet, number {n}').format(n=code.number)}\n".encode()
                )
                desk.replace_device_key(system_custody())
            if certificate is not None:
                keep(certificate, pages.pdf)
        finally:
            _take_away_unused(options, certificate, sheet)
    _told(options, made)
    return 0


def _take_away_unused(options: argparse.Namespace, *files: BinaryIO | None) -> None:
    for path, file in zip((options.certificate, options.recovery_out), files, strict=True):
        if file is not None and file.tell() == 0:
            file.close()
            path.unlink()


def _told(options: argparse.Namespace, made: Erased) -> None:
    if options.json:
        as_json(
            {
                "patient": made.patient, "erased_at": made.erased_at, "backups_until": made.backups_until,
                "copies_to_destroy_in": list(made.by_hand), "not_reached": list(made.unreached),
                "certified": made.certified,
            }
        )  # fmt: skip
        return
    as_line(_("Erased."))
    for words in copies_words(made):
        as_line(words)
