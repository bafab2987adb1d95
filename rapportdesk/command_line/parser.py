"""What can be said on the command line; the one place where a sub-command's words and options stand."""

import argparse
from pathlib import Path

from rapportdesk import __version__
from rapportdesk.command_line import (
    accountability,
    administration,
    audit,
    backups,
    erasing,
    founding,
    patient_files,
    patients,
    retention,
)
from rapportdesk.command_line.tables import add_table_options
from rapportdesk.command_line.usage import Parser, count, day, one_of
from rapportdesk.model.consent import Covers, Given
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.staff import Role
from rapportdesk.model.topic import Permission


def build_parser() -> Parser:
    """Return the parser; each sub-command sets `run` to a function of the options that returns the exit code."""
    parser = Parser(prog="rapportdesk", description="A clinic's memory of its patients as people.")
    parser.add_argument("--version", action="version", version=f"rapportdesk {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    init = commands.add_parser("init", parents=[_vault(), _who()], help="make a new desk")
    _founding(init)
    init.set_defaults(run=founding.init)

    demo = commands.add_parser(
        "demo-vault", parents=[_vault(), _who()], help="make a desk of invented patients, for trying"
    )
    _founding(demo)
    demo.add_argument("--patients", type=count, default=30, metavar="N")
    demo.add_argument("--notes", type=count, default=300, metavar="M")
    demo.add_argument("--seed", type=int, default=1, metavar="S")
    demo.set_defaults(run=founding.demo_vault)

    _staff(commands.add_parser("staff", help="who works here"))

    files = commands.add_parser("import", parents=[_vault(), _who()], help="bring in patients and schedules")
    files.add_argument("files", nargs="+", type=Path, metavar="FILE")
    files.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    add_table_options(files)
    files.set_defaults(run=patients.bring_in)

    search = commands.add_parser("search", parents=[_vault(), _who()], help="find people")
    search.add_argument("query", metavar="QUERY")
    search.set_defaults(run=patients.search)

    _note(commands.add_parser("note", help="write a note"))
    _consent(commands.add_parser("consent", help="record what a patient agreed to"))
    _topic(commands.add_parser("topic", help="record how a topic may be raised"))

    brief = commands.add_parser("brief", parents=[_vault(), _who()], help="what to read before the door opens")
    which = brief.add_mutually_exclusive_group()
    which.add_argument("--date", type=day, metavar="D", help="everybody of this day (2026-11-20); default today")
    which.add_argument("--patient", metavar="ID")
    brief.add_argument("--format", choices=["text", "html", "pdf", "json"], default="text")
    brief.add_argument("--out", type=Path, metavar="FILE")
    brief.set_defaults(run=patients.brief)

    verify = commands.add_parser("verify", parents=[_vault(), _who()], help="open and check every record")
    verify.add_argument("--go-on", action="store_true", help="take the file as it is from now on (a manager's choice)")
    verify.set_defaults(run=administration.verify)

    looked = commands.add_parser("audit", parents=[_vault(), _who()], help="who looked, who changed what")
    looked.add_argument("--patient", metavar="ID")
    looked.add_argument("--since", type=day, metavar="D")
    looked.add_argument("--format", choices=["text", "json", "csv", "fhir"], default="text")
    looked.add_argument("--out", type=Path, metavar="FILE")
    looked.set_defaults(run=audit.audit)

    export = commands.add_parser("export", parents=[_vault(), _who()], help="everything about one patient as a file")
    export.add_argument("patient", metavar="PATIENT")
    export.add_argument("--format", choices=["json", "fhir", "pdf"], required=True)
    export.add_argument("--out", type=Path, metavar="FILE")
    export.add_argument("--whole", action="store_true", help="the practice's own copy; not for handing out")
    export.add_argument("--large-print", action="store_true")
    export.set_defaults(run=patient_files.export)

    erase = commands.add_parser("erase", parents=[_vault(), _who()], help="erase everything about one patient")
    erase.add_argument("patient", metavar="PATIENT")
    erase.add_argument("--reason", required=True, metavar="TEXT", help="is kept, so it does not name them")
    erase.add_argument("--certificate", type=Path, metavar="FILE", help="where the certificate is written, as PDF")
    erase.add_argument(
        "--certified", action="store_true", help="replace every lock and code too, and write the file anew"
    )
    erase.add_argument("--recovery-out", type=Path, metavar="FILE", help="where the new recovery sheet is written")
    erase.set_defaults(run=erasing.erase)

    shown = commands.add_parser("accountability", parents=[_vault(), _who()], help="what a supervisor asks for")
    shown.add_argument("--out", type=Path, metavar="FILE", help="as a PDF")
    shown.set_defaults(run=accountability.accountability)

    late = commands.add_parser("retention", parents=[_vault(), _who()], help="what is past its time")
    late.set_defaults(run=retention.retention)

    rotate = commands.add_parser("rotate", parents=[_vault(), _who()], help="put new locks in the old ones' place")
    rotate.add_argument("--vault-key", action="store_true", help="the desk's lock, and every patient's")
    rotate.add_argument("--device", action="store_true", help="this computer's lock")
    rotate.set_defaults(run=administration.rotate, at_least_one=("device", "vault_key"))

    backup = commands.add_parser("backup", parents=[_vault(), _who()], help="copy everything to another disk")
    backup.add_argument("destination", type=Path, metavar="DEST", help="a new file, or a folder")
    backup.set_defaults(run=backups.backup)

    restore = commands.add_parser("restore", parents=[_vault()], help="put a backup in the desk's place")
    restore.add_argument("source", type=Path, metavar="SRC")
    restore.add_argument("--recovery-file", metavar="FILE", help="its first line is the code; - is standard input")
    restore.add_argument("--prove", action="store_true", help="only show that it would be restored; changes nothing")
    restore.add_argument(
        "--set-aside", action="store_true", help="a file that is there is kept under another name, and makes room"
    )
    restore.set_defaults(run=backups.restore)

    doctor = commands.add_parser(
        "doctor",
        parents=[_vault(), _who()],
        help="what is well, and what to do about the rest; with --staff, backups too",
    )
    doctor.set_defaults(run=administration.doctor)
    return parser


def _vault() -> Parser:
    shared = Parser(add_help=False)
    shared.add_argument("--vault", type=Path, metavar="PATH", help="the desk's file")
    shared.add_argument("--json", action="store_true", help="for another program to read (JSON)")
    return shared


def _who() -> Parser:
    shared = Parser(add_help=False)
    shared.add_argument("--staff", metavar="NAME", default="", help="who signs in")
    shared.add_argument("--secret-file", metavar="FILE", help="its first line is the secret; - is standard input")
    return shared


def _founding(command: argparse.ArgumentParser) -> None:
    command.add_argument("--role", action="append", type=one_of(Role), metavar="ROLE", dest="roles")
    command.add_argument("--clinic", default="", metavar="NAME", help="the practice's name")
    command.add_argument("--recovery-out", type=Path, metavar="FILE", help="where the recovery sheet is written")


def _staff(staff: argparse.ArgumentParser) -> None:
    commands = staff.add_subparsers(metavar="COMMAND", required=True)
    add = commands.add_parser("add", parents=[_vault(), _who()], help="admit somebody")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", action="append", type=one_of(Role), metavar="ROLE", dest="roles", required=True)
    add.add_argument("--new-secret-file", metavar="FILE", required=True)
    add.add_argument("--one-time", action="store_true", help="they have to choose another at their first sign-in")
    add.add_argument("--until", type=day, metavar="D", help="the last day of temporary staff")
    add.set_defaults(run=administration.staff_add)
    listed = commands.add_parser("list", parents=[_vault(), _who()])
    listed.set_defaults(run=administration.staff_list)
    admit = commands.add_parser("admit", parents=[_vault(), _who()], help="let a clinician read what is for clinicians")
    admit.add_argument("name", metavar="NAME")
    admit.set_defaults(run=administration.staff_admit)
    remove = commands.add_parser("remove", parents=[_vault(), _who()], help="take somebody's access away")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=administration.staff_remove)
    secret = commands.add_parser("secret", parents=[_vault(), _who()], help="choose a new secret of your own")
    secret.add_argument("--new-secret-file", metavar="FILE", required=True)
    secret.set_defaults(run=administration.staff_secret)


def _note(note: argparse.ArgumentParser) -> None:
    commands = note.add_subparsers(metavar="COMMAND", required=True)
    add = commands.add_parser("add", parents=[_vault(), _who()])
    add.add_argument("patient", metavar="PATIENT")
    add.add_argument("--kind", type=one_of(NoteKind), metavar="K", required=True)
    add.add_argument("--topic", default="", metavar="CODE")
    add.add_argument("--audience", type=one_of(Audience), default=Audience.EVERYONE, metavar="A")
    add.add_argument("text", metavar="TEXT", help="- is standard input")
    add.set_defaults(run=patients.note_add)
    kinds = commands.add_parser("kinds", parents=[_vault()])
    kinds.set_defaults(run=patients.note_kinds)


def _consent(consent: argparse.ArgumentParser) -> None:
    commands = consent.add_subparsers(metavar="COMMAND", required=True)
    given = commands.add_parser("set", parents=[_vault(), _who()])
    given.add_argument("patient", metavar="PATIENT")
    given.add_argument("--covers", type=one_of(Covers), metavar="C", required=True)
    given.add_argument("--status", choices=["active", "rejected", "inactive"], required=True)
    given.add_argument("--until", type=day, metavar="D")
    given.add_argument("--person", default="", metavar="NAME")
    given.add_argument("--given", type=one_of(Given), default=Given.SPOKEN, metavar="HOW")
    given.set_defaults(run=patients.consent_set)


def _topic(topic: argparse.ArgumentParser) -> None:
    commands = topic.add_subparsers(metavar="COMMAND", required=True)
    said = commands.add_parser("set", parents=[_vault(), _who()])
    said.add_argument("patient", metavar="PATIENT")
    said.add_argument("--topic", required=True, metavar="CODE")
    said.add_argument("--permission", type=one_of(Permission), metavar="P", required=True)
    said.add_argument("--name-for", type=one_of(Audience), metavar="A")
    said.add_argument("--until", type=day, metavar="D")
    said.add_argument("--person", default="", metavar="NAME")
    said.set_defaults(run=patients.topic_set)
