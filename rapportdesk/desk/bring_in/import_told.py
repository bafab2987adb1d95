"""Whose records an import has touched is told line by line after the one commit, so that nobody waits for the lines.

With its line what came about somebody is moved to its place and into the search index. The commit itself holds of whom
it is still to be told; whoever is cut off goes on with those that are left.
"""

from collections.abc import Iterator

from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId

AT_ONCE = 3
"""Lines of one transaction."""


def tell_in_steps(session: Session) -> Iterator[int]:
    """Do what is left of imports that were published, yielding how many lines; others may write between two steps."""
    store = session.store
    left = store.arrivals_left()
    while waiting := store.arrivals(AT_ONCE):
        with session.transaction():
            for patient in waiting:
                session.record(AuditAction.IMPORTED, patient)
            store.arrived(waiting)
        yield left
        for patient in waiting:
            session.index_follows(patient)
            left -= 1
            yield left


def told_of_all(session: Session) -> Iterator[tuple[int, int]]:
    """Do the same, yielding how many lines are written and how many there are."""
    total = session.store.arrivals_left()
    for left in tell_in_steps(session):
        yield total - left, total


def forget_told(session: Session, patient: PatientId) -> None:
    """Write no line about somebody of whom nothing is left."""
    session.store.arrived((patient,))


def clear_in_steps(session: Session) -> Iterator[int]:
    """Take away what was staged by an import that was given up; others may write between two steps."""
    yield from session.store.clear_staged()
