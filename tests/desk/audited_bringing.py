"""What bringing in, deciding about people and joining cards leave in the audit."""

from typing import Any

from rapportdesk.desk.bring_in.import_report import ImportReport, Tally
from rapportdesk.desk.bring_in.import_tables import Field, TableGuess
from rapportdesk.desk.bring_in.watched_folder import Taken
from rapportdesk.errors import BadInput
from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.identity import PatientId
from rapportdesk.model.joined import Joined
from tests.desk.audited import BEN, Case, World, leaves, nothing
from tests.desk.feeds import NIA, bring_in, plan_of

GUESS = TableGuess(
    file="a.csv", encoding="utf-8", encoding_certain=True, separator=",", headers=("Name",), fields=(Field.NAME,),
    samples=(), rows=0,
)  # fmt: skip
ON_THE_LIST = "who somebody is, for whoever decides about them, which is recorded"


def two(world: World) -> tuple[PatientId, PatientId]:
    """Two cards."""
    return world.person(), world.person()


def joined(world: World) -> Joined:
    """Two cards that are one."""
    return world.desk.merging.join(*two(world))


def waiting(world: World) -> Any:
    """Somebody in a file who may be somebody here; and who."""
    for each in world.desk.review.people():
        world.desk.review.leave_out(each.id)
    here = world.patient()
    said = NIA.__class__(key="k", identifiers=(), name=here.name, birth_date=None)
    bring_in(world.desk, plan_of([said], []))
    (found,) = world.desk.review.people()
    return found.id, here.id


def cards(world: World) -> Any:
    """Two cards that a practice system says are one."""
    from rapportdesk.desk.bring_in.review_list import WaitingMerge, keep_review, read_review, with_merge

    stays, other = two(world)
    store = world.desk.session().store
    pair = WaitingMerge(survivor=stays, other=other, since=world.practice.clock.now())
    keep_review(store, with_merge(read_review(store), pair))
    return pair.id


REPORT = ImportReport(plan_of([], []), Tally(), Tally())


def taken(world: World) -> Taken:
    """A file that was taken aside."""
    path = world.file()
    return Taken(path, path.name, world.practice.clock.now(), world.desk.imports.begin([path]))


BRINGING: dict[str, Case] = {
    "imports.finish_in_steps": nothing(
        "nothing was left unfinished; otherwise IMPORTED of each, in test_bringing.py",
        lambda w, _n: list(w.desk.imports.finish_in_steps()),
    ),
    "imports.begin": nothing(
        "nothing has happened yet; bringing in leaves IMPORTED, in test_bringing.py",
        lambda w, f: w.desk.imports.begin([f]), given=World.file,
    ),
    "imports.read": leaves(
        lambda w, f: w.desk.imports.read([f]), Did.IMPORTED, Did.IMPORTED, given=World.file
    ),
    "imports.remember_columns": nothing(
        "says what a column of a practice system's tables holds, of no patient",
        lambda w, _n: w.desk.imports.remember_columns(GUESS),
    ),
    "imports.tables": nothing("nothing has happened yet", lambda w, f: w.desk.imports.tables([f]), given=World.file),
    "merging.compare": nothing(ON_THE_LIST, lambda w, pair: w.desk.merging.compare(*pair), given=two),
    "merging.join": leaves(
        lambda w, pair: w.desk.merging.join(*pair), Did.PERSON_CHANGED, Did.PERSON_CHANGED, given=two
    ),
    "merging.of": nothing(ON_THE_LIST, lambda w, j: w.desk.merging.of(j.patient), given=joined),
    "merging.part": leaves(
        lambda w, j: w.desk.merging.part(j.id), Did.PERSON_CHANGED, Did.PERSON_CHANGED, given=joined
    ),
    "watched_folder.fail": nothing(
        "puts a file away", lambda w, t: w.desk.watched_folder.fail(t, BadInput("no")), given=taken
    ),
    "watched_folder.finish": nothing(
        "puts a file away that was brought in, which is recorded",
        lambda w, t: w.desk.watched_folder.finish(t, REPORT), given=taken,
    ),
    "watched_folder.folder": nothing("a folder's name", lambda w, _n: w.desk.watched_folder.folder()),
    "watched_folder.last": nothing("a number", lambda w, _n: w.desk.watched_folder.last()),
    "watched_folder.look": nothing("names of files", lambda w, _n: w.desk.watched_folder.look()),
    "watched_folder.put_back": nothing("moves a file", lambda w, _n: w.desk.watched_folder.put_back()),
    "watched_folder.set": leaves(
        lambda w, _n: w.desk.watched_folder.set(w.folder), Did.PRACTICE_CHANGED, who=BEN
    ),
    "watched_folder.take": nothing(
        "takes a file aside; bringing it in is recorded", lambda w, f: w.desk.watched_folder.take(f.name, (0, 0)),
        given=World.file,
    ),
    "review.cards": nothing(ON_THE_LIST, lambda w, _n: w.desk.review.cards()),
    "review.join": leaves(lambda w, p: w.desk.review.join(p), Did.PERSON_CHANGED, Did.PERSON_CHANGED, given=cards),
    "review.leave_out": leaves(lambda w, pair: w.desk.review.leave_out(pair[0]), Did.IMPORTED, given=waiting),
    "review.new": leaves(lambda w, pair: w.desk.review.new(pair[0]), Did.IMPORTED, given=waiting),
    "review.people": nothing(ON_THE_LIST, lambda w, _n: w.desk.review.people()),
    "review.same": leaves(lambda w, pair: w.desk.review.same(*pair), Did.IMPORTED, given=waiting),
    "review.waiting": nothing("a number", lambda w, _n: w.desk.review.waiting()),
}  # fmt: skip
