"""The read model's own questions asked of two files that differ by the encryption alone, turn about, and the usual way.

`plain` is the very file of the read model, decrypted: the same tables, the same rows, packed in the same way. Both are
opened with the same settings and asked by the read model's own functions, below the widgets and below the desk: names
and words as they are typed, with filters, and what matches nothing; the newest first, fifty at most. Which of the two
is asked first changes with every text. The usual way answers the same texts while its time for a row lasts, in an order
that a seed has shuffled, so that those it did not come to are like those it answered. Milliseconds are of the thread's
processor time, which other programs on the machine do not lengthen: every file lies in the system's memory.
"""

import datetime as dt
import gc
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import apsw

from rapportdesk.desk.search.index_files import Place, clinicians_place, desk_place
from rapportdesk.desk.search.query_names import read_query
from rapportdesk.readmodel import encrypted
from rapportdesk.readmodel.compartment import Compartment, Sight
from rapportdesk.readmodel.database import Databases
from rapportdesk.readmodel.layers import Layers
from rapportdesk.readmodel.words import NoteFilter
from rapportdesk.vault.keys import SessionKeys
from tests.benchmarks.measured import Of, Row, Size, Target, as_json, as_table
from tests.benchmarks.peers import LIKE, LIMIT, PLAIN, SQLCIPHER, Peers, the_same_people
from tests.benchmarks.typed import Typed, typed
from tests.benchmarks.vaults import CLINICIAN, VAULT, copied, open_vault, sign_in, tell_read_model

PLAIN_TIMES, USUAL_TIMES = 1.3, 1.0
ROUNDS = 3
USUAL_S = 10.0
"""Seconds that each usual way has for one row."""

Usual = Callable[[str, bool], list[Any]]


def measure_answers(
    folder: Path, size: tuple[int, int], *, often: int, seed: int, against: Sequence[str], markdown: bool = False,
    json: Path | None = None,
) -> str:  # fmt: skip
    """Return a table of what the read model answers beside the peers.

    Args:
        folder: A vault that `vaults.make_vault` made; it is copied, once it has a read model.
        size: How many patients and notes it was made with.
        often: How many texts a row has, where it is not about every letter there is.
        seed: What the vault was made from, and the texts are.
        against: Of `peers.PLAIN`, which is always measured, and `peers.SQLCIPHER`.
        markdown: As a table for a page.
        json: A file for everything.
    """
    tell_read_model(folder)
    with tempfile.TemporaryDirectory(prefix="rapportdesk-") as scratch:
        place = Path(scratch)
        with open_vault(copied(folder, place / "own")) as desk:
            sign_in(desk, CLINICIAN)
            keys, vault_id = desk.session().store.keys, desk.session().store._file.vault_id
            now = desk.session().now()
        peers = None
        if SQLCIPHER in against:
            peers = Peers(place / "peers")
            peers.fill(the_same_people(*size, seed, now))
        usual = {} if peers is None else asked_of(peers)
        rows = answer_rows(place / "own", keys, vault_id, place, typed(seed, often), usual)
        if peers is not None:
            peers.close()
    measured = Size(patients=size[0], notes=size[1], rows=tuple(rows))
    if json is not None:
        json.write_text(as_json([measured], {"seed": seed, "often": often}), encoding="utf-8")
    return as_table(measured, markdown=markdown)


def answer_rows(
    folder: Path, keys: SessionKeys, vault_id: str, place: Path, what: Sequence[Typed],
    usual: Mapping[str, Usual],
) -> list[Row]:  # fmt: skip
    """Return a row for each of what is typed.

    Args:
        folder: A vault with its read model, which nobody has open; it is not changed.
        keys: A clinician's.
        vault_id: The vault's.
        place: Where the two copies may lie.
        what: What is typed.
        usual: What answers a text the usual ways, by their names.
    """
    place.mkdir(exist_ok=True)
    with ExitStack() as opened:
        mine = opened.enter_context(open_layers(folder, keys, vault_id, place / "encrypted", decrypt=False))
        plain = opened.enter_context(open_layers(folder, keys, vault_id, place / "decrypted", decrypt=True))
        gc.collect()
        gc.freeze()
        return [_row(each, mine, plain, usual) for each in what if each.texts]


def asked_of(peers: Peers) -> Mapping[str, Usual]:
    """Return what answers a text the usual way; and people's names by `LIKE`, which no target is about."""
    return {
        SQLCIPHER: lambda text, words: peers.search_the_usual_way(text, words=words),
        LIKE: lambda text, _words: peers.search_by_like(text),
    }


def _row(what: Typed, mine: Layers, plain: Layers, usual: Mapping[str, Usual]) -> Row:
    texts = list(what.texts if what.last_only else (t[: n + 1] for t in what.texts for n in range(len(t))))
    took: dict[str, list[float]] = {"": [], PLAIN: []}
    for number in range(ROUNDS * len(texts)):
        text = texts[number % len(texts)]
        both = [("", mine), (PLAIN, plain)]
        for name, layers in both if number % 2 else reversed(both):
            took[name].append(_timed(partial(ask, layers, text, words=what.words)))
    peers = {PLAIN: tuple(took[PLAIN])}
    targets = [Target(most=PLAIN_TIMES, of=of, times=PLAIN) for of in (Of.MEDIAN, Of.P99)]
    hits = [_has_found(ask(mine, text, words=what.words)) for text in texts]
    note = f"the read model's own questions, which find something for {sum(hits)} of {len(texts)} texts"
    random.Random(what.name).shuffle(texts)  # noqa: S311  # an order needs no secrecy
    for name, way in usual.items():
        if name == LIKE and what.words:
            continue
        answered, found, until = list[float](), 0, time.perf_counter() + USUAL_S
        for text in texts:
            if time.perf_counter() >= until:
                break
            answered.append(_timed(partial(way, text, what.words)))
            found += bool(way(text, what.words))  # it may be fast because it finds nobody
        peers[name] = tuple(answered)
        note += f"; {name} answered {len(answered)} of {len(texts)} texts and found something for {found}"
    if SQLCIPHER in usual:
        targets += [Target(most=USUAL_TIMES, of=of, times=SQLCIPHER) for of in (Of.MEDIAN, Of.P99)]
    return Row(name=f"read model, {what.name}", values=tuple(took[""]), peers=peers, targets=tuple(targets), note=note)


def ask(layers: Layers, text: str, *, words: bool) -> object:
    """Return what the read model answers to a text as it is typed."""
    if not words:
        return layers.find_people(text, limit=LIMIT)
    query = read_query(text, dt.date(2026, 1, 1))
    where = NoteFilter(kinds=tuple(map(str, query.kinds)), phrases=query.phrases)
    return layers.find_words(query.text, LIMIT, where)


def _has_found(answer: object) -> bool:
    """Return whether the read model has found anybody or anything."""
    return bool(getattr(answer, "hits", ()))


def _timed(ask: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that one answer takes."""
    began = time.thread_time()
    ask()
    return (time.thread_time() - began) * 1000


@contextmanager
def open_layers(folder: Path, keys: SessionKeys, vault_id: str, place: Path, *, decrypt: bool) -> Iterator[Layers]:
    """Open a copy of the read model as a clinician asks it, packed anew, and decrypted first if so."""
    place.mkdir(exist_ok=True)
    vault, today = folder / VAULT, dt.datetime.now(dt.UTC).date().toordinal()
    compartments = []
    for at in (desk_place(vault, vault_id, keys), clinicians_place(vault, vault_id, keys)):
        databases = _packed(at, place, decrypt=decrypt)
        compartments.append(Compartment(databases, Sight(clinician=True, today=lambda: today)))
    try:
        yield Layers(*compartments)
    finally:
        for each in compartments:
            each.close()


def _packed(at: Place, place: Path, *, decrypt: bool) -> Databases:
    if at.path is None:
        raise RuntimeError("the read model lies in a file")
    path = place / at.path.name
    for end in ("", "-wal"):
        if (source := at.path.with_name(f"{at.path.name}{end}")).exists():
            shutil.copy(source, path.with_name(f"{path.name}{end}"))
    connection = _keyed(path, at.key)
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()  # which brings the log into the file
    connection.execute("PRAGMA rekey = ''" if decrypt else "VACUUM").fetchall()  # a file without a key is packed anew
    connection.close()
    if not decrypt:
        return encrypted.open_file(path, at.key)
    with path.open("rb") as file:
        if file.read(15) != b"SQLite format 3":
            raise RuntimeError("it was not decrypted")
    opened: list[Any] = []
    for use in ("writing", "reading"):
        connection = apsw.Connection(str(path))
        for setting in (*encrypted._SETTINGS, f"PRAGMA cache_size = -{encrypted._CACHE_KIB[use]}"):
            connection.execute(setting).fetchall()
        opened.append(connection)
    return Databases(*opened)


def _keyed(path: Path, key: bytes) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA cipher = 'chacha20'").fetchall()
    connection.execute(f"PRAGMA key = 'raw:{key.hex()}'").fetchall()
    return connection
