"""Counts that do not add up are a bug and never a plan."""

import datetime as dt

import pytest

from rapportdesk.exchange import FileFormat, FileRead, IncomingAppointment, Skipped, SkipReason, same_appointment


def test_counts_that_do_not_add_up_are_refused() -> None:
    left_out = (Skipped(resource_type="Claim", reason=SkipReason.NOT_KEPT, count=3),)
    fields = {"name": "x", "format": FileFormat.FHIR_JSON, "version": "", "patients": 1, "appointments": 2}
    assert FileRead(read=6, skipped=left_out, **fields).read == 6  # type: ignore[arg-type] # mixed values in one dict
    for read in (5, 7):
        with pytest.raises(ValueError, match="add up"):
            FileRead(read=read, skipped=left_out, **fields)  # type: ignore[arg-type] # as above


@pytest.mark.parametrize("reason", list(SkipReason))
def test_every_reason_has_words(reason: SkipReason) -> None:
    assert reason.words
    assert reason.words != reason.value


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (["a|1"], ["a|1"], True),
        (["a|1", "b|2"], ["b|2"], True),
        (["a|1", "b|2"], ["a|1", "b|3"], False),
        (["a|1"], ["a|2"], False),
        (["a|1"], ["b|1"], False),
        (["a|1", "a|2"], ["a|2"], True),
        (["http://x|y|1"], ["http://x|y|1"], True),
        ([], [], False),
    ],
)
def test_appointments_are_one_by_a_shared_number_that_nothing_contradicts(
    ours: list[str], theirs: list[str], same: bool
) -> None:
    assert same_appointment(ours, theirs) is same
    assert same_appointment(theirs, ours) is same


def test_an_appointment_without_both_ends_has_no_length() -> None:
    start = dt.datetime(2025, 3, 14, 9, tzinfo=dt.UTC)
    assert IncomingAppointment(identifiers=(), patient="", start=start).minutes == 0
    assert IncomingAppointment(identifiers=(), patient="", start=start, end=start + dt.timedelta(hours=1)).minutes == 60
