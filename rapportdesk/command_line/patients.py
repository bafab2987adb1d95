"""Sub-commands about patients: bringing them in, finding them, writing about them, reading the brief."""

import argparse
import sys

from rapportdesk.command_line.opening import from_standard_input, patient_named, signed_in
from rapportdesk.command_line.output import as_json, as_line, write_out
from rapportdesk.command_line.patient_files import bring_back
from rapportdesk.command_line.tables import table_settings
from rapportdesk.errors import BadInput
from rapportdesk.language import _, ngettext
from rapportdesk.model.consent import ConsentStatus
from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import Brief

LONGEST_READ = 1_000_000
"""Characters of a note that are read from standard input before it is refused as too long."""


def bring_in(options: argparse.Namespace) -> int:
    """`import`: all of the files or none of them; a patient's file that `export` wrote comes back whole, by itself."""
    with signed_in(options) as desk:
        if any(desk.patient_files.holds_one(file) for file in options.files):
            return bring_back(desk, options)
        report = desk.imports.read(options.files, dry_run=options.dry_run, tables=table_settings(options))
    if options.json:
        as_json(report.as_data())
        return 0
    for line in report.lines():
        as_line(line)
    if options.dry_run:
        as_line(_("Nothing was changed."))
    return 0


def search(options: argparse.Namespace) -> int:
    """`search`: people, then notes with the words."""
    with signed_in(options) as desk:
        results = desk.search(options.query)
        desk.search.listed(results)
    if options.json:
        as_json(
            [
                {"id": hit.id, "name": hit.name, "birth_date": hit.birth_date, "number": hit.number,
                 "called": hit.called, "near_namesake": hit.near_namesake, "snippet": hit.snippet or None}
                for hit in results.hits
            ]
        )  # fmt: skip
        return 0
    for hit in results.hits:
        as_line(hit.id, hit.name, hit.birth_date or _("birth date unknown"), hit.number, hit.snippet)
    if results.more:
        as_line(_("…and more."))
    if not results.hits:
        as_line(_("Nobody found."))
    return 0


def note_add(options: argparse.Namespace) -> int:
    """`note add`: refused with exit 1 while the patient has not agreed to notes."""
    with signed_in(options) as desk:
        note = desk.notes.write(
            patient_named(desk, options.patient),
            _text(options.text),
            kind=options.kind,
            topic_code=options.topic,
            audience=options.audience,
        )
    _made(options, note.id)
    return 0


def note_kinds(options: argparse.Namespace) -> int:
    """`note kinds`: what --kind may be."""
    kinds = [kind.value for kind in NoteKind]
    if options.json:
        as_json(kinds)
    else:
        for kind in kinds:
            as_line(kind)
    return 0


def consent_set(options: argparse.Namespace) -> int:
    """`consent set`: one more event; the newest decides."""
    with signed_in(options) as desk:
        event = desk.consents.record(
            patient_named(desk, options.patient),
            options.covers,
            ConsentStatus(options.status),
            until=options.until,
            person=options.person,
            given=options.given,
        )
    _made(options, event.id)
    return 0


def topic_set(options: argparse.Namespace) -> int:
    """`topic set`: how a topic may be raised from now on."""
    with signed_in(options) as desk:
        topic = desk.topics.set(
            patient_named(desk, options.patient),
            options.topic,
            options.permission,
            name_for=options.name_for,
            until=options.until,
            person=options.person,
        )
    _made(options, topic.id)
    return 0


def brief(options: argparse.Namespace) -> int:
    """`brief`: for one patient, or for everybody of a day; as JSON one object, or a list of them."""
    form = "json" if options.json else options.format
    if form == "pdf" and options.out is None and sys.stdout.isatty():
        raise BadInput(_("A PDF needs a file."), _("Say --out FILE."))
    with signed_in(options) as desk:
        if options.patient:
            briefs: tuple[Brief, ...] = (desk.briefs.of(patient_named(desk, options.patient)),)
            content = desk.paper.brief_as(briefs[0], form)
        else:
            briefs = desk.briefs.for_day(options.date or desk.today.date())
            content = desk.paper.briefs_as(briefs, form)
    write_out(options.out, content)
    if not briefs and form == "text":
        as_line(_("Nobody is booked on that day."))
    if options.out is not None and not options.json:
        as_line(ngettext("{n} brief written.", "{n} briefs written.", len(briefs)).format(n=len(briefs)))
    return 0


def _text(given: str) -> str:
    return given if given != "-" else from_standard_input(LONGEST_READ)


def _made(options: argparse.Namespace, made: str) -> None:
    if options.json:
        as_json({"id": made})
    else:
        as_line(made)
