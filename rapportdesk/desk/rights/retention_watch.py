"""Whether something is past its time is looked for once a day, and remembered while the desk is open: yes or no.

No number and nobody's name is remembered, nothing is written down, and each answer is for those alone who may decide
the same things: what is for clinicians makes nobody else's answer another one.
"""

import datetime as dt
from collections.abc import Iterable

from rapportdesk.model.staff import Role

_DECIDE = frozenset({Role.MANAGER, Role.CLINICIAN})


class RetentionWatch:
    """What the last look found, by what those who looked may decide."""

    def __init__(self) -> None:
        self._found: dict[frozenset[Role], tuple[dt.date, bool]] = {}

    def remember(self, roles: Iterable[Role], today: dt.date, *, found: bool) -> None:
        """Remember the answer of a look that has come to its end.

        Args:
            roles: Of whoever looked.
            today: The local day.
            found: Something is past its time.
        """
        self._found[_DECIDE & set(roles)] = today, found

    def is_to_look(self, roles: Iterable[Role], today: dt.date) -> bool:
        """Whether somebody with these roles may decide anything, and nobody like them has looked today."""
        who = _DECIDE & set(roles)
        return bool(who) and (who not in self._found or self._found[who][0] != today)

    def has_found(self, roles: Iterable[Role]) -> bool:
        """Whether the last look by somebody like them found anything."""
        return self._found.get(_DECIDE & set(roles), (None, False))[1]

    def forget(self) -> None:
        """Have everybody look again: how long things are kept was changed."""
        self._found.clear()
