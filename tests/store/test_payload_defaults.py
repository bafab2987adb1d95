"""What has its default is left out of the file, so a default that changed would change what lies in every file.

`payload_defaults.json` holds every one that ever was: a new field is added there, and none is ever changed.
"""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.store.records.payload import KINDS, decode, encode
from tests.desk.conftest import MORNING

_HELD = json.loads(Path(__file__).with_name("payload_defaults.json").read_text(encoding="utf-8"))


def _models(kind: Any) -> Iterator[type[Any]]:
    """Yield every dataclass that may lie inside a kind of thing, itself first."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        yield kind
        for hint in get_type_hints(kind).values():
            yield from _models(hint)
    for inner in get_args(kind):
        yield from _models(inner)


def _defaults() -> dict[str, str]:
    models = {model for kind in KINDS.values() for model in _models(kind)}
    found = {}
    for model in models:
        for each in dataclasses.fields(model):
            if each.default is not dataclasses.MISSING:
                found[f"{model.__name__}.{each.name}"] = str(each.default)
            elif each.default_factory is not dataclasses.MISSING:
                found[f"{model.__name__}.{each.name}"] = "made anew"
    return found


def test_no_default_of_anything_that_is_kept_has_ever_changed() -> None:
    assert _defaults() == _HELD


def test_what_has_its_default_is_left_out_and_comes_back() -> None:
    note = Note(
        id=RecordId("1"), patient=PatientId("2"), kind=NoteKind.HOBBY, text="Sings", noted_at=MORNING,
        noted_by=StaffId("3"), noted_by_name="Ana",
    )  # fmt: skip
    written = json.loads(encode(note))["data"]
    assert set(written) == {"id", "patient", "kind", "text", "noted_at", "noted_by", "noted_by_name"}
    assert decode(encode(note)) == note


def test_bytes_that_spell_every_default_out_are_the_same_thing() -> None:
    note = Note(
        id=RecordId("1"), patient=PatientId("2"), kind=NoteKind.HOBBY, text="Sings", noted_at=MORNING,
        noted_by=StaffId("3"), noted_by_name="Ana",
    )  # fmt: skip
    spelt_out = {name: str(value) if name == "noted_at" else value for name, value in dataclasses.asdict(note).items()}
    assert decode(json.dumps({"kind": "note", "v": 1, "data": spelt_out}).encode()) == note
