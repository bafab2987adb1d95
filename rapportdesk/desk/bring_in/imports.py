"""Bringing in patients and schedules: all of the files in one commit, or nothing of them.

Reading happens in a process of its own that can be ended; only plain data that adds up comes back from it.
"""

import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from rapportdesk.desk.bring_in.bringing import Bringing, Steps
from rapportdesk.desk.bring_in.import_report import ImportReport
from rapportdesk.desk.bring_in.import_tables import Tables, remember_columns, remembered_columns
from rapportdesk.desk.bring_in.import_told import told_of_all
from rapportdesk.desk.session import Session
from rapportdesk.exchange import ImportPlan, TableGuess, TableSettings, look_at_tables, read_files
from rapportdesk.steps import in_one_go

Progress = Callable[[int, int], None]


class Imports:
    """What comes from other systems."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def read(
        self,
        paths: Sequence[Path],
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
        tables: TableSettings | None = None,
    ) -> ImportReport:
        """Read files and keep what they say of patients and appointments, in one go.

        Args:
            paths: FHIR JSON, HL7 v2, iCalendar or CSV, in the order in which they were sent.
            dry_run: Say what would happen and change nothing.
            progress: Called with how much is done and how much there is.
            tables: What a person said about the columns of tables.

        Raises:
            BadInput: A file cannot be read; the sentence names it, and nothing of any file was kept.
        """
        bringing = self.begin(paths, tables)
        bringing.read()
        return _run(bringing.preview() if dry_run else bringing.write(), progress)

    def finish_in_steps(self) -> Generator[tuple[int, int], None, None]:
        """Move what came in to its place and into the search: of an import that was left after its one commit.

        Yields:
            How many people's were moved, and how many there are.
        """
        yield from told_of_all(self._session())

    def tables(self, paths: Sequence[Path]) -> Tables:
        """Return how those of the files that are tables would be read, to be looked at beside other work."""
        session = self._session()
        zone, today = session.clock.zone, session.clock.local(session.clock.now()).date()

        def look(settings: TableSettings, cancelled: threading.Event) -> tuple[TableGuess, ...]:
            return look_at_tables(list(paths), settings=settings, zone=zone, today=today, cancelled=cancelled)

        return Tables(remembered_columns(session), look)

    def remember_columns(self, guess: TableGuess) -> None:
        """Keep what a person says the columns of a table hold, for the next file with the same headers."""
        remember_columns(self._session(), guess)

    def begin(self, paths: Sequence[Path], tables: TableSettings | None = None) -> Bringing:
        """Return an import to be read, previewed and written beside other work; nothing has happened yet.

        Args:
            paths: As for `read`.
            tables: What a person said about the columns of tables.
        """
        session = self._session()
        zone, today = session.clock.zone, session.clock.local(session.clock.now()).date()

        def read(cancelled: threading.Event) -> ImportPlan:
            return read_files(list(paths), zone=zone, today=today, tables=tables, cancelled=cancelled)

        return Bringing(session, paths, read)


def _run(steps: Steps, progress: Progress | None) -> ImportReport:
    return in_one_go(steps, None if progress is None else lambda step: progress(*step))
