"""Sub-commands that make a vault: whole, with its recovery sheets in their owner's hands, or not at all."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from rapportdesk.clock import SystemClock
from rapportdesk.command_line.opening import read_secret, vault_path
from rapportdesk.command_line.output import as_json, as_line, keep, open_new
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder, SheetCodes
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.staff import Role


def init(options: argparse.Namespace) -> int:
    """`init`: make a new vault with its first person."""
    with _founded(options):
        return 0


def demo_vault(options: argparse.Namespace) -> int:
    """`demo-vault`: make a new vault and fill it with invented people."""
    from rapportdesk.desk.invention.demo import invent

    with _founded(options) as desk:
        invent(desk, patients=options.patients, notes=options.notes, seed=options.seed)
    return 0


@contextmanager
def _founded(options: argparse.Namespace) -> Iterator[Desk]:
    """Make the vault, hand out its recovery sheets, and close it afterwards."""
    founder = _founder(options)
    with _sheets(options.recovery_out, founder) as sheets:
        desk, codes = Desk.create(vault_path(options), system_custody(), founder, SystemClock())
        with desk:
            _hand_out(codes, sheets, json=options.json)
            yield desk


def _founder(options: argparse.Namespace) -> Founder:
    roles = frozenset(options.roles or [Role.MANAGER])
    if Role.MANAGER not in roles:
        raise BadInput(_("The first person has to be a manager."), _("Say --role manager."))
    if not options.staff:
        raise BadInput(_("Who is the first person?"), _("Say --staff NAME."))
    secret = read_secret(options.secret_file, options.staff)
    return Founder(clinic_name=options.clinic, name=options.staff, roles=roles, secret=secret)


@contextmanager
def _sheets(out: Path | None, founder: Founder) -> Iterator[list[BinaryIO]]:
    """Open the sheets' files before there is anything to write, so that no vault is made whose code would be lost."""
    wanted = [] if out is None else [out]
    if out is not None and Role.CLINICIAN in founder.roles:
        wanted.append(out.with_name(out.name + ".clinicians"))
    with ExitStack() as files:
        yield [files.enter_context(_sheet(each)) for each in wanted]


@contextmanager
def _sheet(path: Path) -> Iterator[BinaryIO]:
    """Open one new file, and take it away again if nothing came to be written."""
    file = open_new(path)
    try:
        yield file
    finally:
        unused = file.tell() == 0
        file.close()
        if unused:
            path.unlink()


def _hand_out(codes: SheetCodes, files: list[BinaryIO], *, json: bool) -> None:
    """Write the recovery sheets, code on the first line, or print them once where there is no file to write to."""
    sheets = [(_("The desk's recovery sheet, number {n}").format(n=codes.desk.number), codes.desk)]
    if codes.clinicians is not None:
        words = _("The clinicians' recovery sheet, number {n}").format(n=codes.clinicians.number)
        sheets.append((words, codes.clinicians))
    told = []
    for number, (title, sheet) in enumerate(sheets):
        row: dict[str, object] = {"kind": sheet.kind, "number": sheet.number}
        if files:
            keep(files[number], f"{sheet.code}\n{title}\n".encode())
            row["file"] = files[number].name
        else:
            row["code"] = sheet.code
        told.append(row)
        if not json:
            as_line(title, *([files[number].name] if files else []))
            if not files:
                as_line(sheet.code)
    if json:
        as_json({"sheets": told})
