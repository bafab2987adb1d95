"""One import beside other work: read away from the vault, previewed, staged in steps, and published by one commit.

Nothing counts before the one commit, which decides about all of the files; leaving before it leaves no trace.
"""

import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from rapportdesk.desk.bring_in.import_report import ImportReport
from rapportdesk.desk.bring_in.import_run import ImportRun
from rapportdesk.desk.bring_in.import_told import clear_in_steps, tell_in_steps, told_of_all
from rapportdesk.desk.bring_in.review_list import keep_review, read_review
from rapportdesk.desk.session import Session
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.model.audit import AuditAction
from rapportdesk.store.bulk.staging import Staging

Read = Callable[[threading.Event], ImportPlan]
"""Reads the files, or raises BadInput; ends soon after the event is set."""

Steps = Generator[tuple[int, int], None, ImportReport]
"""Yields how much is done and how much there is; others may use the desk between two steps."""


class Bringing:
    """What becomes of some files.

    Args:
        session: The sign-in in which they are brought in; nothing can be done with them in another.
        paths: The files.
        read: Reads them.
    """

    def __init__(self, session: Session, paths: Sequence[Path], read: Read) -> None:
        self.paths = tuple(paths)
        self._session, self._read = session, read
        self._cancelled = threading.Event()
        self._plan: ImportPlan | None = None
        self._staging: Staging | None = None
        self._published = False

    def read(self) -> None:
        """Read the files in a process of their own; touches no vault, so any thread may wait for it.

        Raises:
            BadInput: A file cannot be read, or reading was cancelled; the sentence names the file.
        """
        self._plan = self._read(self._cancelled)

    def cancel(self) -> None:
        """Stop reading, from any thread."""
        self._cancelled.set()

    def preview(self) -> Steps:
        """Say what would happen and change nothing."""
        run = ImportRun(self._session, self._held(), None)
        yield from run.steps()
        return run.report

    def write(self) -> Steps:
        """Bring them in: steps that seal beside what is there, one that decides, and steps that move to its place.

        Raises:
            VaultFault: The file could not be written, or keys were replaced meanwhile; nothing was brought in.
            NotSignedIn: The desk was locked meanwhile; nothing was brought in.
        """
        session = self._session
        for left in tell_in_steps(session):  # of an import that was cut off
            yield 0, left
        for rows in clear_in_steps(session):
            yield 0, rows
        self._staging = staging = session.store.stage()
        run = ImportRun(session, self._held(), staging)
        try:
            yield from run.steps()
            self._publish(run, staging)
            self._published = True
        except BaseException:
            staging.end()
            raise
        yield 0, session.store.arrivals_left()
        yield from told_of_all(session)
        return run.report

    def give_up(self) -> bool:
        """Stop wherever it is, and return whether that was before the one commit: then nothing was brought in."""
        self.cancel()
        if self._published:
            self._session.forget_index()  # not all of it has followed; `Imports.finish_in_steps` goes on
        elif self._staging is not None:
            self._staging.discard()
        return not self._published

    def _publish(self, run: ImportRun, staging: Staging) -> None:
        session = self._session
        with session.transaction():
            run.meet_again(staging.overtaken())
            now = read_review(session.store)
            review = run.review_beside(now)
            staging.publish()
            if review != now:
                keep_review(session.store, review)
            session.record(AuditAction.IMPORTED, why=f"{len(self.paths)} files")
            session.cannot_undo()  # it would take back what the files said too

    def _held(self) -> ImportPlan:
        if self._plan is None:
            raise RuntimeError("files are read before anything is done with them")
        return self._plan
