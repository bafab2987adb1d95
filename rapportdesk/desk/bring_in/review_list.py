"""Who came in a file and may be somebody who is here waits, sealed, for a person to say; nothing is guessed meanwhile.

What was decided is remembered by what the file said, so that the same file asks nobody twice.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

from rapportdesk.desk.bring_in.matching import Doubt
from rapportdesk.exchange.plan import IncomingAppointment, IncomingPatient
from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import fold
from rapportdesk.store.sealed_store import SealedStore

WAITING_AT_MOST = 500
"""A file with more doubts than a person would ever read through is a wrong file, or a wrong column."""

_SETTING = "import-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPerson:
    """Somebody in a file who may be one of `candidates`.

    Attributes:
        id: From `fingerprint`: the same description has the same one.
        visits: Their appointments in the file, which come in with them.
        file: The file's name.
        since: When it was brought in first, UTC.
    """

    id: str
    why: Doubt
    described: IncomingPatient
    candidates: tuple[PatientId, ...]
    visits: tuple[IncomingAppointment, ...] = ()
    file: str = ""
    since: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMerge:
    """Two cards that a practice system says are one person's: `other` becomes a part of `survivor`."""

    survivor: PatientId
    other: PatientId
    file: str = ""
    since: dt.datetime

    @property
    def id(self) -> str:
        """Names the pair."""
        return f"{self.survivor}+{self.other}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """Everything that waits, oldest first.

    Attributes:
        decided: What was said of descriptions and pairs, by id: a patient's id, or "" for left out.
    """

    people: tuple[WaitingPerson, ...] = ()
    merges: tuple[WaitingMerge, ...] = ()
    decided: dict[str, str] = field(default_factory=dict)

    def without(self, waiting: str, became: str) -> "ReviewList":
        """Return the list once something on it was decided."""
        return ReviewList(
            people=tuple(each for each in self.people if each.id != waiting),
            merges=tuple(each for each in self.merges if each.id != waiting),
            decided={**self.decided, waiting: became},
        )


_FORM: TypeAdapter[Any] = TypeAdapter(ReviewList)


def read_review(store: SealedStore) -> ReviewList:
    """Return what waits."""
    kept = store.setting(_SETTING)
    found: ReviewList = ReviewList() if kept is None else _FORM.validate_json(kept)
    return found


def keep_review(store: SealedStore, review: ReviewList) -> None:
    """Keep what waits, sealed under the vault key."""
    store.put_setting(_SETTING, _FORM.dump_json(review).decode())


def beside(mine: ReviewList, before: ReviewList, now: ReviewList) -> ReviewList:
    """Return a list that was worked on for a while together with what was decided and added to it meanwhile.

    Args:
        mine: The list as it was worked on; nothing was decided in it.
        before: The list from which that work began.
        now: The list as it is kept now.
    """
    there = {each.id: each for each in now.people}
    began = {each.id for each in before.people} | {each.id for each in before.merges}
    gone = (began - set(there) - {each.id for each in now.merges}) | set(now.decided)
    people = [
        _with_visits(each, there[each.id].visits) if each.id in there else each
        for each in mine.people if each.id not in gone
    ]  # fmt: skip
    listed = {each.id for each in people}
    people += [each for each in now.people if each.id not in listed]
    merges = {each.id: each for each in (*mine.merges, *now.merges) if each.id not in gone}
    return ReviewList(people=tuple(people), merges=tuple(merges.values()), decided={**mine.decided, **now.decided})


def _with_visits(person: WaitingPerson, more: tuple[IncomingAppointment, ...]) -> WaitingPerson:
    return replace(person, visits=(*person.visits, *(each for each in more if each not in person.visits)))


def fingerprint(incoming: IncomingPatient) -> str:
    """Return what stays the same when the same person is described again: numbers, name and birth date."""
    numbers = sorted(f"{each.system}|{each.value}" for each in incoming.identifiers)
    said = "\n".join((fold(incoming.name), str(incoming.birth_date), *numbers))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def with_person(review: ReviewList, person: WaitingPerson) -> ReviewList:
    """Return the list with somebody on it, once, as they were described last."""
    before = next((each for each in review.people if each.id == person.id), None)
    if before is None:
        return replace(review, people=(*review.people, person))
    visits = person.visits or before.visits
    again = replace(person, since=before.since, visits=visits, file=before.file)
    return replace(review, people=tuple(again if each.id == person.id else each for each in review.people))


def with_merge(review: ReviewList, merge: WaitingMerge) -> ReviewList:
    """Return the list with a pair of cards on it, once, and not when it was decided already."""
    if merge.id in review.decided or merge.id in {each.id for each in review.merges}:
        return review
    return replace(review, merges=(*review.merges, merge))


def without_patient(review: ReviewList, patient: PatientId) -> ReviewList:
    """Return the list without what it says of somebody who is erased.

    Whoever in a file may be them goes too, and is asked about anew when the file comes again.
    """
    return ReviewList(
        people=tuple(each for each in review.people if patient not in each.candidates),
        merges=tuple(each for each in review.merges if patient not in (each.survivor, each.other)),
        decided={
            waiting: became
            for waiting, became in review.decided.items()
            if became != patient and patient not in waiting
        },
    )
