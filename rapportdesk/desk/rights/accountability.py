"""What the practice shows to a supervisor is read off the running desk: each row of the table has just been checked.

Nothing here names a patient, and nothing is claimed that no check stands behind: where this computer cannot be asked,
the row says so.
"""

import mmap
import socket
import sys
from collections.abc import Callable, Generator
from itertools import islice
from pathlib import Path

from rapportdesk.desk.session import Session
from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.accountability import ProcessingEntry, Safeguard, Statement
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.backup import BackupStatus
from rapportdesk.model.staff import Practitioner, Role
from rapportdesk.paper.press import Printed, new_serial
from rapportdesk.paper.statement import typeset_statement
from rapportdesk.rules.rights.backup_rotation import DAYS, MONTHS, WEEKS
from rapportdesk.steps import in_one_go
from rapportdesk.store.file.vault_file import VaultFile

_SAMPLE, _SHORTEST = 50, 6
"""Names that are looked for in the file's bytes, and the fewest letters of one that is not there by chance."""

_LEAST_KIB = 19 * 1024
"""Memory for Argon2id that OWASP's password storage guidance asks for at least."""


class Accountability:
    """The table of safeguards and the processing record."""

    def __init__(
        self,
        session: Callable[[], Session],
        file: VaultFile,
        door: Callable[[], tuple[Practitioner, ...]],
        backups: Callable[[], BackupStatus],
        clinic_name: Callable[[], str],
    ) -> None:
        self._session = session
        self._file = file
        self._door = door
        self._backups = backups
        self._clinic_name = clinic_name

    def safeguards(self) -> tuple[Safeguard, ...]:
        """Check every technical safeguard of 45 CFR 164.312 now, and return what was found; recorded as a check.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        return in_one_go(self.look_in_steps()).safeguards

    def look_in_steps(self) -> Generator[tuple[int, int], None, Statement]:
        """Do as `safeguards` and `processing_record` in steps of some milliseconds, between which others may work.

        Yields:
            How much has been looked at, and how much there is.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        session.record(AuditAction.VERIFIED, why="safeguards")
        encryption = yield from self._encryption(session)
        integrity = yield from _integrity(session)
        safeguards = (
            self._roles(), self._unique(), self._emergency(), _logoff(), encryption,
            _audit(session), integrity, self._authentication(), _transmission(), self._backed_up(),
        )  # fmt: skip
        return Statement(safeguards=safeguards, record=self.processing_record())

    def processing_record(self) -> tuple[ProcessingEntry, ...]:
        """Return the record of processing activities (GDPR art. 30) as this desk is set up now.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        practice, status = session.practice, self._backups()
        managers = ", ".join(each.name for each in self._door() if Role.MANAGER in each.roles)
        grace = ngettext("{n} day after it was taken back", "{n} days after it was taken back", practice.grace_days)
        years = ngettext("{n} year", "{n} years", practice.audit_years)
        rotated = _("the last of {d} days, {w} weeks and {m} months").format(d=DAYS, w=WEEKS, m=MONTHS)
        return tuple(
            ProcessingEntry(label=label, lines=lines)
            for label, lines in (
                (_("Controller"), (self._clinic_name(), _("Managers of this desk: {names}").format(names=managers))),
                (_("Purposes"), (
                    _("To look after patients as people: what they want remembered, and what is not to be raised."),
                    _("To reach them safely, and to keep what was promised."),
                )),
                (_("Lawful basis"), (
                    _("Notes, topics and promises: the patient’s consent, asked for and recorded by purpose."),
                    _("Adjustments: a legal duty. Boundaries and contact safety: protection of the patient."),
                )),
                (_("Whose data, and which"), (
                    _("Patients: name, birth date, numbers, languages, ways to reach them, notes under the headings "
                      "of About Me, consents, topics, promises, visits, calls and messages."),
                    _("People in their lives: name, relation, authority, what they may hear."),
                    _("Staff: name, role, and what each did."),
                )),
                (_("Recipients"), (
                    _("Reception, clinicians and managers of this practice, each by role."),
                    _("Nobody else: nothing is sent anywhere. What is exported or printed is recorded."),
                )),
                (_("Transfers to other countries"), (_("None."),)),
                (_("Until when it is kept"), (
                    _("What rested on consent: erased {when}.").format(when=grace.format(n=practice.grace_days)),
                    _("The record of who looked: {years}.").format(years=years.format(n=practice.audit_years)),
                    _("Backups: {what}.").format(what=rotated if status.folder else _("no folder is chosen")),
                )),
                (_("Security"), (_("See the table of safeguards, each with the check that was run."),)),
            )
        )  # fmt: skip

    def page(self, *, preview: bool = False) -> Printed:
        """Return both on paper; with `preview` none leaves the desk yet. Raises as they do."""
        return self.typeset(in_one_go(self.look_in_steps()), preview=preview)

    def typeset(self, statement: Statement, *, preview: bool = False) -> Printed:
        """Return what `look_in_steps` found on paper; with `preview` none leaves the desk yet.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        rows = statement.safeguards
        return typeset_statement(
            _("How this practice looks after data"),
            [
                *((each.label, each.lines) for each in statement.record),
                *((f"{row.standard}  {row.name}", (row.stands, f"{held_words(row)} {row.found}")) for row in rows),
            ],
            serial="" if preview else new_serial(),
            printed_at=session.local_now(),
            clinic_name=self._clinic_name(),
        )

    def _roles(self) -> Safeguard:
        people = self._door()
        return Safeguard(
            standard="164.312(a)(1)", name=_("Access control"),
            stands=_("Nobody sees anything before signing in; what is shown follows the role and the patient’s word."),
            holds=bool(people) and all(each.roles for each in people),
            found=ngettext("{n} person works here, each with a role.", "{n} people work here, each with a role.",
                           len(people)).format(n=len(people)),
        )  # fmt: skip

    def _unique(self) -> Safeguard:
        people = self._door()
        ids, names = {each.id for each in people}, {each.name.casefold() for each in people}
        return Safeguard(
            standard="164.312(a)(2)(i)", name=_("Unique user identification"),
            stands=_("Each person has an id, a name and a secret of their own."),
            holds=len(ids) == len(names) == len(people), found=_("No id and no name stands twice."),
        )  # fmt: skip

    def _emergency(self) -> Safeguard:
        sheets = sum(each.kind == "desk" for each in self._file.sheets())
        holders = sum(each.holds_clinicians_keys for each in self._door())
        return Safeguard(
            standard="164.312(a)(2)(ii)", name=_("Emergency access procedure"),
            stands=_("A clinician opens with a reason that a manager reviews; recovery sheets lead back in."),
            holds=sheets > 0 and holders > 0,
            found=_("{sheets} of the desk’s sheets; {holders} can open what is for clinicians.").format(
                sheets=sheets, holders=holders
            ),
        )  # fmt: skip

    def _encryption(self, session: Session) -> Generator[tuple[int, int], None, Safeguard]:
        names = {each.name for each in islice(session.store.patients(), _SAMPLE) if len(each.name) >= _SHORTEST}
        found = 0
        for name in sorted(names):
            found += any(_lies_in(path, name) for path in (self._file.path, Path(f"{self._file.path}-wal")))
            yield 0, 1
        return Safeguard(
            standard="164.312(a)(2)(iv)", name=_("Encryption and decryption"),
            stands=_("Every record is encrypted by itself (AES-256-GCM), each patient’s apart from the others’."),
            holds=found == 0,
            found=_("{n} names were looked for in the file’s bytes, {found} were found.").format(
                n=len(names), found=found
            ),
        )  # fmt: skip

    def _authentication(self) -> Safeguard:
        slots = self._file.slots()
        weak = sum(each.memory_kib < _LEAST_KIB for each in slots)
        return Safeguard(
            standard="164.312(d)", name=_("Person or entity authentication"),
            stands=_("A name and a secret, slow to guess (Argon2id), bound to this computer; wrong ones have to wait."),
            holds=weak == 0,
            found=ngettext("{n} secret is easier to guess than it should be (under 19 MiB).",
                           "{n} secrets are easier to guess than they should be (under 19 MiB).", weak).format(n=weak),
        )  # fmt: skip

    def _backed_up(self) -> Safeguard:
        status = self._backups()
        return Safeguard(
            standard="164.308(a)(7)", name=_("Contingency plan: data backup"),
            stands=_("A sealed copy each day, read back whole before it counts."),
            holds=status.last is not None and not status.overdue,
            found=_("The last one was made {day}.").format(day=status.last.made_at.date()) if status.last
            else _("None has been made yet."),
        )  # fmt: skip


def held_words(row: Safeguard) -> str:
    """Return what a check found, in a word or two."""
    if row.holds is None:
        return _("Not checked here.")
    return _("Holds.") if row.holds else _("Does not hold.")


def _logoff() -> Safeguard:
    return Safeguard(
        standard="164.312(a)(2)(iii)", name=_("Automatic logoff"),
        stands=_("An idle desk locks by itself, and so do the computer’s own lock and sleep."),
        holds=None, found=_("How soon is each window’s own setting."),
    )  # fmt: skip


def _audit(session: Session) -> Safeguard:
    try:
        lines = session.store.audit_page(before=None, most=1000)
        holds = bool(lines)
    except RapportError:
        lines, holds = (), False
    return Safeguard(
        standard="164.312(b)", name=_("Audit controls"),
        stands=_("Every look and every change leaves a line, each sealed and linked to the one before."),
        holds=holds, found=_("The newest {n} lines were opened and are as they were written.").format(n=len(lines)),
    )  # fmt: skip


def _lies_in(path: Path, name: str) -> bool:
    """Whether a name lies open in a file's bytes, which are never all in memory at once."""
    if not path.is_file() or path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lying:
        return lying.find(name.encode("utf-8", "replace")) >= 0


def _integrity(session: Session) -> Generator[tuple[int, int], None, Safeguard]:
    report = yield from session.store.verify_in_steps()
    return Safeguard(
        standard="164.312(c)(1), (c)(2)", name=_("Integrity, and how it is shown"),
        stands=_("Every entry shows that it was changed, and a sum over all of them what was taken away or doubled."),
        holds=report.clean,
        found=_("{n} records were opened, {faults} faults were found.").format(
            n=report.records, faults=len(report.faults)
        ),
    )  # fmt: skip


def _transmission() -> Safeguard:
    families = _socket_families()
    internet = None if families is None else sum(each in {socket.AF_INET, socket.AF_INET6} for each in families)
    return Safeguard(
        standard="164.312(e)(1)", name=_("Transmission security"),
        stands=_("Nothing is sent: there is no network code."),
        holds=None if internet is None else internet == 0,
        found=_("This system does not let it be asked.") if internet is None
        else _("{n} open connections to a network.").format(n=internet),
    )  # fmt: skip


def _socket_families() -> list[int] | None:
    """Return the families of every socket this process has open; None where that cannot be asked."""
    if not sys.platform.startswith("linux"):
        return None
    families = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            if not str(each.readlink()).startswith("socket:"):
                continue
            with socket.fromfd(int(each.name), socket.AF_UNIX, socket.SOCK_STREAM) as copy:
                families.append(copy.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN))
        except OSError:  # closed meanwhile
            continue
    return families
