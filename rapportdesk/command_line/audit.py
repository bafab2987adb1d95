"""`audit`: who looked, in words for a person or as a file for another program; never content."""

import argparse
import datetime as dt
import re
from typing import Literal

from rapportdesk.command_line.opening import patient_named, signed_in
from rapportdesk.command_line.output import as_line, write_out
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditEvent, AuditFilter, Outcome
from rapportdesk.model.identity import PatientId
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.audit_words import why_words, words_of


def audit(options: argparse.Namespace) -> int:
    """`audit`: who did what, when, to whose record and why."""
    form: Literal["text", "json", "csv", "fhir"] = "json" if options.json else options.format
    with signed_in(options) as desk:
        patient = _patient(desk, options.patient) if options.patient else None
        if form != "text":
            content = b"".join(desk.audit.export(AuditFilter(patient=patient, since=options.since), form))
        else:
            content = _text(desk, patient, options.since)
    if options.out is not None or form != "text":
        write_out(options.out, content)
        if options.out is not None and not options.json:
            as_line(_("Written: {path}").format(path=options.out))
        return 0
    for line in content.decode().splitlines():
        as_line(line)
    return 0


def _text(desk: Desk, patient: PatientId | None, since: dt.date | None) -> bytes:
    events = desk.audit.of(patient) if patient else desk.audit.since(since)
    moments = [(desk.clock.local(event.at), event) for event in events]
    lines = [_line(event, at) for at, event in moments if since is None or at.date() >= since]
    return "".join(f"{line}\n" for line in lines).encode()


def _line(event: AuditEvent, at: dt.datetime) -> str:
    failed = _("not done") if event.outcome is Outcome.FAILURE else ""
    said = (words_of(event), event.about_name, event.patient, why_words(event), failed)
    return "  ".join(part for part in (f"{at:%Y-%m-%d %H:%M}", event.who_name, *said) if part)


def _patient(desk: Desk, named: str) -> PatientId:
    """Return the patient; to a manager also one who was erased, of whom the record keeps the id."""
    try:
        return patient_named(desk, named)
    except NotFound:
        if re.fullmatch("[0-9a-f]{32}", named) and Role.MANAGER in desk.viewer.roles:
            return PatientId(named)
        raise
