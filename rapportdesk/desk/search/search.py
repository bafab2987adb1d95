"""Finding the person at the counter, and finding a word in the notes: nothing that may not be seen is ever a hit."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from rapportdesk.desk.promises.task_keeping import ENDED_LISTED
from rapportdesk.desk.search.query import Promised, Query
from rapportdesk.desk.search.query_names import read_query
from rapportdesk.desk.search.snippets import Sought, holds_all, snippet_of
from rapportdesk.desk.session import Session
from rapportdesk.desk.today.today import Today
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.names import fold
from rapportdesk.model.note import Note, NoteStatus
from rapportdesk.model.shown import PersonHit, SearchResults
from rapportdesk.model.task import Task, TaskCode, TaskStatus
from rapportdesk.readmodel.words import NoteFilter, folded_words
from rapportdesk.rules.promises.due import due_order, is_overdue
from rapportdesk.rules.wording.topic_words import topic_names

LEAST_WORD = 3
"""Letters of a word, or of one of several, before notes are searched for them; “pr ni” is looked for in names alone."""

MOST_WORD_HITS = 20
"""Notes listed beneath people. Where notes alone are asked for, as many as there is room for."""

MOST_PROMISES = 300
"""Promises read for a list of those that are open or kept; ten times as many where only some are asked for."""

MOST_PEOPLE = 500
"""People whose notes are looked at for one `person:`."""


class Search:
    """The one field on top."""

    def __init__(self, session: Callable[[], Session], today: Today) -> None:
        self._session = session
        self._today = today

    def __call__(
        self, text: str, *, limit: int = 50, first: int | None = None, first_in_words: int | None = None
    ) -> SearchResults:
        """Return people first, then notes that hold the words, for exactly `text`.

        Args:
            text: As typed: a name or parts of one, a birth date in any form, a number, words, and filters as
                rapportdesk.desk.search.query reads them. With a filter it is notes or promises alone that are found.
            limit: The most hits; `SearchResults.more` says when there are more.
            first: How many of them are read now, as many as can be seen: the rest are counted (`further`), and told in
                the same order when it is asked again without this. All, unless given.
            first_in_words: Of the notes and promises among them no more than so many: each of them is taller.
        """
        session = self._session()
        query = read_query(text, session.local_now().date())
        if query.has_filter:
            return self._filtered(session, text, query, max(limit, 0), _fewer(first, first_in_words))
        people = session.index.find_people(text, limit=limit, recent=self._near(session), first=first)
        if people.count >= limit or not _is_in_words(query):
            return people
        room = min(limit - people.count, MOST_WORD_HITS)
        left = None if first is None else _fewer(max(first - people.count, 0), first_in_words)
        listed = {*(hit.id for hit in people.hits), *people.further}
        words = self._notes(session, query, NoteFilter(phrases=query.phrases), room, listed, left)
        return SearchResults(
            text=people.text,
            hits=(*people.hits, *words.hits),
            more=people.more or words.more,
            opens_on_enter=people.opens_on_enter,
            further=(*people.further, *words.further),
        )

    def opened(self, patient_id: PatientId) -> None:
        """Record that a hit was chosen, whose card or brief is about to be opened."""
        self._session().record(AuditAction.OPENED_FROM_SEARCH, patient_id)

    def listed(self, results: SearchResults) -> None:
        """Record that results were written out, as the command line does: one line for everybody on the list."""
        session = self._session()
        with session.transaction():
            for hit in results.hits:
                # That a clinician's word was found in a note would tell of one that reception cannot read.
                by_note = (hit.note is not None or hit.task is not None) and session.viewer.is_clinician
                session.record(AuditAction.SEARCHED, hit.id, clinicians_only=by_note)

    def by_number(self, value: str) -> tuple[PatientId, ...]:
        """Return everybody who has exactly this identifier."""
        return self._session().index.by_identifier(value)

    def _near(self, session: Session) -> tuple[PatientId, ...]:
        return tuple(dict.fromkeys((*session.recent, *self._today.patients(self._today.date()))))

    def _filtered(self, session: Session, text: str, query: Query, limit: int, first: int | None) -> SearchResults:
        patients, not_all = _people_meant(session, query)
        if patients == ():
            return SearchResults(text=text, hits=(), more=not_all)
        if query.promised is not None:
            found = _promises(session, query, query.promised, patients, limit, first)
        else:
            found = self._notes(session, query, _filter_of(session, query, patients), limit, frozenset(), first)
        return SearchResults(text=text, hits=found.hits, more=found.more or not_all, further=found.further)

    @staticmethod
    def _notes(
        session: Session,
        query: Query,
        where: NoteFilter,
        limit: int,
        already: set[PatientId] | frozenset[PatientId],
        first: int | None,
    ) -> "_Part":
        """Return the newest notes of people who are not listed `already`; only the first are opened."""
        found = session.index.find_words(query.text, limit + len(already) + 1, where)
        fresh = [hit for hit in found.hits if hit[1] not in already]
        current = session.index_is_current()
        kept = fresh[:limit]
        # What may no longer be shown must not be counted either: while that is in doubt, every note is opened.
        read = kept[:first] if current else kept
        things = {thing.id: thing for thing in session.store.some_things([note_id for note_id, _patient in read])}
        opened = [note for hit in read if (note := _as_told(things.get(hit[0]), hit[1])) is not None]
        if not current:
            opened = [note for note in opened if _may_be_shown(session, note)]
        sought = Sought(query.words, query.phrases)
        listed = session.index.people_listed([note.patient for note in opened])
        hits = tuple(
            _with_snippet(listed[note.patient], sought, note.text, note=note.id)
            for note in opened
            if note.patient in listed
        )
        further = tuple(patient for _note_id, patient in kept[len(read) :])
        return _Part(hits, more=len(fresh) > limit or found.more, further=further)


def _is_in_words(query: Query) -> bool:
    return bool(query.phrases) or any(len(word) >= LEAST_WORD for word in folded_words(query.text))


def _fewer(first: int | None, first_in_words: int | None) -> int | None:
    return min((each for each in (first, first_in_words) if each is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Part:
    """Notes or promises that were found; see `SearchResults`."""

    hits: tuple[PersonHit, ...]
    more: bool
    further: tuple[PatientId, ...]


def _as_told(thing: object, patient_id: PatientId) -> Note | None:
    """Return a note that the index let through, if it is there as it was told."""
    if isinstance(thing, Note) and thing.patient == patient_id and thing.status is NoteStatus.ACTIVE:
        return thing
    return None


def _may_be_shown(session: Session, note: Note) -> bool:
    """Hold a note against the rule itself: while the read model is still being told, its columns may lag behind."""
    return any(each.note.id == note.id for each in session.seen(session.known(note.patient)).notes)


def _with_snippet(
    hit: PersonHit, sought: Sought, text: str, *, note: RecordId | None = None, task: RecordId | None = None
) -> PersonHit:
    snippet, marks = snippet_of(text, sought)
    return replace(hit, snippet=snippet, marks=marks, note=note, task=task)


def _people_meant(session: Session, query: Query) -> tuple[tuple[PatientId, ...] | None, bool]:
    """Return whom the query's people are, the same in each of them, and whether it may mean others too.

    None for the people when it names nobody.
    """
    if not query.people:
        return None, False
    found = [session.index.ids_found(each, MOST_PEOPLE + 1) for each in query.people]
    kept = [people[:MOST_PEOPLE] for people in found]
    common = set(kept[0]).intersection(*kept[1:])
    return tuple(person for person in kept[0] if person in common), any(len(each) > MOST_PEOPLE for each in found)


def _filter_of(session: Session, query: Query, patients: tuple[PatientId, ...] | None) -> NoteFilter:
    zone = session.local_now().tzinfo
    days = (query.since, query.until + dt.timedelta(days=1) if query.until and query.until < dt.date.max else None)
    since, until = (dt.datetime.combine(day, dt.time(), zone) if day else None for day in days)
    return NoteFilter(
        kinds=tuple(str(kind) for kind in query.kinds),
        topics=tuple(code for topic in query.topics for code in _topic_codes(topic)),
        patients=patients,
        since=since,
        until=until,
        phrases=query.phrases,
    )


def _topic_codes(topic: str) -> tuple[str, ...]:
    """Return what a topic may be kept under: the word itself, or the code of a topic whose name begins so."""
    word = fold(topic)
    return (topic, *(code for code, name in topic_names().items() if fold(name).startswith(word)))


def _promises(
    session: Session,
    query: Query,
    which: Promised,
    patients: tuple[PatientId, ...] | None,
    limit: int,
    first: int | None,
) -> _Part:
    """Return promises, those due first in front; what a clinician is to be told is none."""
    now = session.local_now()
    sought = Sought(query.words, query.phrases)
    if query.kinds or query.topics:
        return _Part((), more=False, further=())
    picked = query.text or patients or query.since or query.until or which is Promised.TODAY
    most = MOST_PROMISES * (10 if picked else 1)
    if which is Promised.KEPT:
        read = session.index.ended_tasks(session.now() - ENDED_LISTED, most)
        ended = [task for task in read if _kept(task)]
        tasks = sorted(ended, key=lambda task: (task.ended_at or task.recorded_at, task.id), reverse=True)
    else:
        by = now.date() if which in {Promised.OVERDUE, Promised.TODAY} else None
        read = session.index.open_tasks(by, most)
        tasks = sorted(read, key=lambda task: (due_order(task), task.id))
    meant = (
        task
        for task in tasks
        if task.code is not TaskCode.TELL
        and (which is not Promised.OVERDUE or is_overdue(task, now))
        and (which is not Promised.TODAY or task.due == now.date())
        and (patients is None or task.patient in patients)
        and (query.since is None or task.recorded_at.astimezone(now.tzinfo).date() >= query.since)
        and (query.until is None or task.recorded_at.astimezone(now.tzinfo).date() <= query.until)
        and holds_all(task.text, sought)
    )
    found = list(islice(meant, limit + 1))
    not_all = len(read) >= most
    kept = found[:limit]
    shown = kept[:first]
    listed = session.index.people_listed([task.patient for task in shown])
    hits = tuple(
        _with_snippet(listed[task.patient], sought, task.text, task=task.id) for task in shown if task.patient in listed
    )
    further = tuple(task.patient for task in kept[len(shown) :])
    return _Part(hits, more=len(found) > limit or not_all, further=further)


def _kept(task: Task) -> bool:
    return task.status is TaskStatus.COMPLETED
