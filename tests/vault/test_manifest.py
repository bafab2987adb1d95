"""The manifest notices rows deleted, doubled, replayed, moved; exclusive-or would not notice doubling."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import xor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault.manifest import Manifest, manifest_key, open_total, row_mac, seal_total
from rapportdesk.vault.sealing import new_key

KEY = manifest_key(new_key())


@dataclass(frozen=True)
class Row:
    """One row of an invented table."""

    table: str
    row_id: str
    patient_id: str
    revision: int
    content: bytes

    @property
    def mac(self) -> int:
        return row_mac(KEY, self.table, self.row_id, self.patient_id, self.revision, self.content)


short = st.text(alphabet="ab", max_size=2)
rows_of_any_kind = st.builds(Row, short, short, short, st.integers(0, 3), st.binary(max_size=3))
tables = st.lists(rows_of_any_kind, min_size=1, max_size=8, unique=True)


def summed(rows: list[Row]) -> Manifest:
    return Manifest.of((row.mac for row in rows), epoch=1)


def by_xor(rows: list[Row]) -> int:
    return reduce(xor, (row.mac for row in rows), 0)


@given(tables, st.randoms())
@settings(deadline=None)
def test_the_order_of_rows_does_not_matter(rows: list[Row], random: "st.Random") -> None:  # type: ignore[name-defined]  # hypothesis names it only in its stubs
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert summed(rows) == summed(shuffled)


@given(tables, st.data())
@settings(deadline=None)
def test_a_deleted_row_is_noticed(rows: list[Row], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(rows))
    assert not summed(rows).holds(summed([row for row in rows if row != gone]))


@given(tables, st.data())
@settings(deadline=None)
def test_a_doubled_row_is_noticed(rows: list[Row], data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows))
    assert not summed(rows).holds(summed([*rows, row]))
    assert summed(rows).total != summed([*rows, row, row]).total
    assert by_xor(rows) == by_xor([*rows, row, row])  # the control: exclusive-or lets pairs of rows come and go


@given(tables, st.data(), rows_of_any_kind)
@settings(deadline=None)
def test_a_replaced_row_is_noticed(rows: list[Row], data: st.DataObject, other: Row) -> None:
    """An older revision put back, another content, another patient: all of them are another row."""
    at = data.draw(st.integers(0, len(rows) - 1))
    assume(other != rows[at])
    assert not summed(rows).holds(summed([*rows[:at], other, *rows[at + 1 :]]))


def test_an_older_revision_put_back_is_noticed() -> None:
    old, new = (Row("record", "r1", "p1", revision, b"sealed %d" % revision) for revision in (1, 2))
    recorded = summed([old]).remove(old.mac).add(new.mac)
    assert recorded.holds(summed([new]))
    assert not recorded.holds(summed([old]))


@given(tables, rows_of_any_kind)
@settings(deadline=None)
def test_adding_and_removing_keeps_step_with_counting_afresh(rows: list[Row], row: Row) -> None:
    assert summed(rows).add(row.mac) == summed([*rows, row])
    assert summed(rows).add(row.mac).remove(row.mac) == summed(rows)


@pytest.mark.parametrize(
    "other",
    [
        Row("records", "r", "p", 1, b"x"),
        Row("record", "q", "p", 1, b"x"),
        Row("record", "r", "q", 1, b"x"),
        Row("record", "r", "p", 2, b"x"),
        Row("record", "r", "p", 1, b"y"),
        Row("record", "rp", "", 1, b"x"),
    ],
)
def test_every_part_of_a_row_counts(other: Row) -> None:
    assert Row("record", "r", "p", 1, b"x").mac != other.mac


def test_another_key_gives_another_term() -> None:
    other = manifest_key(new_key())
    assert row_mac(other, "record", "r", "p", 1, b"x") != Row("record", "r", "p", 1, b"x").mac


@given(st.integers(0, 1 << 40), st.integers(0, 1 << 40), st.integers(0, (1 << 256) - 1))
@settings(deadline=None)
def test_a_sealed_total_comes_back(epoch: int, count: int, total: int) -> None:
    manifest = Manifest(epoch=epoch, count=count, total=total)
    assert open_total(KEY, seal_total(KEY, manifest, "v"), epoch, "v") == manifest


def test_equal_totals_do_not_look_equal() -> None:
    manifest = summed([Row("record", "r", "p", 1, b"x")])
    sealed = {seal_total(KEY, manifest, "v") for _attempt in range(20)}
    assert len(sealed) == 20
    assert not any(manifest.total.to_bytes(32, "big") in one for one in sealed)


def test_an_edited_total_or_epoch_is_refused() -> None:
    manifest = Manifest(epoch=7, count=2, total=99)
    sealed = seal_total(KEY, manifest, "v")
    for edited, epoch, vault_id in (
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), 7, "v"),
        (sealed, 8, "v"),
        (sealed, 7, "w"),
        (seal_total(KEY, replace(manifest, epoch=6), "v"), 7, "v"),
        (b"", 7, "v"),
    ):
        with pytest.raises(Tampered):
            open_total(KEY, edited, epoch, vault_id)


def test_each_commit_has_its_epoch() -> None:
    assert Manifest(epoch=3, count=1, total=5).next_epoch() == Manifest(epoch=4, count=1, total=5)
