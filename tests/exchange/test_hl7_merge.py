"""A merge is a proposal: it names two patients by their numbers and joins nothing."""

from pathlib import Path

import pytest

from rapportdesk.exchange import Skipped, SkipReason
from rapportdesk.model.patient import Identifier
from tests.exchange.samples import PID, hl7, plan_of

MRG = "MRG|12^^^PRACTICE^MR||||||Pryderch^Nia"
SURVIVOR = Identifier(system="PRACTICE", value="4471", label="MR")
RETIRED = Identifier(system="PRACTICE", value="12", label="MR")


@pytest.mark.parametrize("event", ["A18", "A30", "A34", "A36", "A39", "A40"])
def test_a_merge_names_who_stays_and_who_is_joined_to_them(tmp_path: Path, event: str) -> None:
    plan = plan_of(tmp_path, hl7(f"ADT^{event}", PID, MRG))
    (file,), (merge,), (patient,) = plan.files, plan.merges, plan.patients
    assert (file.read, file.patients, file.merges, file.skipped) == (2, 1, 1, ())
    assert (merge.survivor, merge.retired_name) == (patient.key, "Nia Pryderch")
    assert (merge.survivor_identifiers, merge.retired_identifiers) == ((SURVIVOR,), (RETIRED,))
    assert patient.identifiers == (SURVIVOR,)


def test_a_number_to_be_retired_is_not_taken_over_unasked(tmp_path: Path) -> None:
    both = PID.replace("4471^^^PRACTICE^MR", "4471^^^PRACTICE^MR~12^^^PRACTICE^MR")
    plan = plan_of(tmp_path, hl7("ADT^A40", both, MRG))
    assert plan.patients[0].identifiers == (SURVIVOR,)
    assert plan.merges[0].retired_identifiers == (RETIRED,)
    control = plan_of(tmp_path, hl7("ADT^A08", both))
    assert control.patients[0].identifiers == (SURVIVOR, RETIRED)


def test_one_message_may_merge_several(tmp_path: Path) -> None:
    huw = "PID|1||77^^^PRACTICE^MR||Parry^Huw||19550102|M"
    plan = plan_of(tmp_path, hl7("ADT^A40", PID, "PD1|", MRG, huw, MRG.replace("12^", "78^")))
    assert plan.files[0].read == 4
    pairs = [(each.survivor_identifiers[0].value, each.retired_identifiers[0].value) for each in plan.merges]
    assert pairs == [("4471", "12"), ("77", "78")]


@pytest.mark.parametrize("mrg", ["", "MRG|", "MRG|4471^^^PRACTICE^MR"])
def test_a_merge_that_names_no_second_number_is_skipped(tmp_path: Path, mrg: str) -> None:
    plan = plan_of(tmp_path, hl7("ADT^A40", PID, *([mrg] if mrg else [])))
    assert plan.merges == ()
    assert Skipped(resource_type="ADT^A40 MRG", reason=SkipReason.NO_NUMBERS, count=1) in plan.files[0].skipped


def test_a_merge_sent_twice_is_told_of_once(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, hl7("ADT^A40", PID, MRG), hl7("ADT^A40", PID, MRG, sent="20250315080000"))
    assert [file.merges for file in plan.files] == [1, 1]
    assert len(plan.merges) == 1
