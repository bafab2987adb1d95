"""How a table is read is guessed, shown and corrected; what a person said of a header is remembered for the next file.

Which of day and month comes first is never remembered: the next file may come from somewhere else.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.session import Session
from rapportdesk.exchange import DateExample, DateOrder, Field, Question, TableGuess, TableSettings, header_key

__all__ = ["DateExample", "DateOrder", "Field", "Question", "TableGuess", "TableSettings", "Tables", "remember_columns"]

_SETTING = "import-columns"
"""The setting that holds, as JSON, what each header was said to hold: {header as it is compared: field}."""

Look = Callable[[TableSettings, threading.Event], tuple[TableGuess, ...]]
"""Looks at the files in a process of its own; ends soon after the event is set."""


class Tables:
    """How the tables among some files would be read.

    Args:
        remembered: What was said of headers before.
        look: Looks at the files.
    """

    def __init__(self, remembered: dict[str, Field], look: Look) -> None:
        self._remembered, self._look = remembered, look
        self._cancelled = threading.Event()

    def look(self, said: TableSettings) -> tuple[TableGuess, ...]:
        """Return a guess for each table, with what is remembered and what was just said; from any thread.

        Raises:
            BadInput: A file cannot be read at all, or looking was cancelled.
        """
        return self._look(self.settings(said), self._cancelled)

    def settings(self, said: TableSettings) -> TableSettings:
        """Return what the files are to be read with: what was just said counts before what is remembered."""
        now = {header_key(header) for header, _field in said.columns}
        before = tuple(pair for pair in self._remembered.items() if pair[0] not in now)
        return replace(said, columns=(*said.columns, *before))

    def cancel(self) -> None:
        """Stop looking, from any thread."""
        self._cancelled.set()


def remembered_columns(session: Session) -> dict[str, Field]:
    """Return what was said of headers before; a field that this version does not know is left out."""
    kept = session.store.setting(_SETTING)
    known = {field.value for field in Field}
    return {header: Field(field) for header, field in json.loads(kept or "{}").items() if field in known}


def remember_columns(session: Session, guess: TableGuess) -> None:
    """Keep what each header of a table holds, sealed."""
    before = remembered_columns(session)
    after = {**before, **{header_key(header): field for header, field in zip(guess.headers, guess.fields, strict=True)}}
    if after != before:
        session.store.put_setting(_SETTING, json.dumps(after))
