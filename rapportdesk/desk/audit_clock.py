"""The clock by which lines of the record go: it follows the workstation's, and by a month a day at most.

A workstation whose clock stands ten years ahead for a morning would else lose the whole record of who looked, which
nothing brings back. A practice that was closed for years has its old lines for some days longer.
"""

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

from rapportdesk.desk.session import Session

STEP = dt.timedelta(days=31)

_SETTING = "record-clock"


@dataclass(frozen=True, slots=True)
class _Kept:
    on: dt.date
    at: dt.datetime


_FORM = TypeAdapter(_Kept)


def record_clock(session: Session) -> dt.datetime | None:
    """Return the moment up to which time has passed for the record, in UTC, and remember it; None on the first day."""
    kept, on = session.store.setting(_SETTING), session.wall_now().date()
    now = min(session.now(), session.clock.now())  # the recorded one stays where a clock once stood
    before = None if kept is None else _FORM.validate_json(kept)
    if before is not None and before.on == on:
        return min(now, before.at)
    passed = now if before is None else min(now, before.at + STEP)
    remember_clock(session, on, passed)
    return None if before is None else passed


def remember_clock(session: Session, on: dt.date, at: dt.datetime) -> None:
    """Keep the moment up to which time has passed on one day of the workstation's."""
    session.store.put_setting(_SETTING, _FORM.dump_json(_Kept(on=on, at=at)).decode())
