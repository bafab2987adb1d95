"""The clinic's own library of leaflets: kept by a manager, given out by everybody, each file sealed like all else.

A file's content lies in the record's past, where no list reads it. What is put away stays in what was given before.
"""

import base64
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.note.text import clean_line, clean_text
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import RecordId, new_id
from rapportdesk.model.leaflet import LARGEST_LEAFLET, PDF_BEGINS, Leaflet
from rapportdesk.model.staff import Role


class Leaflets:
    """Leaflets to give out."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def list(self, *, put_away: bool = False) -> tuple[Leaflet, ...]:
        """Return the leaflets that are given out, by title, without their files.

        Args:
            put_away: Those too that are no longer given out, after the others.
        """
        things = self._session().store.things(None)
        found = [each for each in things if isinstance(each, Leaflet) and (put_away or not each.put_away)]
        return tuple(
            sorted(found, key=lambda each: (each.put_away, each.title.casefold(), each.language.casefold(), each.id))
        )

    def add(self, title: str, *, language: str = "", words: str = "", file: bytes = b"") -> Leaflet:
        """Put a leaflet into the library.

        Args:
            title: As patients know it; not empty.
            language: In which it is written; empty for the clinic's own.
            words: What it says in a few plain sentences; may be empty.
            file: A PDF of at most `LARGEST_LEAFLET` bytes, or nothing.

        Raises:
            BadInput: There is no title, or the file is not taken.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._managed()
        made = Leaflet(
            id=RecordId(new_id()), title=_title(title), language=clean_line(language), words=clean_text(words),
            added_at=session.now(), added_by_name=session.viewer.name,
        )  # fmt: skip
        with session.transaction():
            kept = _keep(session, made, file)
            session.record(AuditAction.PRACTICE_CHANGED, why="leaflet added")
        session.can_undo(_("added a leaflet"), lambda: self._take_out(session, kept))
        return kept

    def change(
        self, leaflet_id: RecordId, *, title: str, language: str = "", words: str = "", file: bytes = b""
    ) -> Leaflet:
        """Say anew what a leaflet is called and says; a file takes the place of the one before, without it that stays.

        Raises:
            BadInput: There is no title, or the file is not taken.
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such leaflet.
        """
        session = self._managed()
        before = _leaflet(session, leaflet_id)
        after = replace(before, title=_title(title), language=clean_line(language), words=clean_text(words))
        with session.transaction():
            kept = _keep(session, after, file)
            session.record(AuditAction.PRACTICE_CHANGED, why="leaflet changed")
        return kept

    def put_away(self, leaflet_id: RecordId, *, away: bool = True) -> Leaflet:
        """Have a leaflet no longer given out, or given out again; it can be taken back.

        Raises:
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such leaflet.
        """
        session = self._managed()
        before = _leaflet(session, leaflet_id)
        after = replace(before, put_away=away)
        kept = self._put(session, after)
        session.can_undo(_("put a leaflet away"), lambda: self._put_back(session, before))
        return kept

    def file(self, leaflet_id: RecordId) -> bytes:
        """Return a leaflet's file, to be printed or handed on.

        Raises:
            NotFound: There is no such leaflet, or it has no file.
        """
        session = self._session()
        _leaflet(session, leaflet_id)
        past = session.store.history(leaflet_id)
        files = [each for each in past if isinstance(each, Leaflet) and each.content]
        if not files:
            raise NotFound(_("That leaflet has no file."), _("A manager can add one."))
        return files[-1].file

    def _managed(self) -> Session:
        session = self._session()
        session.require(Role.MANAGER)
        return session

    def _put(self, session: Session, leaflet: Leaflet) -> Leaflet:
        with session.transaction():
            kept = session.store.put(leaflet)
            session.record(AuditAction.PRACTICE_CHANGED, why="leaflet changed")
        return kept

    def _put_back(self, session: Session, before: Leaflet) -> None:
        self._put(session, before)

    def _take_out(self, session: Session, leaflet: Leaflet) -> None:
        with session.transaction():
            session.store.delete(leaflet.id)
            session.record(AuditAction.PRACTICE_CHANGED, why="leaflet taken out")


def _keep(session: Session, leaflet: Leaflet, file: bytes) -> Leaflet:
    """Keep a leaflet; a file with it lies in its past alone."""
    if file:
        content = base64.b64encode(_checked(file)).decode("ascii")
        leaflet = replace(leaflet, size=len(file))
        session.store.put(replace(leaflet, content=content))
    return session.store.put(leaflet)


def _checked(file: bytes) -> bytes:
    if len(file) > LARGEST_LEAFLET:
        raise BadInput(
            _("That file is too large: {most} MB is the most.").format(most=LARGEST_LEAFLET // 1024 // 1024),
            _("Save it with smaller pictures."),
        )
    if not file.startswith(PDF_BEGINS):
        raise BadInput(_("That is no PDF."), _("A leaflet’s file is a PDF."))
    return file


def _title(text: str) -> str:
    title = clean_line(text)
    if not title:
        raise BadInput(_("What is the leaflet called?"))
    return title


def _leaflet(session: Session, leaflet_id: RecordId) -> Leaflet:
    found = session.store.thing(leaflet_id)
    if not isinstance(found, Leaflet):
        raise NotFound(_("That is no longer there."))
    return found
