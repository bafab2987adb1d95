"""Nothing that a file can hold raises anything but a sentence for a person."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.errors import BadInput
from tests.exchange.samples import CALENDARS, OWN, TABLES, plan_of

EFFORT = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
BASES = [path.read_bytes() for path in (*OWN, *CALENDARS, *TABLES)]
DOCUMENTS = [json.loads(path.read_text()) for path in OWN if path.suffix == ".json"]
ODD = st.sampled_from(
    [
        b"\x00",
        b"\xff",
        b"|",
        b"^",
        b"~",
        b"&",
        b"\\",
        b"\r",
        b"MSH|",
        b"{",
        b"}",
        b'"',
        b"\\ud800",
        b"9999",
        b";",
        b",",
        b"\t",
        b":",
        b"RRULE:FREQ=DAILY\r\n",
    ]
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(BASES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        put = draw(st.one_of(ODD, st.binary(max_size=6), st.just(data[start : start + 40])))
        data = data[:start] + put + data[end:]
    return data


def _places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner: list[tuple[object, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [place for key, each in inner for place in [(*path, key), *_places(each, (*path, key))]]


@st.composite
def _misbuilt(draw: st.DrawFn) -> str:
    document = copy.deepcopy(draw(st.sampled_from(DOCUMENTS)))
    *before, last = draw(st.sampled_from(_places(document)))
    holder = document
    for key in before:
        holder = holder[key]
    holder[last] = draw(st.one_of(JSON, st.sampled_from(["9999-12-31", "0000", "Patient/p1", "\ud800", [None], [{}]])))
    return json.dumps(document)


@given(_damaged())
@EFFORT
def test_damaged_bytes_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    _read_or_told(tmp_path, data)


@given(_misbuilt())
@EFFORT
def test_misbuilt_resources_are_read_or_told(tmp_path: Path, document: str) -> None:
    _read_or_told(tmp_path, document.encode())


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode())))
@EFFORT
def test_any_bytes_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    _read_or_told(tmp_path, data)
    _read_or_told(tmp_path, b"MSH|^~\\&|" + data)
    _read_or_told(tmp_path, b"MSH|^~\\&|||||||SIU^S12\rSCH|1\rPID|" + data)
    _read_or_told(tmp_path, b"{" + data)


def _read_or_told(directory: Path, data: bytes) -> None:
    try:
        plan = plan_of(directory, data)
    except BadInput:
        return
    (file,) = plan.files
    left_out = sum(each.count for each in file.skipped)
    assert file.read == file.patients + file.appointments + file.people + file.merges + left_out
    keys = {patient.key for patient in plan.patients}
    assert len(keys) == len(plan.patients)
    assert all(visit.patient in keys or visit.patient == "" for visit in plan.appointments)
    for patient in plan.patients:
        assert patient.name.strip() == patient.name != ""
        patient.name.encode()


def test_the_control_a_fault_of_another_kind_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_data: bytes, _zone: object) -> None:
        raise KeyError

    monkeypatch.setattr("rapportdesk.exchange.formats.parse", broken)
    with pytest.raises(KeyError):
        _read_or_told(tmp_path, BASES[0])
