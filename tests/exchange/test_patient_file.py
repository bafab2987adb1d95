"""A patient's file comes back from JSON and from FHIR as it was, whatever stands in it, and FHIR R4 agrees."""

import base64
import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.errors import BadInput
from rapportdesk.exchange.patient_file_fhir import file_fhir, read_file_fhir
from rapportdesk.exchange.patient_file_json import file_json, read_file_json
from rapportdesk.model.consent_form import LARGEST_FORM, ConsentForm
from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.patient_file import LISTS, PatientFile

AT = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
_IDS = st.integers(min_value=0, max_value=2**128 - 1).map(lambda number: f"{number:032x}")


_KINDS = {
    each.name: each.type.__args__[0]  # type: ignore[union-attr]  # a tuple of one kind
    for each in dataclasses.fields(PatientFile)
    if each.name in LISTS
}


@st.composite
def files(draw: st.DrawFn) -> PatientFile:
    """Any file with one record of some kind: a random id, about its patient."""
    patient = dataclasses.replace(draw(st.from_type(Patient)), id=PatientId(draw(_IDS)))
    kind = draw(st.sampled_from(LISTS))
    thing = dataclasses.replace(draw(st.from_type(_KINDS[kind])), id=RecordId(draw(_IDS)), patient=patient.id)
    if isinstance(thing, ConsentForm):
        content = base64.b64encode(draw(st.binary(max_size=20))).decode()
        thing = dataclasses.replace(thing, content=content, size=draw(st.integers(0, LARGEST_FORM)))
    one: dict[str, Any] = {kind: (_in_reach(thing),)}
    return PatientFile(patient=_in_reach(patient), **one)


def _in_reach(value: Any) -> Any:
    """Return a value whose moments have an offset, and a day in every zone."""
    if isinstance(value, dt.datetime):
        return value.replace(year=1900 + value.year % 200, day=min(value.day, 28), tzinfo=dt.UTC)
    if isinstance(value, tuple):
        return tuple(_in_reach(each) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((each.name, getattr(value, each.name)) for each in dataclasses.fields(value) if each.init)
        return dataclasses.replace(value, **{name: _in_reach(each) for name, each in fields})
    return value


@given(file=files())
def test_it_comes_back_as_it_was_and_is_fhir_r4(file: PatientFile) -> None:
    assert read_file_json(file_json(file, made_at=AT, made_by="Cwm Road")) == file
    bundle = file_fhir(file, made_at=AT, made_by="Cwm Road")
    assert read_file_fhir(bundle) == file
    for entry in json.loads(bundle)["entry"]:
        get_fhir_model_class(entry["resource"]["resourceType"]).model_validate(entry["resource"])


def a_file() -> PatientFile:
    patient = Patient(id=PatientId("a" * 32), name="Nia Prydderch")
    note = Note(
        id=RecordId("b" * 32), patient=patient.id, kind=NoteKind.HOBBY, text="Leeks", noted_at=AT,
        noted_by=StaffId("c" * 32), noted_by_name="Ana",
    )  # fmt: skip
    return PatientFile(patient=patient, notes=(note,))


def test_the_bundle_says_plainly_what_other_systems_read() -> None:
    bundle = file_fhir(a_file(), made_at=AT, made_by="Cwm Road")
    Bundle.model_validate_json(bundle)
    patient, note = json.loads(bundle)["entry"]
    assert patient["resource"]["name"] == [{"use": "official", "text": "Nia Prydderch"}]
    assert note["resource"]["resourceType"] == "Observation"
    assert note["resource"]["valueString"] == "Leeks"
    assert note["resource"]["subject"]["reference"] == patient["fullUrl"]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "Nia Prydderch"},  # it would lie unsealed
        {"patient": "d" * 32},  # somebody else's
    ],
)
def test_a_file_with_a_strange_id_is_refused(changed: dict[str, str]) -> None:
    written = json.loads(file_json(a_file(), made_at=AT, made_by=""))
    written["file"]["notes"][0] |= changed
    with pytest.raises(BadInput):
        read_file_json(json.dumps(written).encode())
    assert read_file_json(file_json(a_file(), made_at=AT, made_by="")) == a_file()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"format": "rapportdesk-patient-file"}', b"[" * 100_000])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_file_json(content)
    with pytest.raises(BadInput):
        read_file_fhir(content)


@given(content=st.binary(max_size=200))
def test_no_bytes_raise_anything_but_that_they_are_none(content: bytes) -> None:
    for read in (read_file_json, read_file_fhir):
        with pytest.raises(BadInput):
            read(content)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-20T09:04:00"])
def test_a_moment_without_a_day_in_every_zone_is_refused_at_the_door(at: str) -> None:
    """One such record would keep everybody from searching."""
    for write, read in ((file_json, read_file_json), (file_fhir, read_file_fhir)):
        written = write(a_file(), made_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC), made_by="Cwm Road")
        assert read(written) == a_file()
        noted = b"2026-11-20T09:04:00Z"
        assert noted in written
        with pytest.raises(BadInput):
            read(written.replace(noted, at.encode()))
