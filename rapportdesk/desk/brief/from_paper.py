"""Paper that comes back: briefs ticked as read, and what stands at their feet for the desk to remember, in one go.

Every line is a quick line and follows its rules. Words that need a consent which was not given are not lost: they wait
on that person's card for whoever typed them. One press keeps all of it, and one takes all of it back.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from rapportdesk.desk.brief.brief_marks import tick_read
from rapportdesk.desk.note.drafts import Drafts
from rapportdesk.desk.note.notes import Notes
from rapportdesk.desk.note.undoing import as_one
from rapportdesk.desk.session import Session
from rapportdesk.desk.today.today import Today
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.language import _
from rapportdesk.model.appointment import CALLED_OFF, Appointment
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId
from rapportdesk.model.paper_foot import PaperFoot, PaperKept, PaperRow


class FromPaper:
    """Enters what came back on paper."""

    def __init__(self, session: Callable[[], Session], today: Today, notes: Notes, drafts: Drafts) -> None:
        self._session = session
        self._today = today
        self._notes = notes
        self._drafts = drafts

    def rows(self, date: dt.date | None = None, *, practitioner: str = "") -> tuple[PaperRow, ...]:
        """Return the visits of one session that may have had a page, by time.

        They come from the schedule alone, so that nobody learns from them what was printed or read.

        Args:
            date: The local day; None for today.
            practitioner: Whose session; empty for everybody's.
        """
        session = self._session()
        day = self._today.day(date, practitioner=practitioner)
        visits = (row.appointment for row in day.rows if row.appointment.status not in CALLED_OFF)
        return tuple(PaperRow(appointment=each, patient=session.store.patient(each.patient)) for each in visits)

    def practitioners(self, date: dt.date | None = None) -> tuple[str, ...]:
        """Return whose sessions there are on a local day; None for today."""
        return self._today.day(date).practitioners

    def keep(self, feet: Sequence[PaperFoot]) -> PaperKept:
        """Keep what was ticked and written, all of it or nothing; it can be taken back as one.

        Raises:
            BadInput: A line cannot be kept; nothing was.
            NotFound: A visit is no longer there.
        """
        session, notes, read = self._session(), 0, 0
        waiting: list[PatientId] = []
        with as_one(session, _("what came back on paper")):
            for foot in feet:
                appointment = self._visit(session, foot.appointment)
                if foot.read:
                    self._tick(session, appointment)
                    read += 1
                left: list[str] = []
                for line in filter(str.strip, foot.remember.splitlines()):
                    if self._keep_line(appointment.patient, line.strip()):
                        notes += 1
                    else:
                        left.append(line.strip())
                self._drafts.discard_form(Form.PAPER, appointment.patient)
                if left:
                    self._wait(appointment.patient, left)
                    waiting.append(appointment.patient)
        return PaperKept(notes=notes, read=read, waiting=tuple(dict.fromkeys(waiting)))

    def _keep_line(self, patient_id: PatientId, text: str) -> bool:
        """Keep one line; False when the patient has not agreed to what it needs."""
        line = self._notes.read_line(patient_id, text)
        try:
            self._notes.write_line(patient_id, line, keep_draft=True)
        except ConsentNeeded:
            return False
        return True

    def _wait(self, patient_id: PatientId, lines: Sequence[str]) -> None:
        """Seal what has to wait under what stands in the person's own unfinished line already."""
        before = self._drafts.of(patient_id)
        text = "\n".join((*([before.text] if before else []), *lines))
        self._drafts.keep(patient_id, text, later=True)

    def _tick(self, session: Session, appointment: Appointment) -> None:
        with session.transaction():
            made = tick_read(session, appointment)
            session.record(AuditAction.BRIEF_READ, appointment.patient, why="ticked from paper")
        session.can_undo(_("ticked a brief as read"), lambda: _untick(session, made))

    def _visit(self, session: Session, claimed: Appointment) -> Appointment:
        kept = session.store.thing(claimed.id)
        if not isinstance(kept, Appointment) or kept.patient != claimed.patient:
            raise NotFound(_("That is no longer there."))
        if kept.status in CALLED_OFF:
            raise BadInput(_("One of these visits has been called off."), _("Look at the list again."))
        return kept


def _untick(session: Session, made: BriefRead) -> None:
    with session.transaction():
        session.store.delete(made.id)
        session.record(AuditAction.BRIEF_READ, made.patient, why="ticked from paper, taken back")
