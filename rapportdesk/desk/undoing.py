"""What belongs together is taken back together: several changes made by one press are one step of undoing."""

from collections.abc import Iterator
from contextlib import contextmanager

from rapportdesk.desk.session import Session, Undoable


@contextmanager
def as_one(session: Session, words: str) -> Iterator[None]:
    """Commit everything done inside, or nothing, and have it taken back as one step called `words`.

    Only for the outermost transaction: what follows a commit is known when that is over.
    """
    before, session.undoable, session.gathering = session.undoable, [], True
    try:
        with session.transaction():
            yield
    finally:
        made, session.undoable, session.gathering = session.undoable, before, False
    if made:
        session.can_undo(words, lambda: _take_back(session, made))


def _take_back(session: Session, made: list[Undoable]) -> None:
    with session.transaction():
        for each in reversed(made):
            each.take_back()
