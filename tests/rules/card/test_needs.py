"""What has to be ready is read off the adjustments that a viewer may know, and off nothing else."""

import pytest

from rapportdesk.model.day import NeedKind
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.rules.card.needs import needs
from rapportdesk.rules.visibility import Known, see
from tests.rules.invented import NOW, RECEPTION, note, person


def found(*notes: Note, **fields: object) -> list[tuple[NeedKind, str]]:
    known = Known(patient=person(**fields), notes=notes)  # type: ignore[arg-type]  # fields of a patient
    return [(need.kind, need.words) for need in needs(see(known, RECEPTION, None, NOW))]


def adjustment(text: str, **fields: object) -> Note:
    return note(NoteKind.ADJUSTMENT, text, **fields)  # type: ignore[arg-type]  # fields of a note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Longer appointment: needs time to answer", (NeedKind.LONGER_VISIT, "longer visit")),
        ("Please give her extra time", (NeedKind.LONGER_VISIT, "longer visit")),
        ("Double slot", (NeedKind.LONGER_VISIT, "longer visit")),
        ("Somewhere QUIET to wait", (NeedKind.QUIET_PLACE, "quiet place")),
        ("Ramp: the wide room", (NeedKind.OTHER, "Ramp")),
        ("No longer needs a ramp", (NeedKind.OTHER, "No longer needs a ramp")),
        ("x" * 40, (NeedKind.OTHER, "adjustment, see card")),
    ],
)
def test_an_adjustment_is_known_by_its_words(text: str, expected: tuple[NeedKind, str]) -> None:
    assert found(adjustment(text)) == [expected]


def test_the_interpreter_comes_first_and_nothing_is_said_twice() -> None:
    listed = found(
        adjustment("Ramp"), adjustment("A quiet corner"), adjustment("Longer visit, and quiet"), interpreter="Welsh"
    )
    assert [kind for kind, _words in listed] == [
        NeedKind.INTERPRETER, NeedKind.LONGER_VISIT, NeedKind.QUIET_PLACE, NeedKind.OTHER,
    ]  # fmt: skip
    assert listed[0][1] == "Welsh interpreter"


def test_no_consent_is_needed_and_what_is_for_clinicians_leaves_no_trace() -> None:
    assert found(adjustment("Ramp"))
    assert found(adjustment("Ramp", audience=Audience.CLINICIANS)) == []
    assert found(note(NoteKind.PLEASE_DO, "A quiet corner")) == []


def test_the_dead_need_nothing() -> None:
    assert found(adjustment("Ramp"), interpreter="Welsh", deceased=True) == []
