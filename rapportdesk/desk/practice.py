"""What the practice has settled for itself: read by anybody signed in, changed by a manager, and recorded."""

import dataclasses
from collections.abc import Callable

from pydantic import TypeAdapter

from rapportdesk.desk.session import PRACTICE, Session
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.practice import BOUNDS, PracticeSettings
from rapportdesk.model.staff import Role

_FORM = TypeAdapter(PracticeSettings)


class Practice:
    """The practice's settings."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def settings(self) -> PracticeSettings:
        """Return what the practice has settled; the defaults until a manager changes them."""
        return self._session().practice

    def change(self, settings: PracticeSettings) -> PracticeSettings:
        """Keep changed settings. They count at once, for everybody.

        Raises:
            BadInput: A number is out of its `BOUNDS`.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        for name, (least, most) in BOUNDS.items():
            if not least <= getattr(settings, name) <= most:
                raise BadInput(_("A number from {least} to {most}.").format(least=least, most=most))
        before = dataclasses.asdict(session.practice)
        changed = [name for name, value in dataclasses.asdict(settings).items() if value != before[name]]
        if not changed:
            return settings
        with session.transaction():
            session.store.put_setting(PRACTICE, _FORM.dump_json(settings).decode())
            session.record(AuditAction.PRACTICE_CHANGED, why=" ".join(changed))
        session.forget_practice()
        session.forget_index()  # whose consent rests may have changed with the age
        return settings
