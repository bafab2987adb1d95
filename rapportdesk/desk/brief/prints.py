"""What was printed waits, by its serial, until somebody ticks it off as destroyed; the ticking is recorded.

The list lies sealed among the clinic's settings. It names no patient, so that everybody at closing time may see it.
"""

from collections.abc import Callable, Iterable

from pydantic import TypeAdapter

from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.printout import PrintKind, Printout
from rapportdesk.paper.press import new_serial

PRINTS = "prints to destroy"
_FORM = TypeAdapter(tuple[Printout, ...])


class Prints:
    """Paper that is to be destroyed."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def to_destroy(self, *, of_earlier_days: bool = False) -> tuple[Printout, ...]:
        """Return what was printed and not ticked off yet, the oldest first.

        Args:
            of_earlier_days: Only what was left over from days before today.
        """
        session = self._session()
        today = session.today()
        return tuple(each for each in _read(session) if not of_earlier_days or each.on < today)

    def draw(self, count: int, kind: PrintKind) -> tuple[str, ...]:
        """Return fresh serials for pages that are leaving the desk now, and remember them as `printed` does."""
        serials = tuple(new_serial() for _page in range(count))
        self.printed(serials, kind)
        return serials

    def printed(self, serials: Iterable[str], kind: PrintKind) -> None:
        """Remember that paper with these serials has left the desk; that it was printed is recorded where it is set."""
        session = self._session()
        with session.transaction():
            waiting = _read(session)
            known = {each.serial for each in waiting}
            new = tuple(
                Printout(
                    serial=serial, kind=kind, printed_at=session.now(), on=session.today(),
                    printed_by_name=session.viewer.name,
                )
                for serial in serials if serial and serial not in known
            )  # fmt: skip
            _keep(session, (*waiting, *new))

    def tick(self, serials: Iterable[str]) -> None:
        """Say that paper has been destroyed; serials that do not wait are passed over."""
        session, ticked = self._session(), frozenset(serials)
        with session.transaction():
            waiting = _read(session)
            gone = [each for each in waiting if each.serial in ticked]
            if gone:
                _keep(session, tuple(each for each in waiting if each.serial not in ticked))
                session.record(AuditAction.PRINTS_DESTROYED, count=len(gone))


def _read(session: Session) -> tuple[Printout, ...]:
    return _FORM.validate_json(session.store.settings().get(PRINTS, "[]"))


def _keep(session: Session, waiting: tuple[Printout, ...]) -> None:
    session.store.put_setting(PRINTS, _FORM.dump_json(waiting).decode())
