"""Whose records an import has touched is told line by line after the one commit, so that nobody waits for the lines.

The commit itself holds the list of whom they are about; whoever is cut off goes on with those that are left.
"""

import json
from collections.abc import Iterable, Iterator

from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId

AT_ONCE = 10
"""Lines of one transaction."""

_SETTING = "imports-to-tell"


def tell_later(session: Session, touched: Iterable[PatientId]) -> None:
    """Remember that a line is to be written for each; inside the transaction that touches them."""
    waiting = [*_waiting(session), *touched]
    if waiting:
        session.store.put_setting(_SETTING, json.dumps(waiting))


def tell_in_steps(session: Session) -> Iterator[int]:
    """Write the lines that are due, some at a step; yields how many are left. Others may write between two steps."""
    waiting = _waiting(session)
    while waiting:
        now, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        with session.transaction():
            for patient in now:
                session.record(AuditAction.IMPORTED, PatientId(patient))
            session.store.put_setting(_SETTING, json.dumps(waiting))
        yield len(waiting)


def forget_told(session: Session, patient: PatientId) -> None:
    """Write no line about somebody of whom nothing is left."""
    waiting = _waiting(session)
    if patient in waiting:
        session.store.put_setting(_SETTING, json.dumps([each for each in waiting if each != patient]))


def _waiting(session: Session) -> list[str]:
    kept = session.store.setting(_SETTING)
    return list(json.loads(kept)) if kept else []
