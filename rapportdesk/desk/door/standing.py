"""Whether the file is the one this computer last saw: an older copy is said so, with choices, and locks nobody out.

How the file stands is noted in the password store at lock, and at most once a minute, and only once it was found to be
the file that was noted before: what tells of an older copy is not overwritten until a manager has decided. A note that
was taken out of the password store is told likewise, each time: an older copy could have been put there with it.
"""

from collections.abc import Callable

from rapportdesk.desk.door.remembering import Remembered, Remembering
from rapportdesk.desk.session import Session
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.staff import Role
from rapportdesk.model.standing import Standing, Stands
from rapportdesk.store.checking.findings import Fault
from rapportdesk.vault.anchor import Anchor

NOT_READ = "anchor not read"
"""How the line of a restore ends where the password store could not be asked what it remembers."""

AT_CLOSE_S = 5.0
"""So long the program, its window gone, gives the password store to keep how the file stands."""


class FileStanding:
    """How the file stands beside what this computer remembers of it.

    Args:
        session: The sign-in.
        remembering: The password store; None where there is none to ask.
    """

    def __init__(self, session: Callable[[], Session], remembering: Remembering | None) -> None:
        self._session, self._remembering = session, remembering
        self._agreed = False
        self._noted_at: int | None = None
        self._told = False

    def ask(self) -> None:
        """Begin to ask the password store; on any thread, and nobody needs to be signed in."""
        if self._remembering is not None:
            self._remembering.ask()

    def wait(self) -> None:
        """Wait for its answer: on a thread that nobody else waits for."""
        if self._remembering is not None:
            self._remembering.answer()

    def compare(self) -> Standing:
        """Compare the file with what the password store answered; waits for it, where `wait` has not been called.

        Where all is as before, how the file stands is noted from now on.
        """
        session = self._session()
        if self._remembering is None:
            return Standing(stands=Stands.NOT_KNOWN)
        remembered = self._remembering.answer()
        found = self._compare(session, remembered)
        if not found.needs_deciding and found.stands is not Stands.NOT_KNOWN:
            self._agreed = True
        return found

    def fault(self) -> Fault | None:
        """Compare anew, and return what is wrong for a report on the whole file; None when nothing is."""
        self.ask()
        return None if not (found := self.compare()).needs_deciding else Fault(where="file", what=standing_words(found))

    def go_on(self) -> None:
        """Go on with the file as it is, in place of the one that this computer remembers.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        remembered = self._remembering.answer() if self._remembering is not None else Remembered()
        with session.transaction():
            if remembered.anchor is not None:
                session.store.anchors().adopt(remembered.anchor)
            session.record(AuditAction.VERIFIED, why="went on with this copy")
        self._agreed = True
        self.note()

    def accept(self) -> None:
        """Take what the file holds for what it should hold: something was changed or taken away, and this is left.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        session.store.accept_as_it_is()
        session.record(AuditAction.VERIFIED, why="went on with what is there")

    def note(self) -> None:
        """Note how the file stands, if it has changed; nobody waits for the password store.

        That it keeps nothing is recorded, once for each opening of the file.
        """
        session, remembering = self._session(), self._remembering
        if remembering is None or not self._agreed:
            return
        if remembering.fault is not None and not self._told:
            self._told = True
            session.record(AuditAction.KEY_OPERATION, why="anchor not kept", outcome=Outcome.FAILURE)
        if session.store.anchors().epoch() == self._noted_at:
            return
        remembering.keep(session.store.anchors().anchor(remembering.place if remembering.proven else ""))
        self._noted_at = session.store.anchors().epoch()

    def close(self) -> None:
        """Give what is on its way to the password store its time; the window is gone already."""
        if self._remembering is not None:
            self._remembering.wait(AT_CLOSE_S)

    def _compare(self, session: Session, remembered: Remembered) -> Standing:
        if remembered.fault is not None:
            return Standing(stands=Stands.NOT_KNOWN)
        anchor = remembered.anchor
        traced = session.store.anchors().trace(anchor)
        seen = None if anchor is None else session.clock.local(anchor.at)
        restored = traced.elsewhere is AuditAction.RESTORED
        if anchor is None:
            if restored:
                return Standing(stands=Stands.RESTORED)
            if not traced.ever_anchored or traced.elsewhere is not None:
                return Standing(stands=Stands.FIRST)
            here = self._remembering is not None and traced.place == self._remembering.place
            return Standing(stands=Stands.TAKEN_OUT if here else Stands.FORGOTTEN)
        if traced.descends:
            return Standing(stands=Stands.RESTORED if restored else Stands.AS_BEFORE, seen_at=seen)
        if restored and traced.elsewhere_why.endswith(NOT_READ):
            self._adopt(session, anchor)
            return Standing(stands=Stands.RESTORED, seen_at=seen)
        return Standing(stands=Stands.OLDER, seen_at=seen)

    def _adopt(self, session: Session, anchor: Anchor) -> None:
        with session.transaction():
            session.store.anchors().adopt(anchor)


def standing_words(standing: Standing) -> str:
    """Return how the file stands, in a sentence for whoever works here; empty when all is as before."""
    match standing.stands:
        case Stands.OLDER if standing.seen_at is not None:
            return _("This is an older copy of the desk: this computer has seen it as it was on {day}, {time}.").format(
                day=f"{standing.seen_at:%Y-%m-%d}", time=f"{standing.seen_at:%H:%M}"
            )
        case Stands.OLDER:
            return _("This is an older copy of the desk than the one this computer has seen.")
        case Stands.TAKEN_OUT:
            return _(
                "What this computer had noted of the desk is gone, so it cannot tell whether this is an older copy."
            )
        case Stands.FORGOTTEN:
            return _(
                "This computer no longer knows how far the desk went, so it cannot tell whether this is all of it."
            )
    return ""


def note_quietly(standing: FileStanding) -> None:
    """Note how the file stands while the desk is being locked: nothing may keep the keys in memory."""
    try:
        standing.note()
    except RapportError:
        return  # a full disk, or a file changed from outside: the next sign-in says so
