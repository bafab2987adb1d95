"""`retention`: what is past its time, for a manager to look through; nothing is erased here.

What is sealed to clinicians stands on nobody's list but that of a manager who is one.
"""

import argparse

from rapportdesk.command_line.opening import signed_in
from rapportdesk.command_line.output import as_json, as_line
from rapportdesk.language import _


def retention(options: argparse.Namespace) -> int:
    """`retention`: in words, or as JSON."""
    with signed_in(options) as desk:
        listed = desk.retention.due()
    if options.json:
        rows = [
            {"id": each.id, "patient": each.patient, "kind": each.kind.value, "since": each.since}
            for each in listed.due
        ]
        as_json({"due": rows, "more": listed.more})
        return 0
    for each in listed.due:
        as_line(each.since, each.kind.value, each.name)
    if listed.more:
        as_line(_("There is more; it comes when these are decided."))
    if not listed.due:
        as_line(_("Nothing is past its time."))
    return 0
