"""Where everybody's unfinished lines lie is listed beside the settings, by ids alone, for coming back to one's own.

A vault from before they were listed is looked through once, some records at a step beside other work, and goes on where
it was cut off. What is kept meanwhile is listed at once.
"""

import json
from collections.abc import Generator
from dataclasses import dataclass, field

from rapportdesk.desk.session import Session

LISTED = "drafts"
"""The setting that holds, as JSON, the ids of everybody's unfinished lines by their author; gone ones among them."""

LOOKING = "drafts-looking"
"""The setting that holds how far a vault has been looked through, and what is listed until then; empty afterwards."""

AT_A_STEP = 50
"""Records that are looked at without a break."""

_KEPT_EVERY = 100  # steps: each time is a commit

Listed = dict[str, list[str]]
"""Ids by author."""


@dataclass(frozen=True, slots=True)
class _Look:
    after: str = ""
    found: Listed = field(default_factory=dict)


def listed(session: Session, author: str) -> list[str]:
    """Return where somebody's unfinished lines lie; in a vault that never listed them, as far as that is known."""
    kept = session.store.setting(LISTED)
    found: Listed = _look(session).found if kept is None else json.loads(kept)
    return found.get(author, [])


def put_listed(session: Session, author: str, ids: list[str]) -> None:
    """Say where somebody's unfinished lines lie."""
    kept = session.store.setting(LISTED)
    if kept is None:
        look = _look(session)
        _keep_look(session, _Look(look.after, {**look.found, author: ids}))
    else:
        session.store.put_setting(LISTED, json.dumps({**json.loads(kept), author: ids}))


def look_in_steps(session: Session) -> Generator[int, None, None]:
    """List everybody's unfinished lines where that was never done, yielding how many records were looked at.

    Others may write between two steps.
    """
    if session.store.setting(LISTED) is not None:
        return
    after, found, steps = _look(session).after, Listed(), 0
    while True:
        page = session.store.authored(after, AT_A_STEP)
        for record_id, author in page.authors:
            found.setdefault(author, []).append(record_id)
        if not page.looked_at:
            break
        after, steps = page.last, steps + 1
        if steps % _KEPT_EVERY == 0:
            _keep_look(session, _Look(after, _together(_look(session).found, found)))
            found = Listed()
        yield page.looked_at
    with session.transaction():
        session.store.put_setting(LISTED, json.dumps(_together(_look(session).found, found)))
        session.store.put_setting(LOOKING, "")


def _look(session: Session) -> _Look:
    kept = session.store.setting(LOOKING)
    return _Look(**json.loads(kept)) if kept else _Look()


def _keep_look(session: Session, look: _Look) -> None:
    session.store.put_setting(LOOKING, json.dumps({"after": look.after, "found": look.found}))


def _together(one: Listed, other: Listed) -> Listed:
    return {
        author: list(dict.fromkeys((*one.get(author, ()), *other.get(author, ())))) for author in {**one, **other}
    }  # fmt: skip
