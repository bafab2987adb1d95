"""What goes on paper or into a file: briefs under a clinician's sign-in, desk slips for reception, recovery sheets.

Every print has a random serial and is recorded; a look at the pages before has none, and is recorded as that. What is
to be destroyed later waits by its serial. Nothing veiled ever reaches paper, whatever has been opened on screen.
"""

import datetime as dt
import json
from collections.abc import Callable

from rapportdesk.desk.audit import Audit
from rapportdesk.desk.brief.briefs import Briefs
from rapportdesk.desk.brief.prints import Prints
from rapportdesk.desk.session import ANY_RECEPTIONIST, Session
from rapportdesk.desk.sheets.sheets import SheetCode
from rapportdesk.desk.today.today import Today
from rapportdesk.model.appointment import CALLED_OFF, Appointment
from rapportdesk.model.audit import AuditAction, PurposeOfUse
from rapportdesk.model.identity import PatientId
from rapportdesk.model.printout import PrintKind
from rapportdesk.model.shown import Brief
from rapportdesk.model.staff import Role
from rapportdesk.paper.brief_formats import brief_data, brief_html, brief_json, brief_text
from rapportdesk.paper.brief_page import typeset_brief, typeset_briefs
from rapportdesk.paper.desk_slip import typeset_desk_slip
from rapportdesk.paper.press import Printed, new_serial
from rapportdesk.paper.sheet import typeset_sheet
from rapportdesk.paper.who_looked import typeset_who_looked
from rapportdesk.rules.card.desk_slip import desk_slip_row
from rapportdesk.rules.visibility import see

__all__ = ["Paper", "Printed"]

_LOOKED_AHEAD = 7  # days


class Paper:
    """Pages to preview, print or save."""

    def __init__(
        self,
        session: Callable[[], Session],
        briefs: Briefs,
        today: Today,
        audit: Audit,
        clinic_name: Callable[[], str],
    ) -> None:
        self._session = session
        self._briefs = briefs
        self._today = today
        self._audit = audit
        self._clinic_name = clinic_name
        self._prints = Prints(session)

    def brief(
        self,
        patient_id: PatientId,
        appointment: Appointment | None = None,
        *,
        on: dt.date | None = None,
        large_print: bool = False,
        preview: bool = False,
    ) -> Printed:
        """Return one person's brief as pages.

        Args:
            patient_id: About whom.
            appointment: For which visit; None takes the next one of the day, if there is any.
            on: The local day whose visit is meant; None for today.
            large_print: 18 to 16 points in place of 12 to 10.
            preview: The pages are looked at, and none leaves the desk yet.

        Raises:
            NotAllowed: The signed-in person is no clinician.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        with session.transaction():
            (serial,) = self._serials(1, PrintKind.BRIEF, preview=preview)
            brief = self._briefs.for_paper(patient_id, appointment, on=on, serial=serial, preview=preview)
        return typeset_brief(
            brief, serial=serial, printed_at=session.local_now(), clinic_name=self._clinic_name(),
            large_print=large_print,
        )  # fmt: skip

    def session(
        self, date: dt.date, *, practitioner: str = "", large_print: bool = False, preview: bool = False
    ) -> Printed:
        """Return the briefs of one session as one document: a page for each visit, each with a serial of its own.

        Args:
            date: The local day.
            practitioner: Whose visits; empty for everybody's.
            large_print: 18 to 16 points in place of 12 to 10.
            preview: The pages are looked at, and none leaves the desk yet.

        Raises:
            NotAllowed: The signed-in person is no clinician.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        visits = self._briefs.visits(date, practitioner=practitioner)
        with session.transaction():
            serials = self._serials(len(visits), PrintKind.BRIEF, preview=preview)
            briefs = [
                self._briefs.for_paper(each.patient, each, serial=serial, preview=preview)
                for each, serial in zip(visits, serials, strict=True)
            ]
        return typeset_briefs(
            briefs, serials=serials, printed_at=session.local_now(), clinic_name=self._clinic_name(),
            large_print=large_print,
        )  # fmt: skip

    def brief_as(self, brief: Brief, form: str) -> bytes:
        """Return one brief in a form of `briefs_as`; as JSON it is one object, not a list of one."""
        if form != "json":
            return self.briefs_as((brief,), form)
        self._exported((brief,), form)
        return brief_json(brief).encode()

    def briefs_as(self, briefs: tuple[Brief, ...], form: str) -> bytes:
        """Return several briefs in one of the forms "text", "html", "json" (a list) or "pdf".

        A PDF is paper: nothing that was opened is in it, and each brief is recorded as printed. Without any brief the
        HTML and PDF are a page that says so, and the text is empty. HTML and JSON are copies that go on elsewhere, and
        are recorded as exported; the text is what is read on the screen, recorded when the brief was made.
        """
        match form:
            case "json":
                self._exported(briefs, form)
                return (json.dumps([brief_data(each) for each in briefs], ensure_ascii=False, indent=2) + "\n").encode()
            case "html":
                self._exported(briefs, form)
                return brief_html(briefs).encode()
            case "pdf":
                return self._bound(briefs)
            case _:
                return "\n\n".join(brief_text(each) for each in briefs).encode()

    def _serials(self, count: int, kind: PrintKind, *, preview: bool) -> tuple[str, ...]:
        return ("",) * count if preview else self._prints.draw(count, kind)

    def _exported(self, briefs: tuple[Brief, ...], form: str) -> None:
        session = self._session()
        for brief in briefs:
            session.record(AuditAction.EXPORTED, brief.patient.id, why=f"brief {form}")

    def _bound(self, briefs: tuple[Brief, ...]) -> bytes:
        session = self._session()
        serials = self._prints.draw(len(briefs), PrintKind.BRIEF)
        printed = typeset_briefs(
            [
                self._briefs.for_paper(each.patient.id, each.appointment, serial=serial)
                for each, serial in zip(briefs, serials, strict=True)
            ],
            serials=serials, printed_at=session.local_now(),
            clinic_name=self._clinic_name(),
        )  # fmt: skip
        return printed.pdf

    def desk_slip(self, *, preview: bool = False) -> Printed:
        """Return today's desk slip: times, initials, greetings, comfort and promises, nothing else.

        Recorded for everybody on it, as printed or, with `preview`, as looked at before.
        """
        return self._slip(self._today.date(), PrintKind.DESK_SLIP, preview=preview)

    def day_sheet(self, *, preview: bool = False) -> Printed:
        """Return the next day's times, greetings and comfort, for a sealed envelope; recorded as a desk slip is.

        The next day is that of the next visits within a week, or tomorrow where there are none.
        """
        return self._slip(self.next_day(), PrintKind.DAY_SHEET, preview=preview)

    def next_day(self) -> dt.date:
        """Return the day for which a day sheet is printed now."""
        today = self._today.date()
        days = [today + dt.timedelta(days=number) for number in range(1, _LOOKED_AHEAD + 1)]
        return next((day for day in days if self._today.appointments(day)), days[0])

    def day_sheet_to_offer(self) -> dt.date | None:
        """Return the day whose sheet is to be offered at closing; None where the practice wants none, or has it."""
        session, day = self._session(), self.next_day()
        if not session.practice.offers_day_sheet or not self._today.appointments(day):
            return None
        of_today = (each for each in self._prints.to_destroy() if each.on == session.today())
        return None if any(each.kind is PrintKind.DAY_SHEET for each in of_today) else day

    def _slip(self, date: dt.date, kind: PrintKind, *, preview: bool) -> Printed:
        session = self._session()
        rows, on_it = [], dict[PatientId, None]()
        for row in self._today.day(date).rows:
            if row.appointment.status in CALLED_OFF or row.deceased:
                continue
            known = session.known(row.patient)
            seen = see(
                known, ANY_RECEPTIONIST, None, session.local_now(), guardian_until=session.practice.guardian_until
            )
            start = session.clock.local(row.appointment.start)
            rows.append(desk_slip_row(known.patient, seen, start))
            on_it.setdefault(row.patient)
        what = kind.replace("-", " ")
        with session.transaction():
            (serial,) = self._serials(1, kind, preview=preview)
            for patient in on_it or (None,):
                session.record(AuditAction.PREVIEWED if preview else AuditAction.DESK_SLIP_PRINTED, patient, why=what)
        return typeset_desk_slip(
            tuple(rows), date=date, serial=serial, printed_at=session.local_now(),
            clinic_name=self._clinic_name(), day_sheet=kind is PrintKind.DAY_SHEET,
        )  # fmt: skip

    def who_looked(
        self, patient_id: PatientId, *, whole: bool = False, large_print: bool = False, preview: bool = False
    ) -> Printed:
        """Return the answer to "who looked at my record?" as pages for the patient to take along; recorded.

        Args:
            patient_id: Whose record.
            whole: With what is between the patient and the clinicians: into the patient's own hand, and nobody else's.
            large_print: 16 points in place of 11.
            preview: The pages are looked at, and none leaves the desk yet.

        Raises:
            NotAllowed: The whole was asked for by somebody who is neither clinician nor manager.
            NotFound: There is no such person.
        """
        session = self._session()
        patient = session.store.patient(patient_id)
        answer = self._audit.answer(patient_id, whole=whole)
        action = AuditAction.PREVIEWED if preview else AuditAction.AUDIT_PRINTED
        session.record(action, patient_id, purpose=PurposeOfUse.PATIENT_REQUEST, why="whole" if whole else "")
        return typeset_who_looked(
            answer, patient, serial="" if preview else new_serial(), printed_at=session.local_now(),
            clinic_name=self._clinic_name(), large_print=large_print,
        )  # fmt: skip

    def recovery_sheet(self, code: SheetCode) -> Printed:
        """Return a recovery sheet as a page, with the code as letters and as a square to scan; recorded as shown."""
        session = self._session()
        session.record(AuditAction.KEY_OPERATION, why=f"{code.kind} sheet shown")
        return typeset_sheet(
            code.kind, code.code, code.number, clinic_name=self._clinic_name(), vault_name=session.vault_name,
            made_on=session.today(), printed_at=session.local_now(),
        )  # fmt: skip
