"""`accountability`: the processing record (GDPR art. 30) and the table of HIPAA 164.312, checked when asked."""

import argparse
import dataclasses

from rapportdesk.command_line.opening import signed_in
from rapportdesk.command_line.output import as_json, as_line, write_out
from rapportdesk.desk.rights.accountability import held_words


def accountability(options: argparse.Namespace) -> int:
    """`accountability`: in words, as JSON, or as a PDF with --out."""
    with signed_in(options) as desk:
        if options.out is not None:
            write_out(options.out, desk.accountability.page().pdf)
            return 0
        rows, entries = desk.accountability.safeguards(), desk.accountability.processing_record()
    if options.json:
        as_json(
            {
                "safeguards": [dataclasses.asdict(row) for row in rows],
                "processing_record": {entry.label: list(entry.lines) for entry in entries},
            }
        )
        return 0
    for entry in entries:
        as_line(entry.label)
        for line in filter(None, entry.lines):
            as_line("   ", line)
    for row in rows:
        as_line(row.standard, row.name)
        as_line("   ", row.stands)
        as_line("   ", held_words(row), row.found)
    return 0
