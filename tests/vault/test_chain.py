"""The audit's entries hold together: none can be changed, moved, doubled or taken out of the middle."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault.chain import START, Entry, audit_key, failures_key, link, verify
from rapportdesk.vault.sealing import new_key

VAULT_KEY = new_key()
KEY = audit_key(VAULT_KEY)


def linked(contents: list[bytes], key: bytes = KEY) -> list[Entry]:
    entries: list[Entry] = []
    previous = START
    for sequence, content in enumerate(contents, start=1):
        previous = link(key, previous, sequence, content)
        entries.append(Entry(sequence=sequence, content=content, link=previous))
    return entries


contents = st.lists(st.binary(max_size=4), min_size=1, max_size=8)


@given(contents)
@settings(deadline=None)
def test_a_whole_chain_holds_and_ends_in_its_last_link(of: list[bytes]) -> None:
    entries = linked(of)
    assert verify(KEY, entries) == entries[-1].link


def test_an_empty_chain_holds() -> None:
    assert verify(KEY, []) == START


@given(contents, st.data(), st.binary(max_size=4))
@settings(deadline=None)
def test_a_changed_entry_is_noticed(of: list[bytes], data: st.DataObject, other: bytes) -> None:
    at = data.draw(st.integers(0, len(of) - 1))
    assume(other != of[at])
    entries = linked(of)
    entries[at] = replace(entries[at], content=other)
    with pytest.raises(Tampered):
        verify(KEY, entries)


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=8), st.data())
@settings(deadline=None)
def test_an_entry_taken_out_before_the_last_is_noticed_even_when_renumbered(
    of: list[bytes], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(of) - 2))
    entries = linked(of)
    del entries[at]
    with pytest.raises(Tampered):
        verify(KEY, entries)
    with pytest.raises(Tampered):
        verify(KEY, [replace(entry, sequence=number) for number, entry in enumerate(entries, start=1)])


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=8), st.data())
@settings(deadline=None)
def test_entries_exchanged_or_doubled_are_noticed(of: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(of) - 2))
    entries = linked(of)
    exchanged = [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]
    doubled = [*entries[: at + 1], *entries[at:]]
    for edited in (exchanged, doubled):
        with pytest.raises(Tampered):
            verify(KEY, edited)


def test_an_entry_from_another_copy_of_the_file_is_noticed() -> None:
    """Two copies that went on apart have entries of the same number, each rightly linked where it was written."""
    here, there = linked([b"a", b"b", b"c"]), linked([b"a", b"x", b"c"])
    assert verify(KEY, here)
    assert verify(KEY, there)
    for at in (1, 2):
        with pytest.raises(Tampered):
            verify(KEY, [*here[:at], there[at], *here[at + 1 :]])


def test_numbers_are_counted_up_without_gaps_whoever_linked_them() -> None:
    first = link(KEY, START, 1, b"a")
    third = link(KEY, first, 3, b"c")
    with pytest.raises(Tampered):
        verify(
            KEY,
            [Entry(sequence=1, content=b"a", link=first), Entry(sequence=3, content=b"c", link=third)],
        )


def test_a_chain_linked_without_the_key_is_refused() -> None:
    with pytest.raises(Tampered):
        verify(KEY, linked([b"a", b"b"], new_key()))


def test_a_cut_at_the_end_is_for_the_manifest_to_notice() -> None:
    """Said so that nobody relies on the chain for it."""
    entries = linked([b"a", b"b", b"c"])
    assert verify(KEY, entries[:2]) != verify(KEY, entries)


def test_the_two_chains_have_keys_of_their_own() -> None:
    assert audit_key(VAULT_KEY) != failures_key(VAULT_KEY)
