"""What belongs together is taken back together: several changes made by one press are one step of undoing."""

from collections.abc import Iterator
from contextlib import contextmanager

from rapportdesk.desk.session import Session, Undoable


@contextmanager
def as_one(session: Session, words: str) -> Iterator[None]:
    """Commit everything done inside, or nothing, and have it taken back as one step called `words`.

    Inside another transaction it is a part of that, and is one step once that is committed.
    """
    before: list[Undoable] = []

    def begin() -> None:
        before.extend(session.undoable)
        session.undoable, session.gathering = [], True

    def end() -> None:
        made, session.undoable, session.gathering = session.undoable, before, False
        if made:
            session.can_undo(words, lambda: _take_back(session, made))

    with session.transaction():
        session.after_commit(begin)
        yield
        session.after_commit(end)


def _take_back(session: Session, made: list[Undoable]) -> None:
    with session.transaction():
        for each in reversed(made):
            each.take_back()
