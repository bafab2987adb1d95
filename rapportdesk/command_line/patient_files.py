"""Sub-commands for one patient's whole file: out as PDF, JSON or FHIR, and back in."""

import argparse
import sys

from rapportdesk.command_line.opening import patient_named, signed_in
from rapportdesk.command_line.output import as_json, as_line, write_out
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput
from rapportdesk.language import _, ngettext


def export(options: argparse.Namespace) -> int:
    """`export PATIENT`: what may be handed out, or with --whole the practice's own copy."""
    if options.format == "pdf" and options.out is None and sys.stdout.isatty():
        raise BadInput(_("A PDF needs a file."), _("Say --out FILE."))
    with signed_in(options) as desk:
        content = desk.patient_files.export(
            patient_named(desk, options.patient), options.format, whole=options.whole, large_print=options.large_print
        )
    write_out(options.out, content)
    if options.out is not None:
        if options.json:
            as_json({"path": str(options.out), "format": options.format})
        else:
            as_line(_("Written: {path}").format(path=options.out))
    return 0


def bring_back(desk: Desk, options: argparse.Namespace) -> int:
    """`import FILE` of a patient's file that `export` wrote."""
    if len(options.files) != 1:
        raise BadInput(_("A patient’s file comes back by itself."), _("Bring one in at a time."))
    path = options.files[0]
    file = desk.patient_files.look_into(path) if options.dry_run else desk.patient_files.bring_back(path)
    if options.json:
        as_json({"patients": {"added": 1}, "records": {"added": file.records}, "id": file.patient.id})
        return 0
    as_line(_("1 person added."))
    as_line(ngettext("{n} record added.", "{n} records added.", file.records).format(n=file.records))
    if options.dry_run:
        as_line(_("Nothing was changed."))
    return 0
