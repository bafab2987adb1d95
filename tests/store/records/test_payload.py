"""A thing becomes bytes and the same thing again, whatever was typed."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.errors import NewerFormat, Tampered
from rapportdesk.model.audit import AuditAction
from rapportdesk.store.records.payload import KINDS, VERSION, decode, encode

_ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
# Since then every zone is off by whole minutes.
_SINCE = dt.datetime(1972, 1, 8)  # noqa: DTZ001  # hypothesis adds the zone
_MOMENTS = st.datetimes(_SINCE, timezones=st.timezones() | st.just(dt.UTC), allow_imaginary=False)


@given(thing=st.one_of(*(st.from_type(model) for model in KINDS.values())))
def test_every_kind_of_thing_comes_back_the_same(thing: Any) -> None:
    assert decode(encode(thing)) == thing


@given(text=_ANY_TEXT)
def test_any_text_comes_back_the_same(text: str) -> None:
    setting = KINDS["setting"](id="1", name=text, value=text)
    assert decode(encode(setting)) == setting


@given(moment=_MOMENTS)
def test_a_moment_comes_back_the_same_whatever_its_zone(moment: dt.datetime) -> None:
    event = KINDS["audit"](at=moment, action=AuditAction.LOCK, who=None, who_name="")
    back = decode(encode(event)).at
    # In UTC, because Python never takes an ambiguous hour of one zone for equal to anything in another (PEP 495).
    assert back.astimezone(dt.UTC) == moment.astimezone(dt.UTC)
    assert back.utcoffset() == moment.utcoffset()


@given(content=st.binary() | _ANY_TEXT.map(lambda text: json.dumps(text).encode()))
def test_anything_else_is_noticed(content: bytes) -> None:
    with pytest.raises(Tampered):
        decode(content)


def _changed(**changes: Any) -> bytes:
    held = json.loads(encode(KINDS["setting"](id="1", name="n", value="v")))
    return json.dumps(held | changes).encode()


def test_a_newer_payload_is_said_to_be_newer() -> None:
    for newer in (_changed(v=VERSION + 1), _changed(kind="hologram")):
        with pytest.raises(NewerFormat):
            decode(newer)
    assert decode(_changed()).value == "v"


@pytest.mark.parametrize("changes", [{"v": 0}, {"v": True}, {"v": "1"}, {"data": {}}, {"data": None}, {"kind": []}])
def test_a_malformed_payload_is_noticed(changes: dict[str, Any]) -> None:
    with pytest.raises(Tampered):
        decode(_changed(**changes))


def test_deep_nesting_is_noticed() -> None:
    with pytest.raises(Tampered):
        decode(b"[" * 100_000)


def test_older_bytes_take_the_defaults_of_fields_that_came_later() -> None:
    note = {
        "id": "1", "patient": "2", "kind": "hobby", "text": "Sings", "noted_at": "2026-03-09T08:30:00Z",
        "noted_by": "3", "noted_by_name": "Ana",
    }  # fmt: skip
    older = decode(json.dumps({"kind": "note", "v": 1, "data": note}).encode())
    assert (older.text, older.audience, older.revision) == ("Sings", "everyone", 1)


def test_a_promise_from_before_it_could_recur_or_be_told_is_one_that_is_made_once() -> None:
    promise = {
        "id": "1", "patient": "2", "text": "Ring", "status": "requested", "due": "2026-03-09", "due_time": None,
        "owner_name": "Ana", "outcome": "", "audience": "everyone", "recorded_at": "2026-03-09T08:30:00Z",
        "recorded_by": "3", "recorded_by_name": "Ana", "revision": 2,
    }  # fmt: skip
    older = decode(json.dumps({"kind": "task", "v": 1, "data": promise}).encode())
    assert (older.code, older.recurs, older.topic, older.visit, older.is_open) == ("promise", "", None, None, True)
    assert decode(encode(older)) == older
