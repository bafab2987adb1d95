"""Sub-commands for whoever keeps the vault: staff, and checking it."""

import argparse

from rapportdesk.clock import SystemClock
from rapportdesk.command_line.opening import read_secret, signed_in, vault_path
from rapportdesk.command_line.output import as_json, as_line
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.doctor import Finding, examine
from rapportdesk.desk.doctor_memory import seen_from_within
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.errors import NotFound
from rapportdesk.language import _, ngettext
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Role


def staff_add(options: argparse.Namespace) -> int:
    """`staff add`: admit somebody with a first secret."""
    with signed_in(options) as desk:
        secret = read_secret(options.new_secret_file, options.name)
        person = desk.staff.add(
            options.name, frozenset(options.roles), secret, must_change=options.one_time, ends_on=options.until
        )
    if options.json:
        as_json({"id": person.id, "name": person.name, "roles": sorted(person.roles)})
    else:
        as_line(_("{name} can sign in now.").format(name=person.name))
        if person.must_change_secret:
            as_line(_("First of all they choose a secret of their own."))
        if Role.CLINICIAN in person.roles and not person.holds_clinicians_keys:
            as_line(_("A clinician admits them to what is for clinicians only."))
    return 0


def staff_list(options: argparse.Namespace) -> int:
    """`staff list`."""
    with signed_in(options) as desk:
        people = desk.staff.list()
    if options.json:
        as_json(
            [
                {"id": each.id, "name": each.name, "roles": sorted(each.roles), "ends_on": each.ends_on,
                 "holds_clinicians_keys": each.holds_clinicians_keys}
                for each in people
            ]
        )  # fmt: skip
    else:
        for each in people:
            as_line(each.name, ", ".join(sorted(each.roles)))
    return 0


def staff_admit(options: argparse.Namespace) -> int:
    """`staff admit`: a clinician gives a colleague the clinicians' keys."""
    with signed_in(options) as desk:
        person = _staff_named(desk, options.name)
        desk.staff.admit(person)
    if options.json:
        as_json({"id": person})
    return 0


def staff_remove(options: argparse.Namespace) -> int:
    """`staff remove`: take somebody's access away."""
    with signed_in(options) as desk:
        person = _staff_named(desk, options.name)
        desk.staff.remove(person)
        desk.replace_patient_keys()
    if options.json:
        as_json({"id": person})
    else:
        as_line(
            _("{name} can no longer sign in. What they copied before stays readable to them.").format(name=options.name)
        )
    return 0


def staff_secret(options: argparse.Namespace) -> int:
    """`staff secret`: choose a new secret of one's own."""
    old = read_secret(options.secret_file, options.staff)
    with signed_in(options, old) as desk:
        desk.staff.change_secret(old, read_secret(options.new_secret_file, desk.viewer.name))
        person = desk.viewer.staff
    if options.json:
        as_json({"id": person})
    return 0


def verify(options: argparse.Namespace) -> int:
    """`verify`: open and authenticate every record; exit 1 names what is wrong."""
    with signed_in(options) as desk:
        report = desk.verify()
        if options.go_on and not report.clean:
            desk.standing.accept()
            if desk.standing.compare().needs_deciding:
                desk.standing.go_on()
    if options.json:
        as_json(
            {
                "patients": report.patients, "records": report.records, "audit_lines": report.audit_lines,
                "faults": [{"where": fault.where, "what": fault.what} for fault in report.faults],
            }
        )  # fmt: skip
    else:
        if report.patients is not None:
            as_line(ngettext("{n} person", "{n} people", report.patients).format(n=report.patients))
        if report.records is not None:
            as_line(ngettext("{n} record", "{n} records", report.records).format(n=report.records))
        if report.audit_lines is not None:
            as_line(
                ngettext("{n} line of audit", "{n} lines of audit", report.audit_lines).format(n=report.audit_lines)
            )
        for fault in report.faults:
            as_line(fault.where, fault.what)
        as_line(
            _("Everything opens and nothing is missing.") if not report.faults else _("Something is wrong; see above.")
        )
    return 1 if report.faults else 0


def rotate(options: argparse.Namespace) -> int:
    """`rotate`: new keys for the vault and every patient, for this computer, or both."""
    replaced = 0
    with signed_in(options) as desk:
        if options.vault_key:
            desk.replace_vault_key()
            replaced = desk.replace_patient_keys()
        if options.device:
            desk.replace_device_key(system_custody())
    if options.json:
        as_json({"patients": replaced, "device": options.device})
        return 0
    if options.device:
        as_line(_("This computer has a new lock. The old one goes once the new one has opened the desk."))
    if options.vault_key:
        as_line(_("Everything lies under new locks. What was copied before stays readable to whoever has it."))
    return 0


def doctor(options: argparse.Namespace) -> int:
    """`doctor`: what is well, and what to do about the rest. Exit 1 when something needs doing.

    With somebody's name or secret it looks at what lies sealed in the file too.
    """
    findings = examine(vault_path(options), system_custody(), SystemClock())
    if options.staff or options.secret_file:
        with signed_in(options) as desk:
            findings = (*findings, *seen_from_within(desk))
    if options.json:
        as_json([{"check": each.check, "well": each.well, "words": each.words, "hint": each.hint} for each in findings])
    else:
        for each in findings:
            as_line(_mark(each), each.words, each.hint)
    return 0 if all(each.well for each in findings) else 1


def _mark(finding: Finding) -> str:
    """Return what stands before a finding: what is to be mended, what is worth a thought, or that all is well."""
    if not finding.well:
        return "!! "
    return "?? " if finding.hint else "ok "


def _staff_named(desk: Desk, name: str) -> StaffId:
    found = [each.id for each in desk.staff.list() if each.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise NotFound(_("Nobody of that name works here."))
    return found[0]
